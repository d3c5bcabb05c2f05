"""What a reader says is wrong with an answer, in a file of their own on the computer that runs the app."""

import json
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from rag.errors import RagError
from rag.settings import Settings

REASONS = {
    "evidence": "What it rests on is wrong",
    "hard": "It is too hard to read",
    "caveat": "A limit is missing",
    "other": "Something else",
}
OWNER_ONLY = 0o600


def place(settings: Settings) -> Path:
    """Name the file."""
    return settings.library / "feedback.jsonl"


def keep(settings: Settings, told: Mapping[str, str]) -> None:
    """Add a line to the file, which only its owner may read. Raises RagError where the disk does not take it."""
    file = place(settings)
    line = json.dumps({"at": datetime.now(UTC).isoformat(timespec="seconds"), **told}, ensure_ascii=False)
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, OWNER_ONLY), "a", encoding="utf8") as out:
            out.write(f"{line}\n")
    except OSError as error:
        raise RagError(
            f"The note could not be written to {file}: {error.strerror}.",
            "See that there is room on the disk and that the file may be written to.",
        ) from error
