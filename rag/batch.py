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


def _rows(source: str) -> Iterator[object]:
    if source != "-" and not Path(source).is_file():
        raise RagError(f"There is no file {source}.", "Name a .jsonl file, or - for standard input.")
    lines = sys.stdin if source == "-" else Path(source).read_text(encoding="utf8").splitlines()
    for line in lines:
        if line.strip():
            try:
                yield json.loads(line)
            except json.JSONDecodeError:
                yield None
