"""Long texts of one thing said over and over: what grows with the square of a text shows here."""

import time

import pytest

from tests.fuzz.parts import TEXT, read_file

LENGTH = 50_000
LIMIT = 10.0
"""Seconds of processor time; most take well under one."""
UNITS = (
    " a", ".", "A", "1", ",1", '"', "(", "Aa ", "a\n", "Aa Bb. ", "[1]", "\u200b", "\u3002", "<a ", "mice ", "- ",
    "In 12 mice the drug cut pain by 3%. ", "Of and the ", "University of ", "12 of 34 ", "(n = 12) ",
)  # fmt: skip


@pytest.mark.parametrize("name", [name for name in TEXT if name in ("cleaner", "appraiser")])
@pytest.mark.parametrize("unit", UNITS)
def test_a_long_text_is_read_in_time(name, unit):
    text = (unit * (LENGTH // len(unit) + 1))[:LENGTH]
    start = time.process_time()
    TEXT[name](text)
    assert time.process_time() - start < LIMIT


@pytest.mark.parametrize("suffix", [".html", ".jsonl", ".docx", ".pdf", ".txt"])
def test_a_megabyte_of_a_format_is_read_or_refused_in_time(tmp_path, suffix):
    start = time.process_time()
    for unit in (b"<div><p>a", b'{"text": "', b"%PDF-1.7\n", b"\xff\xfe", b"<a href='", b"PK\x03\x04"):
        read_file(tmp_path, (unit * (1_000_000 // len(unit) + 1))[:1_000_000], suffix)
    assert time.process_time() - start < 6 * LIMIT
