"""Conversations kept on this computer because their reader asked for it: one file each, for the owner's eyes only.

A file holds each question and its answer as it was shown, as data; reading one back runs and checks nothing.
"""

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rag.errors import RagError
from rag.export.contract import brief_json
from rag.settings import Settings
from rag.ui import access
from rag.ui.session import Conversation, Turn

FOLDER = "conversations"
NOT_HERE = "This app is shared with others, so conversations are not kept: others could read them."


def allowed(address: str | None) -> bool:
    """Whether conversations may be kept: where the app answers to this computer alone."""
    return access.local(address or "")


def keep(settings: Settings, conversation: Conversation) -> None:
    """Write a conversation down, or write it down anew. Raises RagError where the disk does not take it."""
    told = [
        {"question": turn.question, "told": brief_json(turn.brief) if turn.brief else turn.told}
        for turn in conversation.turns
        if turn.brief or turn.told
    ]
    place = folder(settings)
    with _spoken(place):
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = place / f"{conversation.id}.part"
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf8") as out:
            json.dump({"turns": told}, out, ensure_ascii=False)
        part.replace(place / f"{conversation.id}.json")


def forget(settings: Settings, gone: Iterable[Conversation]) -> None:
    """Erase conversations from the disk. Raises RagError where the disk does not let go of them."""
    place = folder(settings)
    with _spoken(place):
        for conversation in gone:
            (place / f"{conversation.id}.json").unlink(missing_ok=True)


def forget_all(settings: Settings) -> None:
    """Erase every conversation from the disk, those of other browser windows too. Raises RagError as `forget`."""
    place = folder(settings)
    with _spoken(place):
        for file in place.glob("*"):
            file.unlink(missing_ok=True)


def load(settings: Settings) -> tuple[list[Conversation], int]:
    """Read what was kept, the newest first, and count the files that are no conversation."""
    files = sorted(folder(settings).glob("*.json"), key=lambda file: file.stat().st_mtime, reverse=True)
    found = [_read(file) for file in files]
    return [conversation for conversation in found if conversation], found.count(None)


def folder(settings: Settings) -> Path:
    """Name the folder."""
    return settings.library / FOLDER


def _read(file: Path) -> Conversation | None:
    try:
        rows = json.loads(file.read_text(encoding="utf8"))["turns"]
        turns = [Turn(str(row["question"]), begun=True, told={"text": "", **row["told"]}) for row in rows]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return Conversation(turns, kept=True, id=file.stem) if turns else None


@contextmanager
def _spoken(place: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise RagError(
            f"The conversation could not be written to {place}: {error.strerror}.",
            "See that there is room on the disk and that the folder may be written to.",
        ) from error
