import json
from pathlib import Path

import pytest

from rag.errors import LoadError
from rag.ingest import read as reading
from rag.ingest.read import read, read_all


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
        ("page.html", b"<p>Text</p>", "page.html cannot be read: .html"),
        ("paper.pdf", b"%PDF-1.4", "paper.pdf cannot be read: .pdf"),
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


@pytest.mark.parametrize("source", ["https://news.example/a", "HTTP://news.example"])
def test_an_address_is_for_another_day(source: str):
    with pytest.raises(LoadError, match="addresses cannot be read") as caught:
        read(source)
    assert "Save the page as text" in caught.value.hint


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
