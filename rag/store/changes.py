"""How one process learns on a Chroma server what others changed: a log of a row a change, kept for an hour.

A look costs two small requests, 4 ms in all on one machine, and is taken once a second at most. A log of rows that are
only added needs no turn-taking, as a counter that two processes raise would; what a row names is read from the library
itself, so the order in which rows come in does not matter.
"""

import json
import time
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Protocol, TypeVar
from uuid import uuid4

from rag.store.generations import ARTICLES, CHANGES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chromadb.api.client import Client

P = ParamSpec("P")
T = TypeVar("T")
EVERY = 1.0
"""Seconds between two looks."""
KEPT = 3600
"""Seconds for which a row is kept. Whoever has not looked for half as long reads everything anew."""


class Watching(Protocol):
    """What can look for changes."""

    def look(self) -> None:
        """Look, where it is time to."""


L = TypeVar("L", bound=Watching)


def current(method: Callable[Concatenate[L, P], T]) -> Callable[Concatenate[L, P], T]:
    """Have a method look first for what other processes have changed."""

    @wraps(method)
    def looking(library: L, /, *given: P.args, **named: P.kwargs) -> T:
        library.look()
        return method(library, *given, **named)

    return looking


class Changes:
    """The log, as one process sees it."""

    def __init__(self, client: "Client", ending: str) -> None:
        """Open the log of a generation. What it holds already is known, for the library is read after this."""
        self._log = client.get_or_create_collection(CHANGES + ending, embedding_function=None)
        self._articles = client.get_collection(ARTICLES + ending, embedding_function=None)
        self._seen = set(self._log.get(include=[])["ids"])
        self._looked = self._pruned = time.monotonic()

    @property
    def due(self) -> bool:
        """Whether the last look was long enough ago."""
        return time.monotonic() - self._looked >= EVERY

    def note(self, articles: "Iterable[str]") -> None:
        """Tell the other processes that articles were put in or taken out."""
        name, now = uuid4().hex, int(time.time())
        self._seen.add(name)
        self._log.add(name, embeddings=[1.0], metadatas={"at": now, "articles": json.dumps(list(articles))})
        if time.monotonic() - self._pruned > KEPT / 4:
            self._pruned = time.monotonic()
            self._log.delete(where={"at": {"$lt": now - KEPT}})  # type: ignore[dict-item]  # no int in Where

    def unseen(self, known: int) -> set[str] | None:
        """Return the articles that others changed since the last look; None where all must be read anew.

        That is after a long sleep, or where the number of articles is not the one that is `known` and no row says why:
        a process was killed between a change and its row.
        """
        slept = time.monotonic() - self._looked > KEPT / 2
        self._looked = time.monotonic()
        rows = self._log.get(include=["metadatas"])
        facts = dict(zip(rows["ids"], rows["metadatas"] or [], strict=True))
        new = [json.loads(str(told["articles"])) for name, told in facts.items() if name not in self._seen]
        self._seen = set(facts)
        if slept or (not new and self._articles.count() != known):
            return None
        return {article for articles in new for article in articles}
