"""A Brief as plain text: the whole of what the reader is shown, in order."""

from collections.abc import Iterator, Sequence

from rag.brief import Brief, Section
from rag.claim import Claim, Note
from rag.domain import Source
from rag.text.days import day as day


def plain_text(brief: Brief) -> str:
    """Return title, bottom line, sections, caveats, standing line, sources and notices, a block each."""
    return "\n\n".join(block for block in _blocks(brief) if block)


def own_words(brief: Brief) -> str:
    """Return the part of the text that is ours: no quotation, no title of an article."""
    lines = [line for section in brief.sections for line in section.lines]
    notes = [line.text for line in lines if isinstance(line, Note) or not line.verbatim]
    return "\n".join([*(note.text for note in brief.bottom), *notes, *(c.text(brief.language) for c in brief.to_say)])


def source_line(source: Source) -> str:
    """Return a source in a line: title, outlet, date, and the journal where one is named."""
    journal = f"; study in {source.journal}" if source.journal else ""
    return f"“{source.title}” ({source.outlet or 'outlet not stated'}, {day(source.date)}{journal})"


def _blocks(brief: Brief) -> Iterator[str]:
    yield brief.title.text
    yield brief.bottom_line
    numbers = {article.id: i for i, article in enumerate(brief.articles, 1)}
    for section in brief.sections:
        yield "\n".join([section.heading.text, *(_row(section, row, numbers) for row in section.rows)])
    yield "\n".join(_caveats(brief, numbers))
    yield brief.standing or ""
    if brief.articles:
        named = "Fuentes" if brief.language == "es" else "Sources"
        yield "\n".join(
            [named, *(f"[{i}] News article: {source_line(a.source)}" for i, a in enumerate(brief.articles, 1))]
        )
    yield "\n".join(brief.notices)


def _caveats(brief: Brief, numbers: dict[str, int]) -> Iterator[str]:
    """The caveats, one that several articles share said once; of several articles with their numbers."""
    said: dict[str, list[str]] = {}
    for caveat in brief.to_say:
        number = f"[{numbers[caveat.article]}]" if caveat.article and len(numbers) > 1 else ""
        said.setdefault(caveat.text(brief.language), []).append(number)
    return (f"{text} {''.join(found)}".rstrip() for text, found in said.items())


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
