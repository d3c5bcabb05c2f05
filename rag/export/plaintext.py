"""A Brief as plain text: the whole of what the reader is shown, in order."""

from collections.abc import Iterator, Sequence

from rag.brief import Brief, Section
from rag.claim import Claim, Note
from rag.domain import Article, Source
from rag.text.days import day as day


def plain_text(brief: Brief) -> str:
    """Return title, bottom line, sections, caveats, standing line, sources and notices, a block each."""
    return "\n\n".join(block for block in _blocks(brief) if block)


def own_words(brief: Brief) -> str:
    """Return the part of the text that is ours: no quotation, no title of an article."""
    lines = [line for section in brief.sections for line in section.lines]
    notes = [line.text for line in lines if isinstance(line, Note) or not line.verbatim]
    return "\n".join([*(note.text for note in brief.bottom), *notes, *(c.text(brief.language) for c in brief.to_say)])


def source_line(source: Source, language: str = "en") -> str:
    """Return a source in a line: title, outlet, date, and the journal where one is named."""
    study, unnamed = (
        ("; estudio en ", "medio no indicado") if language == "es" else ("; study in ", "outlet not stated")
    )
    journal = f"{study}{source.journal}" if source.journal else ""
    return f"“{source.title}” ({source.outlet or unnamed}, {day(source.date, language)}{journal})"


def caveats_said(brief: Brief, numbers: dict[str, int]) -> Iterator[str]:
    """Yield the caveats no line has said, one that articles share once; of several articles with their numbers."""
    said: dict[str, list[str]] = {}
    for caveat in brief.to_say:
        number = f"[{numbers[caveat.article]}]" if caveat.article and len(numbers) > 1 else ""
        said.setdefault(caveat.text(brief.language), []).append(number)
    return (f"{text} {''.join(found)}".rstrip() for text, found in said.items())


def _blocks(brief: Brief) -> Iterator[str]:
    yield brief.title.text
    yield brief.bottom_line
    numbers = {article.id: i for i, article in enumerate(brief.articles, 1)}
    for section in brief.sections:
        yield "\n".join([section.heading.text, *(_row(section, row, numbers) for row in section.rows)])
    yield "\n".join(caveats_said(brief, numbers))
    yield brief.standing or ""
    if brief.articles:
        listed = (f"[{i}] {_source(article, brief.language)}" for i, article in enumerate(brief.articles, 1))
        yield "\n".join([Note("heading_sources", language=brief.language).text, *listed])
    yield "\n".join(brief.notices)


def _row(section: Section, row: Sequence[Claim | Note], numbers: dict[str, int]) -> str:
    """A line; or a row of a table in a line, each cell under its heading."""
    if not section.columns:
        return f"- {_line(row[0], numbers)}"
    cells = (f"{head.text}: {_line(cell, numbers)}" for head, cell in zip(section.columns, row, strict=True))
    return "- " + " · ".join(cells)


def _line(line: Claim | Note, numbers: dict[str, int]) -> str:
    if isinstance(line, Note):
        return line.text
    cited = sorted({numbers[citation.article] for citation in line.citations})
    return f"{line.shown} " + "".join(f"[{number}]" for number in cited)


def _source(article: Article, language: str) -> str:
    return Note("news_article", {"source": source_line(article.source, language)}, language=language).text
