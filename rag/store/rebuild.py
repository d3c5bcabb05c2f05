"""A library made anew beside the one that is there, of the same texts. The old one counts until that is whole."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from rag.domain import Article, Passage
from rag.errors import StoreError
from rag.settings import Settings
from rag.store import database, generations, records
from rag.store.generations import ARTICLES, PASSAGES
from rag.store.library import Library
from rag.store.lock import LibraryLock
from rag.store.shelf import PAGE, Shelf

if TYPE_CHECKING:
    from rag.store.embed import MiniLM


class Rebuild:
    """The old records, to be read, and the new library, to be filled. `rebuilding` makes it."""

    def __init__(self, door: database.Door, embedder: "MiniLM") -> None:
        """Begin a new generation. Raises StoreError where there is no library to be made anew."""
        self._door = door
        with door.spoken("cannot be read"):
            there = {found.name for found in door.client.list_collections()}
            self._old = generations.live(door)
            if not {PASSAGES + self._old, ARTICLES + self._old} <= there:
                hint = "Read articles in: python -m rag ingest FILE…"
                raise StoreError(f"There is no library {door.place} to be made anew.", hint)
            self._records = door.client.get_collection(ARTICLES + self._old, embedding_function=None)
            self._shelf = Shelf(door, embedder, generations.following(self._old))
        self._library = Library(self._shelf, lambda: None)
        self._done: dict[str, str] = {}
        self._put: set[str] = set()

    def names(self) -> list[str]:
        """Return the articles that are not made anew yet, or were changed since by another process."""
        with self._door.spoken("cannot be read"):
            there = self._writes()
        for name in self._done.keys() - there.keys():
            del self._done[name]
            if name in self._put:
                self._library.remove(name)
        return sorted(name for name, write in there.items() if self._done.get(name) != write)

    def kept(self, names: Sequence[str]) -> Iterator[tuple[str, records.Kept | StoreError]]:
        """Read what is kept of some articles; a record that is damaged comes as the error that it is."""
        with self._door.spoken("cannot be read"):
            found = self._records.get(list(names), include=["metadatas"])
        for name, told in zip(found["ids"], found["metadatas"] or [], strict=True):
            self._done[name] = str(told["write"])
            try:
                yield name, records.kept(str(told["record"]), name, str(told.get("given", "")))
            except StoreError as error:
                yield name, error

    def put(self, articles: Sequence[tuple[Article, Sequence[Passage]]], given: dict[str, str]) -> None:
        """Put articles into the new library. Raises StoreError."""
        self._library.add_all(articles, given)
        self._put |= {article.id for article, _ in articles}
        with self._door.spoken("could not be written"):
            generations.touch(self._shelf.collection)

    def finish(self) -> None:
        """Let the new library count, and take the old one away. Raises StoreError."""
        with self._door.spoken("could not be written"):
            generations.seal(self._shelf.collection)
            generations.clear(self._door)

    def _writes(self) -> dict[str, str]:
        found: dict[str, str] = {}
        start = 0
        while (rows := self._records.get(limit=PAGE, offset=start, include=["metadatas"]))["ids"]:
            start += PAGE
            found |= {n: str(told["write"]) for n, told in zip(rows["ids"], rows["metadatas"] or [], strict=True)}
        return found


@contextmanager
def rebuilding(settings: Settings, embedder: "MiniLM") -> Iterator[Rebuild]:
    """Hold the library that the settings name, whatever model made it, to make it anew. Raises StoreError."""
    with ExitStack() as held:
        if settings.chroma_url:
            door = database.server(settings.chroma_url)
        else:
            held.callback(LibraryLock(settings.library).release)
            door = database.embedded(settings.library)
        held.callback(door.close)
        with door.spoken("cannot be cleared of what a stopped program left"):
            generations.clear(door)
        yield Rebuild(door, embedder)
        door.mark()
