"""Collections of articles: a JSON object a line. A bad line is left out by its number; the others are read."""

import json
from collections.abc import Iterator
from typing import Any

from rag.domain import Document
from rag.errors import LoadError
from rag.ingest.invisible import plain, visible

_FIELDS = ("title", "url", "date", "outlet")
_SHAPE = 'Each line is one JSON object: {"id"?, "title"?, "text", "url"?, "date"?, "outlet"?}.'


def rows(name: str, text: str, stem: str) -> Iterator[tuple[int, Document | LoadError]]:
    """Read the rows of a collection, each with the number of its line, the bad ones as the error that they are."""
    ids: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            document = _row(name, f"{stem}-{number}", line)
            if document.id in ids:
                message = f"the id {document.id!r} stands in line {ids[document.id]} already"
                raise LoadError(message, "Give each row an id of its own.")
            ids[document.id] = number
            yield number, document
        except LoadError as error:
            yield number, LoadError(f"{name}, line {number}: {error.message}.", error.hint)


def _row(name: str, unnamed: str, line: str) -> Document:
    try:
        row: Any = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        raise LoadError("this is not JSON", _SHAPE) from error
    if not isinstance(row, dict):
        raise LoadError("this is not a JSON object", _SHAPE)
    if not isinstance(row.get("text"), str) or not plain(row["text"]).strip():
        raise LoadError("the row has no text", _SHAPE)
    if row["text"] != row["text"].encode("utf-8", "replace").decode("utf-8"):
        raise LoadError("the text holds half a character (a lone surrogate)", "Write the collection anew as UTF-8.")
    for field in ("id", *_FIELDS):
        if not isinstance(row.get(field), str | None) and not (field == "id" and type(row[field]) is int):
            raise LoadError(f"{field} is not a text", _SHAPE)
    given = {field: row[field].strip() for field in _FIELDS if (row.get(field) or "").strip()}
    stated = str(row.get("id") if row.get("id") is not None else "").strip()
    return visible(Document(text=row["text"], origin=given.get("url", name), id=stated or unnamed, **given))
