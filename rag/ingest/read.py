"""Documents from files, folders and collections. A text is decoded, never edited: offsets mean what a reader sees."""

import codecs
import json
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rag.domain import Document
from rag.errors import LoadError

TEXT, COLLECTION = (".txt", ".md"), ".jsonl"
LIMIT = 20 * 1024 * 1024
"""Bytes a file may have; the longest news article is a thousandth of it."""
_READABLE = "Text (.txt, .md), folders of such files and collections (.jsonl) can be read."
_NOT_ARTICLES = ("readme", "notice", "license", "licence", "changelog", "contributing")
_FIELDS = ("title", "url", "date", "outlet")
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


@dataclass(frozen=True, slots=True)
class Rejected:
    """A source that could not be read, why, and what to do about it."""

    source: str
    message: str
    hint: str


def read(source: str | Path) -> tuple[Document, ...]:
    """Read a file, a folder or a collection. Raises LoadError for the first thing in it that cannot be read."""
    found = []
    for item in _read(source):
        if isinstance(item, Rejected):
            raise LoadError(item.message, item.hint)
        found.append(item)
    return tuple(_distinct(found))


def read_all(sources: Iterable[str | Path]) -> tuple[list[Document], list[Rejected]]:
    """Read what can be read of many sources, and say of each of the others why not."""
    items = [item for source in sources for item in _read(source)]
    return _distinct(i for i in items if isinstance(i, Document)), [i for i in items if isinstance(i, Rejected)]


def _read(source: str | Path) -> Iterator[Document | Rejected]:
    try:
        for path in _files(source):
            try:
                yield from _collection(path) if path.suffix.lower() == COLLECTION else [_article(path)]
            except LoadError as error:
                yield Rejected(str(path), error.message, error.hint)
    except LoadError as error:
        yield Rejected(str(source), error.message, error.hint)


def _files(source: str | Path) -> list[Path]:
    if re.match(r"https?://", str(source), re.IGNORECASE):
        raise LoadError(
            f"{source} is an address; addresses cannot be read.",
            f"Save the page as text and give the file. {_READABLE}",
        )
    path = Path(source)
    try:
        if path.is_dir():
            return _folder(path)
        if not path.exists():
            raise LoadError(f"There is no file {source}.", "Check the spelling and the folder.")
    except OSError as error:
        raise _unreadable(path, error) from error
    return [path]


def _folder(path: Path) -> list[Path]:
    """The files of a folder, sorted by path, without hidden ones and those that tell about the folder."""

    def fail(error: OSError) -> None:
        raise _unreadable(path, error) from error

    found = []
    for folder, names, files in os.walk(path, onerror=fail):
        names[:] = [name for name in names if not name.startswith(".")]
        found += [Path(folder, f) for f in files if not f.startswith(".") and Path(f).stem.lower() not in _NOT_ARTICLES]
    if not found:
        raise LoadError(
            f"The folder {path} holds no article.", f"Put articles into it, or name another folder. {_READABLE}"
        )
    return sorted(found)


def _article(path: Path) -> Document:
    return Document(text=_text(path), origin=path.name, id=_safe(path.stem))


def _text(path: Path) -> str:
    if path.suffix.lower() not in (*TEXT, COLLECTION):
        kind = path.suffix or "a file without an ending"
        raise LoadError(
            f"{path.name} cannot be read: {kind} is not among the formats.", f"Save it as text. {_READABLE}"
        )
    text = _decode(path.name, _bytes(path))
    if not text.strip():
        raise LoadError(f"{path.name} is empty.", "Give a file that holds an article.")
    return text


def _bytes(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise LoadError(f"{path} is not a file.", _READABLE)
        size = path.stat().st_size
        if size > LIMIT:
            raise LoadError(
                f"{path.name} has {size / 2**20:.0f} MB; the limit is {LIMIT // 2**20} MB.", "Split it into articles."
            )
        return path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> LoadError:
    if isinstance(error, PermissionError):
        return LoadError(f"{path} may not be read.", "Give yourself permission to read it, or copy it elsewhere.")
    return LoadError(f"{path} cannot be read: {error.strerror or error}.", "Check the file and the disk it is on.")


def _decode(name: str, data: bytes) -> str:
    """Decode UTF-8, UTF-16 with its mark, or else Windows-1252 where every byte is a character of it."""
    encodings = next(([encoding] for mark, encoding in _MARKS if data.startswith(mark)), ["utf-8", "cp1252"])
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text):
            return text
    raise LoadError(f"{name} is not text.", f"Open it in its own program and save it as text (UTF-8). {_READABLE}")


def _collection(path: Path) -> Iterator[Document | Rejected]:
    """The rows of a collection, one a line. A bad row is rejected by its line number; the others are read."""
    ids: dict[str, int] = {}
    for number, line in enumerate(_text(path).splitlines(), 1):
        if not line.strip():
            continue
        try:
            document = _row(path, number, line)
            if document.id in ids:
                raise LoadError(
                    f"the id {document.id!r} stands in line {ids[document.id]} already",
                    "Give each row an id of its own.",
                )
            ids[document.id] = number
            yield document
        except LoadError as error:
            yield Rejected(f"{path}, line {number}", f"{path.name}, line {number}: {error.message}.", error.hint)


def _row(path: Path, number: int, line: str) -> Document:
    shape = 'Each line is one JSON object: {"id"?, "title"?, "text", "url"?, "date"?, "outlet"?}.'
    try:
        row: Any = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        raise LoadError("this is not JSON", shape) from error
    if not isinstance(row, dict):
        raise LoadError("this is not a JSON object", shape)
    if not isinstance(row.get("text"), str) or not row["text"].strip():
        raise LoadError("the row has no text", shape)
    if row["text"] != row["text"].encode("utf-8", "replace").decode("utf-8"):
        raise LoadError("the text holds half a character (a lone surrogate)", "Write the collection anew as UTF-8.")
    for name in ("id", *_FIELDS):
        if not isinstance(row.get(name), str | None) and not (name == "id" and type(row[name]) is int):
            raise LoadError(f"{name} is not a text", shape)
    given = {name: row[name].strip() for name in _FIELDS if (row.get(name) or "").strip()}
    name = str(row.get("id") if row.get("id") is not None else "").strip() or f"{_safe(path.stem)}-{number}"
    return Document(text=row["text"], origin=given.get("url", path.name), id=name, **given)


def _safe(stem: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]+", "-", stem).strip("-.") or "article"


def _distinct(documents: Iterable[Document]) -> list[Document]:
    """Number the documents that share an id, so that none takes another's place."""
    found: dict[str, Document] = {}
    for document in documents:
        name, n = document.id, 1
        while name in found:
            n += 1
            name = f"{document.id}-{n}"
        found[name] = document if name == document.id else replace(document, id=name)
    return list(found.values())
