"""The library: every article and its passages, kept on disk, searched from any thread. Read the store from here."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from enum import StrEnum
from threading import RLock
from typing import TYPE_CHECKING

from rag.domain import Article, Document, Passage
from rag.errors import RagError
from rag.settings import Settings
from rag.store import database
from rag.store.changes import current
from rag.store.lock import LibraryLock
from rag.store.naming import meant
from rag.store.releases import Releases
from rag.store.shelf import PAGE, Shelf, digest

if TYPE_CHECKING:
    from rag.store.embed import MiniLM
    from rag.store.lexical import LexicalIndex


class State(StrEnum):
    """What adding a document would do."""

    ADDED = "added"
    UNCHANGED = "unchanged"
    UPDATED = "updated"


class Library(AbstractContextManager["Library"]):
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
        self._releases: Releases | None = None
        self._texts: dict[str, str] | None = None
        self._own, self._unindexed = set[str](), set[str]()
        self._revision = 0
        shelf.check(self._entries.values())

    @property
    @current
    def revision(self) -> int:
        """A number that grows with each change."""
        return self._revision

    def add(self, article: Article, passages: Sequence[Passage]) -> None:
        """Put an article in, in place of one with the same id. Raises StoreError; what was in is then still there."""
        self.add_all([(article, passages)])

    def add_all(
        self, articles: Iterable[tuple[Article, Sequence[Passage]]], given: Mapping[str, str] | None = None
    ) -> None:
        """Put articles in together, several times as quick. Of two with one id the later counts. Raises StoreError.

        `given`: what came with the texts, by id, for the rebuild that will read them anew.
        """
        with self._writing:
            batch: dict[str, tuple[Article, Sequence[Passage]]] = {}
            for article, passages in articles:
                if any(passage.article != article.id for passage in passages):
                    raise ValueError(f"passages of another article came with {article.id}")
                batch[article.id] = (article, passages)
                if sum(len(of_one) for _, of_one in batch.values()) >= PAGE:
                    self._put(batch, given or {})
                    batch = {}
            if batch:
                self._put(batch, given or {})

    @current
    def remove(self, name: str) -> str:
        """Take out the article a name means, even a damaged one; return what came with its text. Raises RagError."""
        with self._writing, self._reading:
            entry = meant(name, self._entries.values())
            came = self._shelf.take(entry)
            self._entries.pop(entry.id, None)
            self._changed([entry.id])
            self._reread({entry.id})
            return came

    @current
    def holder(self, text: str) -> str | None:
        """Return the id of an article with exactly that text, None where there is none."""
        with self._reading:
            if self._texts is None:
                self._texts = {entry.digest: entry.id for entry in self._entries.values()}
            return self._texts.get(digest(text))

    def state(self, document: Document) -> State:
        """Say what adding a document would do; a text that is in already, under whatever name, changes nothing."""
        if self.holder(document.text) is not None:
            return State.UNCHANGED
        return State.UPDATED if document.id in self._entries else State.ADDED

    @current
    def articles(self) -> tuple[Article, ...]:
        """Return every article, by id. Raises StoreError for a record that cannot be read."""
        with self._reading:
            if self._all is None:
                self._read(sorted(self._entries))
                self._all = tuple(self._articles[name] for name in sorted(self._entries) if name in self._articles)
            return self._all

    @current
    def article(self, name: str) -> Article:
        """Return the article with that id, file name, or beginning of either. Raises RagError for none or several."""
        with self._reading:
            entry = meant(name, self._entries.values())
            self._read([entry.id])
            if entry.id not in self._articles:
                raise RagError(f"{entry.id} has just been taken out by another program.", "Choose another article.")
            return self._articles[entry.id]

    @current
    def identify(self, name: str) -> str:
        """Return the id of the article a name means; its record is not read. Raises RagError for none or several."""
        with self._reading:
            return meant(name, self._entries.values()).id

    @current
    def same_release(self, article: str) -> tuple[str, ...]:
        """Return the ids of the other articles that carry the same press release, sorted; none for an unknown id."""
        with self._reading:
            if self._releases is None:
                self._releases = Releases({entry.id: entry.marks for entry in self._entries.values()})
            releases = self._releases
        return releases.same(article)

    @current
    def passages(self) -> tuple[Passage, ...]:
        """Return every passage, by article and in the order of its text."""
        with self._reading:
            if self._passages is None:
                self._passages = self._shelf.passages(self._entries.values())
            return tuple(passage for name in sorted(self._passages) for passage in self._passages[name])

    @current
    def dense(self, query: str, k: int, among: Collection[str] | None = None) -> list[tuple[Passage, float]]:
        """Return the k passages, of the articles `among` alone, nearest to the query, with the cosine, cut off at 0."""
        found = self._shelf.nearest(query, k, among)
        with self._reading:
            live = {entry.write for entry in self._entries.values()}
        return [(passage, min(1.0, max(0.0, cosine))) for write, passage, cosine in found if write in live]

    @current
    def lexical(self, query: str, k: int, among: Collection[str] | None = None) -> list[tuple[Passage, float]]:
        """Return the k passages, of the articles `among` alone, that match the query's words best, with their BM25."""
        return self._indexed().search(query, k, among)

    @current
    def match(self, query: str, passages: Iterable[Passage]) -> dict[str, float]:
        """Say how well passages match the query's words, 0 to 1, by id; those without a word of it are left out."""
        return self._indexed().match(query, passages)

    def close(self) -> None:
        """Let go of the store and its lock."""
        self._close()

    def __exit__(self, *fault: object) -> None:
        """Close it."""
        self.close()

    def _indexed(self) -> "LexicalIndex":
        from rag.store.lexical import LexicalIndex

        with self._reading:
            if self._lexical is None or self._lexical.worn:
                self._lexical = LexicalIndex(self.passages())
            elif self._unindexed:
                held = self._passages or {}
                self._lexical.replace(self._unindexed, [p for name in self._unindexed for p in held.get(name, ())])
            self._unindexed = set()
            return self._lexical

    def _put(self, batch: dict[str, tuple[Article, Sequence[Passage]]], given: Mapping[str, str]) -> None:
        made = self._shelf.lay(batch)
        self._own |= {entry.write for entry in made.values()}
        with self._reading:
            self.look(now=True)
            replaced = [self._entries[name].write for name in batch if name in self._entries]
        self._shelf.enter([article for article, _ in batch.values()], made, given)
        with self._reading:
            settled = self._shelf.settled(made)
            replaced += [entry.write for name, entry in made.items() if settled.get(name) != entry]
            self._entries |= settled
            self._changed(batch)
            if self._passages is not None:
                self._passages |= {name: tuple(passages) for name, (_, passages) in batch.items()}
        self._shelf.erase(replaced)

    def _read(self, names: Iterable[str]) -> None:
        missing = [name for name in names if name not in self._articles]
        self._articles |= {article.id: article for article in self._shelf.articles(missing)}

    def look(self, *, now: bool = False) -> None:
        """Learn what other processes on the same server have changed; where it is not time yet, nothing is asked."""
        if not (now or self._shelf.due()):
            return
        with self._reading:
            names = self._shelf.changed(len(self._entries))
            found = {} if names == set() else self._shelf.entries(names)
            names = {*self._entries, *found} if names is None else names
            before = {name: self._entries.pop(name) for name in names if name in self._entries}
            self._entries |= found
            differing = {name for name in names if before.get(name) != found.get(name)}
            if differing:
                self._changed(differing)
                self._reread(differing)
        # Two processes put one id in at once: what this one wrote and the other's record replaced is nobody's.
        lost = {before[name].write for name in differing if name in before and name in found} & self._own
        self._shelf.erase(sorted(lost))

    def _reread(self, names: set[str]) -> None:
        if self._passages is not None:
            kept = {name: passages for name, passages in self._passages.items() if name not in names}
            self._passages = kept | self._shelf.passages([self._entries[n] for n in names if n in self._entries])

    def _changed(self, names: Iterable[str]) -> None:
        for name in names:
            self._articles.pop(name, None)
            self._unindexed.add(name)
        self._all = self._releases = self._texts = None
        self._revision += 1


def open_library(settings: Settings, embedder: "MiniLM") -> Library:
    """Open the library the settings name, or make it: on a Chroma server, or in a folder for this process alone.

    Raises StoreError where it is in use, damaged or cannot be written, IndexMismatch where another model made it.
    """
    closing = ExitStack()
    with ExitStack() as held:
        if not settings.chroma_url:
            held.callback(LibraryLock(settings.library).release)
        door = database.server(settings.chroma_url) if settings.chroma_url else database.embedded(settings.library)
        held.callback(door.close)
        library = Library(Shelf(door, embedder), closing.close)
        door.mark()
        held.callback(door.mark)
        closing.enter_context(held.pop_all())
    return library
