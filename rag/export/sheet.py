"""A Brief laid out for paper: every text that is shown, in order, with its numbers, quotations and links resolved.

The exporters differ only in how they draw a Sheet, so none of them can leave out what another one has.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.brief import Brief, Section
from rag.claim import Claim, Note
from rag.domain import Article
from rag.export.ladder import alternative
from rag.export.plaintext import caveats_said, source_line
from rag.question import Kind

URL = re.compile(r"https?://[^\s<>\"'()\\]+")
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What no file format holds: control signs, halves of a character, and what is none."""
SHORT = 90
"""Characters of the title that stand at the foot of each page."""


@dataclass(frozen=True, slots=True)
class Line:
    """What is said, the numbers of the sources it cites, and their exact words where it does not quote them itself."""

    text: str
    cites: tuple[int, ...] = ()
    quotes: tuple[str, ...] = ()

    @property
    def cited(self) -> str:
        """The numbers as they are printed."""
        return "".join(f"[{number}]" for number in self.cites)


@dataclass(frozen=True, slots=True)
class Block:
    """A heading and its lines; of a table the lines are cells, row by row. `id` is the note of the heading."""

    id: str
    heading: str
    lines: tuple[Line, ...]
    columns: tuple[str, ...] = ()

    @property
    def rows(self) -> tuple[tuple[Line, ...], ...]:
        """The rows of a table."""
        wide = len(self.columns) or 1
        return tuple(self.lines[start : start + wide] for start in range(0, len(self.lines), wide))

    @property
    def quoted(self) -> tuple[Line, ...]:
        """The lines whose exact words stand beside them."""
        return tuple(line for line in self.lines if line.quotes)


@dataclass(frozen=True, slots=True)
class Reference:
    """A source as it is listed, with its address where a page can open it."""

    text: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that is printed. `about` names the one article a leaflet is of; `ladder` says in words what the picture of
    the ladder shows, "" where there is none."""

    language: str
    title: str
    about: str
    lead: str
    standing: str
    blocks: tuple[Block, ...]
    ladder: str
    references: tuple[Reference, ...]
    foot: tuple[str, ...]

    @property
    def short(self) -> str:
        """The title for the foot of a page, cut between words."""
        return self.title if len(self.title) <= SHORT else f"{self.title[:SHORT].rsplit(' ', 1)[0]}…"

    def word(self, note: str) -> str:
        """Return a fixed word of the sheet in its language."""
        return Note(note, language=self.language).text


def sheet(brief: Brief) -> Sheet:
    """Lay a Brief out."""
    return Sheet(
        language=brief.language,
        title=printable(brief.title.text),
        about=printable(_about(brief)),
        lead=printable(brief.bottom_line),
        standing=printable(brief.standing or ""),
        blocks=tuple(_blocks(brief)),
        ladder=alternative(brief.articles, brief.language) if any(a.stages for a in brief.articles) else "",
        references=tuple(_reference(article, brief) for article in brief.articles),
        foot=tuple(printable(text) for text in _foot(brief)),
    )


def printable(text: str) -> str:
    """Return a text on one line, without what no file holds."""
    return " ".join(UNPRINTABLE.sub(" ", text).split())


def address(article: Article) -> str | None:
    """Return an article's address where it can be opened from a page: http and https, nothing else."""
    url = article.source.url or ""
    return url if URL.fullmatch(url) else None


def _about(brief: Brief) -> str:
    """Name the article a leaflet retells, so that what follows is understood: its own title promises nothing."""
    if brief.kind is Kind.ANSWER or len(brief.articles) != 1:
        return ""
    source = source_line(brief.articles[0].source, brief.language)
    return Note("about_article", {"source": source}, language=brief.language).text


def _blocks(brief: Brief) -> Iterator[Block]:
    numbers = {article.id: n for n, article in enumerate(brief.articles, 1)}
    for section in brief.sections:
        lines = tuple(_line(line, numbers) for line in section.lines)
        yield Block(section.heading.id, printable(section.heading.text), lines, _columns(section))
    if said := tuple(Line(printable(text)) for text in caveats_said(brief, numbers)):
        yield Block("heading_keep", Note("heading_keep", language=brief.language).text, said)
    notes = (line for section in brief.sections for line in section.lines if isinstance(line, Note))
    explained = {note.slots.get("term") for note in notes}
    words = tuple(Line(f"{term}: {plain}") for term, plain in brief.glossary if term not in explained)
    if words and brief.language == "en":
        yield Block("heading_words", Note("heading_words").text, words)


def _columns(section: Section) -> tuple[str, ...]:
    return tuple(column.text for column in section.columns)


def _line(line: Claim | Note, numbers: dict[str, int]) -> Line:
    if isinstance(line, Note):
        return Line(printable(line.text))
    cites = tuple(sorted({numbers[citation.article] for citation in line.citations}))
    quotes = (printable(citation.span.text) for citation in line.citations)
    return Line(printable(line.shown), cites, tuple(quote for quote in quotes if quote != printable(line.text)))


def _reference(article: Article, brief: Brief) -> Reference:
    said = Note("news_article", {"source": source_line(article.source, brief.language)}, language=brief.language).text
    if others := brief.also_in.get(article.id):
        said += " " + Note("also_in", {"n": str(len(others))}, language=brief.language).text
    return Reference(printable(said), address(article))


def _foot(brief: Brief) -> Iterator[str]:
    """What went otherwise than wanted, who wrote the words, and that they are no advice."""
    yield from brief.notices
    told = {line.id for section in brief.sections for line in section.lines if isinstance(line, Note)}
    if not told & {"by_program", "by_model"}:
        yield written_by(brief.written_by, brief.language).text
    yield Note("no_advice", language=brief.language).text


def written_by(writer: str, language: str) -> Note:
    """Return the line that says who put the words together."""
    if writer == "extractive":
        return Note("by_program", language=language)
    return Note("by_model", {"model": writer}, language=language)
