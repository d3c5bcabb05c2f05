"""Documents from files, folders, collections and web addresses, each format by its own reader.

A text is decoded, never edited, but for characters without a form: offsets mean what a reader sees. Of a page, a PDF or
a Word file it is what was extracted. The readers of these are imported when one is met: they are heavy.
"""

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from rag.domain import Document
from rag.errors import LoadError
from rag.ingest.collection import rows
from rag.ingest.encoding import decode
from rag.ingest.invisible import plain, visible

if TYPE_CHECKING:
    from rag.ingest.fetch import Fetcher

TEXT, PAGE, COLLECTION = (".txt", ".md"), (".html", ".htm", ".xhtml"), ".jsonl"
LIMIT = 20 * 1024 * 1024
"""Bytes a file may have; the longest news article is a thousandth of it."""
FORMATS = (
    "Text (.txt, .md), web pages (.html), .pdf, .docx, folders of such files and collections (.jsonl) can be read."
)
LONGEST = 1_000_000
"""Characters of an article at most, those of a thick book."""
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_NOT_ARTICLES = ("readme", "notice", "license", "licence", "changelog", "contributing")
_NAME = 80
"""Characters of an id made of an address; a longer one is cut and told apart by its digest."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A source that could not be read, why, and what to do about it."""

    source: str
    message: str
    hint: str


def read(source: str | Path) -> tuple[Document, ...]:
    """Read a file, a folder, a collection or an address. Raises LoadError for the first thing that cannot be read."""
    found = []
    for item in each([source])[1]:
        if isinstance(item, Rejected):
            raise LoadError(item.message, item.hint)
        found.append(item)
    return tuple(found)


def read_all(sources: Iterable[str | Path]) -> tuple[list[Document], list[Rejected]]:
    """Read what can be read of many sources, and say of each of the others why not."""
    items = list(each(sources)[1])
    return [i for i in items if isinstance(i, Document)], [i for i in items if isinstance(i, Rejected)]


def each(sources: Iterable[str | Path]) -> tuple[int, Iterator[Document | Rejected]]:
    """Say how many documents many sources hold, and read them one after the other: only one is in memory."""
    planned = [place for source in sources for place in _planned(source)]
    total = sum(_rows(place) if isinstance(place, Path) else 1 for place in planned)
    return total, _distinct(item for place in planned for item in _opened(place))


def _planned(source: str | Path) -> list[Path | str | Rejected]:
    """The files of a source, or its address."""
    if _ADDRESS.match(str(source)):
        return [str(source)]
    try:
        return [*_files(source)]
    except LoadError as error:
        return [Rejected(str(source), error.message, error.hint)]


def _rows(path: Path) -> int:
    if path.suffix.lower() != COLLECTION:
        return 1
    try:
        return sum(1 for line in _bytes(path).splitlines() if line.strip())
    except LoadError:
        # It is said when the collection is read.
        return 1


def _opened(place: Path | str | Rejected) -> Iterator[Document | Rejected]:
    if isinstance(place, Rejected):
        yield place
        return
    try:
        if isinstance(place, str):
            yield fetched(place)
        elif place.suffix.lower() == COLLECTION:
            yield from _collection(place)
        else:
            yield _article(place)
    except LoadError as error:
        yield Rejected(str(place), error.message, error.hint)


def fetched(address: str, fetcher: "Fetcher | None" = None) -> Document:
    """Fetch the article at an address. Raises FetchRefused, or LoadError where none comes or it cannot be read."""
    from rag.ingest.fetch import Fetcher

    found = (fetcher or Fetcher()).fetch(address)
    document = _document(found.url, found.data, found.suffix, found.charset)
    # Where it was found counts, and not the address the page gives itself.
    return replace(document, id=_named(found.url), url=found.url)


def _named(url: str) -> str:
    """An id out of an address: its host and path, so that two sites' pages of one name are two articles."""
    name = _safe(re.sub(r"^https?://(?:www\.)?", "", url))
    if len(name) <= _NAME:
        return name
    return f"{name[:_NAME]}-{hashlib.sha256(url.encode()).hexdigest()[:8]}"


def _files(source: str | Path) -> list[Path]:
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
            f"The folder {path} holds no article.", f"Put articles into it, or name another folder. {FORMATS}"
        )
    return sorted(found)


def _article(path: Path) -> Document:
    suffix = path.suffix.lower()
    if suffix not in (*TEXT, *PAGE, ".pdf", ".docx"):
        kind = path.suffix or "a file without an ending"
        raise LoadError(f"{path.name} cannot be read: {kind} is not among the formats.", f"Save it as text. {FORMATS}")
    return replace(_document(path.name, _bytes(path), suffix), id=_safe(path.stem))


def _document(name: str, data: bytes, suffix: str, charset: str | None = None) -> Document:
    if not data.strip():
        raise LoadError(f"{name} is empty.", "Give a file that holds an article.")
    found = visible(_by_format(name, data, suffix, charset))
    if not plain(found.text).strip():
        raise LoadError(f"{name} holds no visible text.", "Give a file that holds an article.")
    if len(found.text) > LONGEST:
        raise LoadError(f"{name} is far longer than an article.", "Give the article alone, or split it into articles.")
    return found


def _by_format(name: str, data: bytes, suffix: str, charset: str | None) -> Document:
    """Read the bytes of a document by its format; what begins as a PDF is one, whatever it is called."""
    if suffix == ".pdf" or data.startswith(b"%PDF-"):
        from rag.ingest.pdf import read_pdf

        return read_pdf(name, data)
    if suffix == ".docx":
        from rag.ingest.word import read_word

        return read_word(name, data)
    if suffix in PAGE:
        from rag.ingest.page import read_page

        return read_page(name, data, charset)
    return Document(_text(name, data, charset), name, name)


def _text(name: str, data: bytes, charset: str | None = None) -> str:
    text = decode(name, data, charset)
    if not text.strip():
        raise LoadError(f"{name} is empty.", "Give a file that holds an article.")
    return text


def _collection(path: Path) -> Iterator[Document | Rejected]:
    for number, found in rows(path.name, _text(path.name, _bytes(path)), _safe(path.stem)):
        if isinstance(found, LoadError):
            yield Rejected(f"{path}, line {number}", found.message, found.hint)
        else:
            yield found


def _bytes(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise LoadError(f"{path} is not a file.", FORMATS)
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


def _safe(stem: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]+", "-", stem).strip("-.") or "article"


def _distinct(items: Iterable[Document | Rejected]) -> Iterator[Document | Rejected]:
    """Number the documents that share an id, so that none takes another's place."""
    taken: set[str] = set()
    for item in items:
        if isinstance(item, Rejected):
            yield item
            continue
        name, n = item.id, 1
        while name in taken:
            n += 1
            name = f"{item.id}-{n}"
        taken.add(name)
        yield item if name == item.id else replace(item, id=name)
