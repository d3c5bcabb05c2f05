import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from rag.errors import LoadError
from rag.ingest import read as reading
from rag.ingest.clean import clean, sentences
from rag.ingest.describe import describe
from rag.ingest.read import read, read_all
from rag.settings import ROOT

FILES = ROOT / "tests/files"
WALKS = [sentence.span.text for d in read(FILES / "walks.txt") for sentence in sentences("", clean(d), d.text)]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_text_is_decoded_and_not_edited(tmp_path: Path, encoding: str, newline: str):
    text = f"Étude – “petite”{newline}{newline}Fin.\t {newline}"
    (tmp_path / "Une étude (1).txt").write_bytes(text.encode(encoding))
    (document,) = read(tmp_path / "Une étude (1).txt")
    assert (document.text, document.origin, document.id) == (text, "Une étude (1).txt", "Une-tude-1")


def test_a_folder_is_read_in_order_without_hidden_files_and_read_mes(tmp_path: Path):
    for name in ("b.txt", "a.md", "sub/b.txt", ".hidden.txt", ".git/c.txt", "README.md", "NOTICE"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"Text of {name}.")
    assert [(d.id, d.text) for d in read(tmp_path)] == [
        ("a", "Text of a.md."),
        ("b", "Text of b.txt."),
        ("b-2", "Text of sub/b.txt."),
    ]


def test_a_collection_gives_a_document_a_row(tmp_path: Path):
    path = tmp_path / "set.jsonl"
    rows = [
        {"id": "A 1", "title": "T", "text": "One.\r\n", "url": "https://a.example", "date": "2020", "outlet": "O"},
        {"text": "Two."},
        {"id": 7, "text": "Three.", "title": None},
    ]
    path.write_text("\n\n".join(json.dumps(row) for row in rows), encoding="utf8")
    first, second, third = read(path)
    assert (first.id, first.text, first.origin, first.title) == ("A 1", "One.\r\n", "https://a.example", "T")
    assert (second.id, second.origin) == ("set-3", "set.jsonl")
    assert (third.id, third.title) == ("7", None)


@pytest.mark.parametrize(
    "row",
    ["{", "[]", "{}", '{"text": " "}', '{"text": 5}', '{"text": "a", "title": 5}', '{"text": "a", "id": true}']
    + ['{"text": "\\ud800"}', "[" * 100_000, '{"text": "a", "id": "first"}'],
)
def test_a_bad_row_is_named_by_its_line_and_the_others_are_read(tmp_path: Path, row: str):
    path = tmp_path / "set.jsonl"
    path.write_text(f'{{"text": "One.", "id": "first"}}\n\n{row}\n{{"text": "Four.", "id": "last"}}\n', encoding="utf8")
    with pytest.raises(LoadError, match="set.jsonl, line 3: "):
        read(path)
    documents, rejected = read_all([path])
    assert [document.id for document in documents] == ["first", "last"]
    assert rejected[0].source.endswith("set.jsonl, line 3") and rejected[0].hint


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("empty.txt", b"", "empty.txt is empty"),
        ("blank.txt", b" \n\t", "blank.txt is empty"),
        ("binary.txt", bytes(range(256)), "binary.txt is not text"),
        ("zero.txt", b"abc\x00def", "zero.txt is not text"),
        ("page.html", b"<p>Please enable JavaScript.</p>", "page.html holds no article text"),
        ("empty.pdf", b"", "empty.pdf is empty"),
        ("letter.rtf", b"{\\rtf1 Text}", "letter.rtf cannot be read: .rtf"),
        ("noending", b"Text", "a file without an ending"),
    ],
)
def test_what_cannot_be_read_says_why_and_what_to_do(tmp_path: Path, name: str, data: bytes, message: str):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(LoadError, match=message) as caught:
        read(tmp_path / name)
    assert caught.value.hint
    documents, rejected = read_all([tmp_path / name])
    assert not documents and message in rejected[0].message


@pytest.mark.parametrize("source", ["file:///etc/passwd", "ftp://news.example/a", "HTTP://127.0.0.1/a", "http://[::1]"])
def test_an_address_that_must_not_be_fetched_is_refused_like_a_bad_file(source: str):
    with pytest.raises(LoadError, match="is not fetched"):
        read(source)
    documents, rejected = read_all([source])
    assert not documents and rejected[0].source == source and rejected[0].hint


def test_an_article_longer_than_a_book_is_refused(tmp_path: Path):
    (tmp_path / "long.txt").write_text("Ten words make a sentence, and so it goes. " * 25_000)
    with pytest.raises(LoadError, match="far longer than an article"):
        read(tmp_path / "long.txt")


def test_what_begins_as_a_pdf_is_read_as_one(tmp_path: Path):
    shutil.copy(FILES / "walks.pdf", tmp_path / "walks.html")
    assert read(tmp_path / "walks.html")[0].text == read(FILES / "walks.pdf")[0].text


@pytest.mark.parametrize("suffix", ["txt", "md", "jsonl", "html", "pdf", "docx"])
def test_every_format_gives_the_same_sentences_and_findings(suffix: str):
    (document,) = read(FILES / f"walks.{suffix}")
    layout = clean(document)
    cited = [" ".join(s.span.text.split()) for s in sentences(document.id, layout, document.text)]
    assert cited == [" ".join(text.split()) for text in WALKS]
    assert describe(document, layout).date == "2024-03-12"
    assert describe(document, layout).title == "Ten-minute walks after meals lower evening blood sugar in small trial"


def test_three_bad_files_among_a_thousand(tmp_path: Path):
    for number in range(997):
        (tmp_path / f"a{number:03}.txt").write_text(f"Article number {number} reports on a study.")
    (tmp_path / "b.pdf").write_bytes((FILES / "walks.pdf").read_bytes()[:9000])
    (tmp_path / "c.docx").write_bytes(b"PK\x03\x04 and no more")
    (tmp_path / "d.html").write_bytes(bytes(range(256)))
    documents, rejected = read_all([tmp_path])
    assert len(documents) == 997
    assert [Path(item.source).name for item in rejected] == ["b.pdf", "c.docx", "d.html"]
    assert all(item.message and item.hint for item in rejected)


def test_a_text_is_read_without_the_heavy_readers():
    heavy = ("lxml", "trafilatura", "pypdfium2", "http.client", "rag.ingest.pdf")
    code = "import sys; from rag.ingest.read import read; read(sys.argv[1]);"
    code += f"print([name for name in {heavy} if name in sys.modules])"
    command = [sys.executable, "-c", code, str(FILES / "walks.txt")]
    run = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    assert run.stdout.strip() == "[]"


def test_missing_things_and_empty_folders(tmp_path: Path):
    with pytest.raises(LoadError, match="There is no file"):
        read(tmp_path / "nowhere.txt")
    with pytest.raises(LoadError, match="holds no article"):
        read(tmp_path)
    with pytest.raises(LoadError, match="cannot be read"):
        read("a" * 5000)


def test_a_file_over_the_limit_is_refused_unread(tmp_path: Path):
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(reading.LIMIT + 1)
    with pytest.raises(LoadError, match="the limit is 20 MB"):
        read(path)


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path):
    (tmp_path / "a.txt").write_text("One.")
    (tmp_path / "b.txt").write_bytes(b"\x00")
    (tmp_path / "c.txt").write_text("Three.")
    documents, rejected = read_all([tmp_path, tmp_path / "nowhere"])
    assert [document.id for document in documents] == ["a", "c"]
    assert [Path(item.source).name for item in rejected] == ["b.txt", "nowhere"]
