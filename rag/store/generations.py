"""Which collections are the library. A rebuild makes new ones beside them; the word that they are whole switches over.

A name is a collection's, with the ending of its generation: none for the first, then a number that grows. The highest
whole one counts. What a stopped rebuild left, and what a finished one replaced, is cleared away.
"""

import re
import time
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from rag.store.database import Door

if TYPE_CHECKING:
    from chromadb.api.models.Collection import Collection

PASSAGES, ARTICLES, CHANGES = "passages", "articles", "changes"
_OURS = re.compile(rf"(?P<what>{PASSAGES}|{ARTICLES}|{CHANGES})(?P<ending>(?:-[0-9a-f]{{8}}){{2}})?")
"""Names of our collections; others on the same server are nobody's business here."""
PATIENCE = 3600
"""Seconds for which what nothing names may be another process's, still under way on the same server."""


def live(door: Door) -> str:
    """Return the ending of the generation that counts; that of a library which is not there yet is empty."""
    return max((ending for ending, facts in _all(door).items() if facts.get("whole", True)), default="")


def following(ending: str) -> str:
    """Return the ending of a new generation after another; the clock has no say, for it may go back."""
    number = int(ending.split("-")[1], 16) + 1 if ending else 1
    return f"-{number:08x}-{uuid4().hex[:8]}"


def under_way() -> dict[str, Any]:
    """Return what the passages of a generation say of it while it is being made."""
    return {"whole": False, "touched": int(time.time())}


def touch(passages: "Collection") -> None:
    """Say that a generation is still being made, so that no other process clears it away."""
    passages.modify(metadata={**(passages.metadata or {}), **under_way()})


def seal(passages: "Collection") -> None:
    """Say that a generation is whole: from here on it is the library."""
    passages.modify(metadata={**(passages.metadata or {}), "whole": True})


def model(facts: dict[str, Any] | None) -> dict[str, Any]:
    """Return what the passages say of their model, without what they say of their making."""
    return {name: told for name, told in (facts or {}).items() if name not in ("whole", "touched")}


def clear(door: Door) -> None:
    """Take away every generation but the one that counts and those that another process may be making."""
    counts = live(door)
    for ending, facts in _all(door).items():
        if ending != counts and not _may_be_under_way(door, facts):
            door.forget()
            for name in _names(door):
                if name in (PASSAGES + ending, ARTICLES + ending, CHANGES + ending):
                    door.client.delete_collection(name)
            door.sweep()


def _may_be_under_way(door: Door, facts: dict[str, Any]) -> bool:
    return door.shared and not facts.get("whole", True) and time.time() - facts.get("touched", 0) < PATIENCE


def _names(door: Door) -> dict[str, dict[str, Any]]:
    found = {found.name: dict(found.metadata or {}) for found in door.client.list_collections()}
    return {name: facts for name, facts in found.items() if _OURS.fullmatch(name)}


def _all(door: Door) -> dict[str, dict[str, Any]]:
    """The endings of all generations, each with what its passages say of it; one without passages is none."""
    names = _names(door)
    endings = {(found["ending"] or "") for name in names if (found := _OURS.fullmatch(name))}
    return {ending: names.get(PASSAGES + ending, {"whole": False}) for ending in endings}
