"""Names from outside: an id of a collection may hold anything, and leads nowhere when a file is named for it."""

import json

import pytest

from rag.export.files import file_name
from rag.ingest.read import read
from rag.question import Kind
from tests.leaflets import article_from, written

NAMES = (
    "../../etc/passwd",
    "/etc/passwd",
    "C:\\boot.ini",
    "a\x00b",
    "..",
    "a" * 5000,
    "\u202etxt.exe",
    "con\r\nSet-Cookie: x",
)


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_a_download_is_named_in_harmless_letters(tmp_path, name):
    (tmp_path / "rows.jsonl").write_text(json.dumps({"id": name, "text": "In mice, zinc helped 12 of 20."}))
    (document,) = read(tmp_path / "rows.jsonl")
    made = file_name(written(article_from(document.text, name=document.id), Kind.SUMMARY), "pdf")
    assert made.startswith("summary") and made.endswith(".pdf") and len(made) < 60
    assert made.isascii() and not set(made) & set("/\\\x00\r\n: ") and ".." not in made
    assert [path.name for path in tmp_path.rglob("*")] == ["rows.jsonl"]
