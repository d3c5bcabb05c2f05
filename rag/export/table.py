"""A Brief as CSV for checking: each claim with the exact words it rests on and where they stand, and each caveat."""

import csv
import io
from collections.abc import Iterator

from rag.brief import Brief
from rag.claim import Claim
from rag.export.plaintext import source_line

COLUMNS = ("kind", "text", "quote", "article", "source", "start", "end")
FORMULA = (*"=+-@\t\r", *"\uff1d\uff0b\uff0d\uff20")
"""What a spreadsheet takes for the beginning of a formula, the wide forms too (OWASP, CSV injection)."""


def table(brief: Brief) -> str:
    """Return the rows, offsets counted in characters of the article's text; a cell is a text and never a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows([cell if isinstance(cell, int) else harmless(cell) for cell in row] for row in _rows(brief))
    return out.getvalue()


def harmless(cell: str) -> str:
    """Put an apostrophe before a cell that a spreadsheet would run."""
    return f"'{cell}" if cell.lstrip(" \n\u00a0\ufeff").startswith(FORMULA) or cell.startswith(FORMULA) else cell


def _rows(brief: Brief) -> Iterator[tuple[str | int, ...]]:
    named = {article.id: source_line(article.source) for article in brief.articles}
    for section in brief.sections:
        for line in section.lines:
            if isinstance(line, Claim):
                for cited in line.citations:
                    span = cited.span
                    yield "claim", line.text, span.text, cited.article, named[cited.article], span.start, span.end
    for caveat in brief.caveats:
        about, text = caveat.article or "", caveat.text(brief.language)
        place = (caveat.span.start, caveat.span.end) if caveat.span else ("", "")
        yield "caveat", text, caveat.span.text if caveat.span else "", about, named.get(about, ""), *place
