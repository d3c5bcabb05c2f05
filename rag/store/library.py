"""The library: every article and its passages, kept on disk, searched from any thread. Read the store from here."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from enum import StrEnum
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import TYPE_CHECKING, Self

from rag.domain import Article, Document, Passage
from rag.errors import RagError
from rag.settings import Settings
from rag.store import database
from rag.store.lock import LibraryLock
from rag.store.shelf import Entry, Shelf, digest

if TYPE_CHECKING:
    from rag.store.embed import MiniLM
    from rag.store.lexical import LexicalIndex

BATCH = 2000
"""Passages written together."""
NAMED = 5
"""Articles named in a message."""


class State(StrEnum):
    """What adding a document would do."""

    ADDED = "added"
    UNCHANGED = "unchanged"
    UPDATED = "updated"


class Library:
    """The articles and search over their passages. One serves every thread; `open_library` makes it."""

    def __init__(self, shelf: Shelf, close: Callable[[], None]) -> None:
        """Read what there is, clear what a stopped program left. Raises StoreError for a damaged library."""
        self._shelf, self._close = shelf, close
        self._writing, self._reading = RLock(), RLock()
        self._entries = shelf.entries()
        self._articles: dict[str, Article] = {}
        self._all: tuple[Article, ...] | None = None
        self._passages: dict[str, tuple[Passage, ...]] | None = None
        self._lexical: LexicalIndex | None = None
        self._revision = 0
        shelf.check(self._entries.values())

    @property
    def revision(self) -> int:
        """A number that grows with each change."""
        return self._revision

    def add(self, article: Article, passages: Sequence[Passage]) -> None:
        """Put an article in, in place of one with the same id. Raises StoreError; what was in is then still there."""
        self.add_all([(article, passages)])

    def add_all(self, articles: Iterable[tuple[Article, Sequence[Passage]]]) -> None:
        """Put articles in together, several times as quick. Of two with one id the later counts. Raises StoreError."""
        with self._writing:
            batch: dict[str, tuple[Article, Sequence[Passage]]] = {}
            for article, passages in articles:
                if any(passage.article != article.id for passage in passages):
                    raise ValueError(f"passages of another article came with {article.id}")
                batch[article.id] = (article, passages)
                if sum(len(of_one) for _, of_one in batch.values()) >= BATCH:
                    self._put(batch)
                    batch = {}
            if batch:
                self._put(batch)

    def remove(self, name: str) -> None:
        """Take out the article a name means, even one whose record is damaged. Raises RagError."""
        with self._writing, self._reading:
            entry = self._named(name)
            self._shelf.take(entry)
            del self._entries[entry.id]
            self._changed([entry.id])
            if self._passages is not None:
                self._passages.pop(entry.id, None)

    def state(self, document: Document) -> State:
        """Say what adding a document would do; a text that is in already, under whatever name, changes nothing."""
        known = digest(document.text)
        with self._reading:
            if any(entry.digest == known for entry in self._entries.values()):
                return State.UNCHANGED
            return State.UPDATED if document.id in self._entries else State.ADDED

    def articles(self) -> tuple[Article, ...]:
        """Return every article, by id. Raises StoreError for a record that cannot be read."""
        with self._reading:
            if self._all is None:
                missing = [name for name in self._entries if name not in self._articles]
                self._articles |= {article.id: article for article in self._shelf.articles(missing)}
                self._all = tuple(self._articles[name] for name in sorted(self._entries))
            return self._all

    def article(self, name: str) -> Article:
        """Return the article with that id, file name, or beginning of either. Raises RagError for none or several."""
        with self._reading:
            entry = self._named(name)
            if entry.id not in self._articles:
                self._articles |= {article.id: article for article in self._shelf.articles([entry.id])}
            return self._articles[entry.id]

    def identify(self, name: str) -> str:
        """Return the id of the article a name means; its record is not read. Raises RagError for none or several."""
        return self._named(name).id

    def passages(self) -> tuple[Passage, ...]:
        """Return every passage, by article and in the order of its text."""
        with self._reading:
            if self._passages is None:
                self._passages = self._shelf.passages(self._entries.values())
            return tuple(passage for name in sorted(self._passages) for passage in self._passages[name])

    def dense(self, query: str, k: int) -> list[tuple[Passage, float]]:
        """Return the k passages whose vectors are nearest to the query's, with the cosine, cut off at 0."""
        found = self._shelf.nearest(query, k)
        with self._reading:
            live = {entry.write for entry in self._entries.values()}
        return [(passage, min(1.0, max(0.0, cosine))) for write, passage, cosine in found if write in live]

    def lexical(self, query: str, k: int) -> list[tuple[Passage, float]]:
        """Return the k passages that match the words of the query best, with their BM25 scores."""
        from rag.store.lexical import LexicalIndex

        with self._reading:
            if self._lexical is None:
                self._lexical = LexicalIndex(self.passages())
            index = self._lexical
        return index.search(query, k)

    def close(self) -> None:
        """Let go of the store and its lock."""
        self._close()

    def __enter__(self) -> Self:
        """Use the library in a `with` block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def _put(self, batch: dict[str, tuple[Article, Sequence[Passage]]]) -> None:
        made = self._shelf.put(batch)
        with self._reading:
            replaced = [self._entries[name].write for name in batch if name in self._entries]
            self._entries |= made
            self._changed(batch)
            if self._passages is not None:
                self._passages |= {name: tuple(passages) for name, (_, passages) in batch.items()}
        self._shelf.erase(replaced)

    def _changed(self, names: Iterable[str]) -> None:
        for name in names:
            self._articles.pop(name, None)
        self._all = self._lexical = None
        self._revision += 1

    def _named(self, name: str) -> Entry:
        with self._reading:
            entries = sorted(self._entries.values(), key=lambda entry: entry.id)
        for meant in (
            [entry for entry in entries if name == entry.id],
            [entry for entry in entries if name == entry.origin],
            [entry for entry in entries if entry.id.startswith(name) or entry.origin.startswith(name)],
        ):
            if len(meant) == 1:
                return meant[0]
            if meant:
                raise RagError(f"{name!r} could be {_listed(meant)}.", "Write one of these ids in full.")
        if not entries:
            hint = "Read articles in: python -m rag ingest FILE…"
            raise RagError(f"There is no article {name!r}: the library is empty.", hint)
        raise RagError(f"There is no article {name!r}.", f"There are: {_listed(entries)}.")


def _listed(entries: Sequence[Entry]) -> str:
    named = ", ".join(f"{entry.id} ({entry.origin})" for entry in entries[:NAMED])
    return named if len(entries) <= NAMED else f"{named} and {len(entries) - NAMED} more"


def _mark(door: database.Door, folder: Path) -> None:
    with door.spoken("could not be written"):
        database.mark(folder)


def open_library(settings: Settings, embedder: "MiniLM") -> Library:
    """Open the library the settings name, or make it: on a Chroma server, or in a folder for this process alone.

    Raises StoreError where it is in use, damaged or cannot be written, IndexMismatch where another model made it.
    """
    closing = ExitStack()
    with ExitStack() as held:
        if settings.chroma_url:
            door = database.server(settings.chroma_url)
        else:
            held.callback(LibraryLock(settings.library).release)
            door = database.embedded(settings.library)
        held.callback(door.close)
        library = Library(Shelf(door, embedder), closing.close)
        if not settings.chroma_url:
            _mark(door, settings.library)
            held.callback(_mark, door, settings.library)
        closing.enter_context(held.pop_all())
    return library
