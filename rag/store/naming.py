"""Which article a reader means by a name: an id, a file name or address, or the beginning of either."""

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from rag.errors import RagError

NAMED = 5
"""Articles named in a message."""


class Named(Protocol):
    """What goes by an id and by the file or address it came from."""

    @property
    def id(self) -> str:
        """The id."""
        ...

    @property
    def origin(self) -> str:
        """The file name or address."""
        ...


T = TypeVar("T", bound=Named)


def meant(name: str, held: Iterable[T]) -> T:
    """Return the one that a name means, the closest reading first. Raises RagError for none or several."""
    entries = sorted(held, key=lambda entry: entry.id)
    for found in (
        [entry for entry in entries if name == entry.id],
        [entry for entry in entries if name == entry.origin],
        [entry for entry in entries if entry.id.startswith(name) or entry.origin.startswith(name)],
    ):
        if len(found) == 1:
            return found[0]
        if found:
            raise RagError(f"{name!r} could be {_listed(found)}.", "Write one of these ids in full.")
    if not entries:
        hint = "Read articles in: python -m rag ingest FILE…"
        raise RagError(f"There is no article {name!r}: the library is empty.", hint)
    raise RagError(f"There is no article {name!r}.", f"There are: {_listed(entries)}.")


def _listed(entries: Sequence[Named]) -> str:
    named = ", ".join(f"{entry.id} ({entry.origin})" for entry in entries[:NAMED])
    return named if len(entries) <= NAMED else f"{named} and {len(entries) - NAMED} more"
