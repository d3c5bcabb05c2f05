"""Rows in, rows out: many requests in one process, where a bad row is an error of its own and the others go on."""

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from rag.errors import RagError

Json = dict[str, Any]


def wanted(value: object, what: str) -> str:
    """Return a text that must be there. Raises RagError where it is not."""
    if not isinstance(value, str) or not value.strip():
        raise RagError(f"There is no {what}.", f"Give the {what} as text.")
    return value


def field(row: Json, name: str) -> str:
    """Return a field of a row that must hold a text. Raises RagError where it does not."""
    return wanted(row.get(name), name)


def stated(row: Json, name: str) -> str | None:
    """Return a field of a row that may be left out, but holds a text where it is there. Raises RagError."""
    found = row.get(name)
    if not isinstance(found, str | None):
        raise RagError(f"The {name} is not a text.", f"Give the {name} in quotation marks, or leave it out.")
    return found


def questions(history: object) -> tuple[str, ...]:
    """Return what was asked in earlier messages, oldest first. Raises RagError where they are no such list."""
    if history is None:
        return ()
    if not isinstance(history, list) or not all(_is_message(message) for message in history):
        raise RagError("The history is not a list of messages.", 'Write it as [{"role": "user", "content": "…"}, …].')
    return tuple(message["content"] for message in history if message["role"] == "user")


def read_text(path: Path) -> str:
    """Return what a file of JSON holds. Raises RagError where it cannot be read."""
    try:
        return path.read_text(encoding="utf8")
    except OSError as error:
        raise RagError(f"{path} cannot be read: {error.strerror}.", "Name a file that is there.") from error
    except UnicodeDecodeError as error:
        raise RagError(f"{path} is not text in UTF-8.", "Save it as UTF-8.") from error


def read_json(path: Path) -> object:
    """Return the one value that a file holds. Raises RagError where there is none."""
    try:
        return json.loads(read_text(path))
    except (json.JSONDecodeError, RecursionError) as error:
        raise RagError(f"{path} is not JSON: {error}.", "Write one JSON value into it.") from error


def answer_rows(source: str, answer: Callable[[Json], Json]) -> int:
    """Print an object for each row of a .jsonl file (- for standard input), in order, and return the exit status."""
    for number, row in enumerate(_rows(source), 1):
        key = row.get("id", number) if isinstance(row, dict) else number
        try:
            if not isinstance(row, dict):
                raise RagError(f"Row {number} is not a JSON object.", "Write one JSON object a line.")
            found = {"id": key, **answer({"id": key, **row})}
        except RagError as error:
            found = {"id": key, "error": {"message": error.message, "hint": error.hint}}
        print(json.dumps(found, ensure_ascii=False), flush=True)
    return 0


def _is_message(message: object) -> bool:
    return isinstance(message, dict) and all(isinstance(message.get(name), str) for name in ("role", "content"))


def _rows(source: str) -> Iterator[object]:
    if source != "-" and not Path(source).is_file():
        raise RagError(f"There is no file {source}.", "Name a .jsonl file, or - for standard input.")
    lines = sys.stdin if source == "-" else read_text(Path(source)).split("\n")
    for line in lines:
        if line.strip():
            try:
                yield json.loads(line)
            except (json.JSONDecodeError, RecursionError):
                yield None
