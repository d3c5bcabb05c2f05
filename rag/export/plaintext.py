"""A Brief as plain text: the whole of what the reader is shown, in order."""

from collections.abc import Iterator

from rag.brief import Brief, Claim, Note
from rag.domain import Source

MONTHS = "January February March April May June July August September October November December".split()


def plain_text(brief: Brief) -> str:
    """Return title, bottom line, sections, caveats, standing line, sources and notices, a block each."""
    return "\n\n".join(block for block in _blocks(brief) if block)


def own_words(brief: Brief) -> str:
    """Return the part of the text that is ours: no quotation, no title of an article."""
    notes = [note.text for section in brief.sections for note in section.lines if isinstance(note, Note)]
    return "\n".join([*(note.text for note in brief.bottom), *notes, *(c.text(brief.language) for c in brief.to_say)])


def day(date: str | None) -> str:
    """Return a date as people write it ("6 April 2010"), as precise as it is; "no date" for none."""
    if date is None:
        return "no date"
    year, *rest = date.split("-")
    named = [str(int(rest[1]))] if len(rest) > 1 else []
    return " ".join([*named, *([MONTHS[int(rest[0]) - 1]] if rest else []), year])


def source_line(source: Source) -> str:
    """Return a source in a line: title, outlet, date, and the journal where one is named."""
    journal = f"; study in {source.journal}" if source.journal else ""
    return f"“{source.title}” ({source.outlet or 'outlet not stated'}, {day(source.date)}{journal})"


def _blocks(brief: Brief) -> Iterator[str]:
    yield brief.title.text
    yield brief.bottom_line
    numbers = {article.id: i for i, article in enumerate(brief.articles, 1)}
    for section in brief.sections:
        yield "\n".join([section.heading.text, *(_line(line, numbers) for line in section.lines)])
    yield "\n".join(caveat.text(brief.language) for caveat in brief.to_say)
    yield brief.standing or ""
    if brief.articles:
        named = "Fuentes" if brief.language == "es" else "Sources"
        yield "\n".join(
            [named, *(f"[{i}] News article: {source_line(a.source)}" for i, a in enumerate(brief.articles, 1))]
        )
    yield "\n".join(brief.notices)


def _line(line: Claim | Note, numbers: dict[str, int]) -> str:
    if isinstance(line, Note):
        return f"- {line.text}"
    cited = sorted({numbers[citation.article] for citation in line.citations})
    words = f"“{line.text}”" if line.verbatim else line.text
    return f"- {words} " + "".join(f"[{number}]" for number in cited)
