"""Run as a program: the lines of a PDF on standard input, with their places, as JSON on standard output.

It is a program of its own because a hostile file can make any parser crash or run away: that ends this process alone.
Exit status 3: a password is wanted; 4: no PDF that can be read; 5: more pages than the limit.
"""

import ctypes
import json
import math
import resource
import statistics
import sys
from collections.abc import Iterator

import pypdfium2  # type: ignore[import-untyped]  # it ships no types
import pypdfium2.raw as raw  # type: ignore[import-untyped]

MEMORY = 1024 * 1024 * 1024
"""Bytes of address space: a page of text takes some 100 MB, an unpacked bomb more than there is."""
PAGES = 200
CHARACTERS = 2_000_000
SOFT = "\u00ad"
"""A hyphen at the end of a line; PDFium joins the word without it, and a compound's two lines into one."""

Line = tuple[str, float, float, float, float]
"""Text, left, top and right in points (top counted from the page's upper edge), size of type."""


def main(seconds: int) -> int:
    """Read standard input in at most so many seconds of the processor; return the exit status."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
    except pypdfium2.PdfiumError as error:
        return 3 if error.err_code == raw.FPDF_ERR_PASSWORD else 4
    if len(document) > PAGES:
        return 5
    pages, left = [], CHARACTERS
    for number in range(len(document)):
        lines = list(_lines(document, number, left))
        left -= sum(len(line[0]) for line in lines)
        pages.append(lines)
    json.dump(pages, sys.stdout)
    return 0


def _lines(document: pypdfium2.PdfDocument, number: int, left: int) -> Iterator[Line]:
    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        # A page lost in a damaged file: the others are read, and the parent tells of empty pages.
        return
    text = page.get_textpage()
    height = page.get_height()
    units: list[int] = []
    boxes: list[tuple[float, float, float, float]] = []
    for index in range(min(raw.FPDFText_CountChars(text), left)):
        unit = raw.FPDFText_GetUnicode(text, index)
        if unit in (10, 13):
            yield from _line(units, boxes, height)
            units, boxes = [], []
        elif raw.FPDFText_IsHyphen(text, index) == 1 or unit in (2, 0xFFFE):
            yield from _line([*units, ord(SOFT)], boxes, height)
            units, boxes = [], []
        elif unit:
            units.append(unit)
            if unit > 32 and (box := _box(text, index)):
                boxes.append(box)
    yield from _line(units, boxes, height)


def _box(text: pypdfium2.PdfTextPage, index: int) -> tuple[float, float, float, float] | None:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    if not raw.FPDFText_GetCharBox(text, index, left, right, bottom, top):
        return None
    # A page may be set in large type and scaled down as a whole, as browsers do when they print.
    matrix = raw.FS_MATRIX()
    scale = math.hypot(matrix.b, matrix.d) if raw.FPDFText_GetMatrix(text, index, matrix) else 1.0
    return left.value, right.value, bottom.value, raw.FPDFText_GetFontSize(text, index) * scale


def _line(units: list[int], boxes: list[tuple[float, float, float, float]], height: float) -> Iterator[Line]:
    words = b"".join(unit.to_bytes(2, "little") if unit < 0x10000 else chr(unit).encode("utf-16-le") for unit in units)
    text = " ".join(words.decode("utf-16-le", "replace").split())
    if text and boxes:
        base = statistics.median(box[2] for box in boxes)
        size = statistics.median(box[3] for box in boxes)
        yield (
            text,
            round(min(box[0] for box in boxes), 1),
            round(height - base, 1),
            round(max(box[1] for box in boxes), 1),
            round(size, 1),
        )


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
