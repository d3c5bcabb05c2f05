"""PDF files: paragraphs across the ends of pages; running headers and page numbers marked."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from rag.errors import LoadError
from rag.ingest.extract import Extract, Part, together
from rag.ingest.typesetting import Row, paragraphs

SECONDS = 20
"""Time for one file: a page takes about 10 ms."""
_PROGRAM = Path(__file__).with_name("glyphs.py")
_NUMBER = re.compile(
    r"\s*+(?:(?:page|p\.|seite|p[aá]gina)\s*+)?(?:[-\u2013\u2014|]\s*+)?"
    r"\d{1,4}\s*+(?:(?:of|von|de|/)\s*+\d{1,4}\s*+)?[-\u2013\u2014|]?",
    re.IGNORECASE,
)
_EDGE = 3
"""Lines at the top and at the foot of a page that may be a running header."""
_SAME = 6.0
"""Points by which the place of a running header may differ from page to page."""
_UNREADABLE = 0.1
"""Share of characters without meaning from which the letters of a file have no names (its fonts lack a map)."""


def read_pdf(name: str, data: bytes) -> Extract:
    """Read a PDF. Raises LoadError for one that is locked, damaged, scanned, too long, or takes too long."""
    pages = _pages(name, data)
    rows = [[Row(number, *line) for line in page] for number, page in enumerate(pages)]
    parts = list(_parts(rows))
    text, furniture = together(parts)
    if not any(character.isalpha() for part in parts if not part.furniture for character in part.text):
        hint = "Save it as text, or run it through text recognition (OCR) first."
        raise LoadError(f"{name} holds no text: its pages are pictures, as of a scan.", hint)
    strange = sum(c == "\ufffd" or "\ue000" <= c <= "\uf8ff" or c < "\x09" for c in text)
    if strange > len(text) * _UNREADABLE:
        raise LoadError(f"The letters of {name} cannot be read.", "Open it, copy the text, and save that as text.")
    return Extract(text, name, name, furniture=furniture)


def _pages(name: str, data: bytes) -> list[list[tuple[str, float, float, float, float]]]:
    damaged = f"{name} is damaged, or no PDF.", "Open it in a PDF reader; if it opens, copy the text and save that."
    if b"%PDF-" not in data[:1024]:
        raise LoadError(*damaged)
    try:
        # Its own interpreter, without this program's paths: the file reaches nothing but the parser.
        run = subprocess.run(
            [sys.executable, "-I", str(_PROGRAM), str(SECONDS)], input=data, capture_output=True, timeout=SECONDS * 2
        )
    except subprocess.TimeoutExpired as error:
        raise LoadError(f"{name} takes too long to read.", "Copy the article and save it as text.") from error
    if run.returncode == 0:
        pages: list[list[tuple[str, float, float, float, float]]] = json.loads(run.stdout)
        return pages
    if run.returncode == 3:
        raise LoadError(f"{name} is locked with a password.", "Save a copy without the password, and give that.")
    if run.returncode == 5:
        raise LoadError(f"{name} has too many pages for an article.", "Save the article's own pages, and give those.")
    if run.returncode == 4:
        raise LoadError(*damaged)
    raise LoadError(
        f"{name} broke the reader of PDF files, or takes too long.", "Copy the article and save it as text."
    )


def _parts(pages: Sequence[Sequence[Row]]) -> Iterator[Part]:
    """Paragraphs in their order; what stands between two pages comes after the paragraph that runs over it."""
    running = _running(pages)
    body = [row for page in pages for row in page if row not in running]
    waiting = sorted(running, key=lambda row: (row.page, row.top, row.left))
    while waiting and waiting[0].page == 0 and (not body or waiting[0].top < body[0].top):
        yield Part(waiting.pop(0).text, furniture=True)
    for text, end in paragraphs(body):
        yield Part(text)
        while waiting and (waiting[0].page, waiting[0].top) < (end.page, end.top):
            yield Part(waiting.pop(0).text, furniture=True)
    yield from (Part(row.text, furniture=True) for row in waiting)


def _running(pages: Sequence[Sequence[Row]]) -> set[Row]:
    """Lines at an edge that stand at the same height on several pages, numbers aside, and page numbers."""
    found: set[Row] = set()
    edges = [row for page in pages for row in _edge(page)]
    groups: dict[str, list[Row]] = {}
    for row in edges:
        groups.setdefault(re.sub(r"\d+", "#", row.text.casefold()), []).append(row)
    for group in groups.values():
        for row in group:
            if any(row.page != other.page and abs(row.top - other.top) <= _SAME for other in group):
                found.add(row)
    return found | {row for page in pages for row in (*page[:1], *page[-1:]) if _NUMBER.fullmatch(row.text)}


def _edge(page: Sequence[Row]) -> list[Row]:
    placed = sorted(page, key=lambda row: row.top)
    return [*placed[:_EDGE], *placed[_EDGE:][-_EDGE:]]
