"""What lies in Chroma: passages with their vectors, and one record an article. An article is all there or not there.

How: passages are written under the name of their write; the record that names it comes last, and goes first. What no
record names is a leftover of a process that was killed: nobody sees it, and the next start clears it.
"""

import time
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import uuid4

from langchain_core.embeddings import Embeddings

from rag.domain import Article, Passage
from rag.errors import IndexMismatch, StoreError
from rag.store import generations, records
from rag.store.changes import Changes
from rag.store.database import RENEW, Door
from rag.store.generations import ARTICLES, PASSAGES, PATIENCE
from rag.store.releases import marks

if TYPE_CHECKING:
    from chromadb.api.collection_configuration import CreateCollectionConfiguration
    from langchain_chroma import Chroma

    from rag.store.embed import MiniLM

T = TypeVar("T")
PAGE = 2000
"""Rows read or written at a time; Chroma's own limit is about 5,400."""
BREADTH = 200
"""Candidates the vector index weighs. With Chroma's 100 it missed the nearest of 1,103 passages, most of them alike, in
3 libraries of 8, and 3.4% of the best 100 of 12,000; with 200 in none of 8, and 0.6%."""
FEW = 200
"""Articles whose passages are asked for by name; for more the whole collection is read."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of an article without its record: its text's `digest`, its `write`, the `marks` of its release."""

    id: str
    origin: str
    digest: str
    write: str
    passages: int
    marks: bytes


class Shelf:
    """The two collections. It keeps no state, so whoever changes it from several threads takes care of the order."""

    def __init__(self, door: Door, embedder: "MiniLM", ending: str | None = None) -> None:
        """Open the collections, or make them (with an ending: new ones). Raises StoreError or IndexMismatch."""
        from langchain_chroma import Chroma

        self._door = door
        model = {"fingerprint": embedder.fingerprint, "schema": records.SCHEMA}
        with door.spoken("cannot be read"):
            self._begun = {} if ending is None else generations.under_way()
            name = generations.live(door) if ending is None else ending
            near: CreateCollectionConfiguration = {
                "hnsw": {"space": "cosine", "ef_construction": BREADTH, "ef_search": BREADTH}
            }
            self._vectors = Chroma(
                PASSAGES + name,
                embedder,
                client=door.client,
                collection_metadata={**model, **self._begun},
                collection_configuration=near,
            )
            self.collection = door.client.get_collection(PASSAGES + name, embedding_function=None)
            made = generations.model(self.collection.metadata)
            if made != model:
                change = f"{_model(made)}; now it is {_model(model)}"
                raise IndexMismatch(f"The library {door.place} was made with another model: {change}.", RENEW)
            self._records = Chroma(ARTICLES + name, _NoVector(), client=door.client)
            self._changes = Changes(door.client, name) if door.shared else None

    def entries(self, names: Iterable[str] | None = None) -> dict[str, Entry]:
        """Read what is known of every article, or of some, by id."""
        found = {}
        with self._door.spoken("cannot be read"):
            pages = (self._records.get(page, include=["metadatas"]) for page in _pages(list(names or ())))
            for rows in _rows(self._records, "metadatas") if names is None else pages:
                for name, k in zip(rows["ids"], rows["metadatas"], strict=True):
                    known = k["origin"], k["digest"], k["write"], int(k["passages"])
                    found[name] = Entry(name, *known, b64decode(k["marks"]))
        return found

    def settled(self, made: Mapping[str, Entry]) -> Mapping[str, Entry]:
        """Return what the library says of articles just written; on a server another process may have been later."""
        return self.entries(made) if self._door.shared else made

    def due(self) -> bool:
        """Whether it is time to look for what other processes have changed."""
        return self._changes is not None and self._changes.due

    def changed(self, known: int) -> set[str] | None:
        """Return the articles that other processes changed since the last look, None for "read all anew"."""
        if self._changes is None:
            return set()
        with self._door.spoken("cannot be read"):
            return self._changes.unseen(known)

    def check(self, entries: Collection[Entry]) -> None:
        """Delete the passages no record names. Raises StoreError where named ones, or their vectors, are missing."""
        named = {entry.write: entry for entry in entries}
        with self._door.spoken("cannot be cleared of what a stopped program left"):
            present = Counter(name.partition(":")[0] for rows in _rows(self._vectors) for name in rows["ids"])
            leftovers = [write for write in present if write not in named and not self._may_be_under_way(write)]
            self._delete(leftovers)
            if not self._begun:
                generations.clear(self._door)
        gone = sum(entry.passages - present[entry.write] for entry in entries)
        damaged = f"The library {self._door.place} is damaged:"
        if gone and not self._door.shared:
            raise StoreError(f"{damaged} {gone} passages are missing.", self._door.mend)
        if any(entry.passages for entry in entries) and not self.nearest("health", 1):
            raise StoreError(f"{damaged} its vectors are missing.", self._door.mend)

    def lay(self, articles: Mapping[str, tuple[Article, Sequence[Passage]]]) -> dict[str, Entry]:
        """Write the passages of articles, which nobody sees until they are entered; return what is then known."""
        made = {name: _entry(article, len(passages)) for name, (article, passages) in articles.items()}
        rows = [(made[name].write, passage) for name, (_, passages) in articles.items() for passage in passages]
        with self._door.spoken("could not be written"):
            for page in _pages(rows):
                self._vectors.add_texts(
                    [records.embedding_text(passage) for _, passage in page],
                    [{**records.facts(passage), "write": write} for write, passage in page],
                    [f"{write}:{passage.id}" for write, passage in page],
                )
        return made

    def enter(self, articles: Iterable[Article], made: Mapping[str, Entry], given: Mapping[str, str]) -> None:
        """Write the records of articles whose passages are there. What they replace stays: `erase` it."""
        with self._door.spoken("could not be written"):
            for page in _pages(list(articles)):
                self._records.add_texts(
                    [article.source.title for article in page],
                    [{**_facts(article, made[article.id]), "given": given.get(article.id, "")} for article in page],
                    [article.id for article in page],
                )
                if self._changes:
                    self._changes.note(article.id for article in page)

    def take(self, entry: Entry) -> str:
        """Delete an article, the record first; return what came with its text, as `enter` was given it."""
        with self._door.spoken("could not be written"):
            kept = self._records.get([entry.id], include=["metadatas"])["metadatas"]
            self._records.delete([entry.id])
            if self._changes:
                self._changes.note([entry.id])
            self._delete([entry.write])
        return str(kept[0].get("given", "")) if kept else ""

    def erase(self, writes: Sequence[str]) -> None:
        """Delete the passages of writes that no record names any more."""
        if writes:
            with self._door.spoken("could not be written"):
                self._delete(writes)

    def articles(self, names: Sequence[str]) -> Iterator[Article]:
        """Read the articles with those ids. Raises StoreError for a record that cannot be read."""
        for page in _pages(names):
            with self._door.spoken("cannot be read"):
                found = self._records.get(page, include=["metadatas"])
            for name, kept in zip(found["ids"], found["metadatas"], strict=True):
                yield records.load(kept["record"], name)

    def passages(self, entries: Collection[Entry]) -> dict[str, tuple[Passage, ...]]:
        """Read the passages the records name, by article, in the order of the text."""
        named = {entry.write for entry in entries}
        found: dict[str, list[Passage]] = {entry.id: [] for entry in entries}
        some = {"write": {"$in": list(named)}} if len(named) <= FEW else None
        with self._door.spoken("cannot be read"):
            for rows in _rows(self._vectors, "metadatas", "documents", where=some) if named else ():
                for text, kept in zip(rows["documents"], rows["metadatas"], strict=True):
                    if kept["write"] in named:
                        found[kept["article"]].append(records.passage(text, kept))
        return {name: tuple(sorted(found[name], key=lambda passage: passage.span.start)) for name in found}

    def nearest(self, query: str, k: int, among: Collection[str] | None = None) -> list[tuple[str, Passage, float]]:
        """Return the k passages nearest to a query, of the articles `among` alone, each with its write and cosine."""
        within: Any = None if among is None else {"article": {"$in": sorted(among)}}
        with self._door.spoken("cannot be searched"):
            found = self._vectors.similarity_search_with_score(query, k=k, filter=within)
        return [
            (text.metadata["write"], records.passage(text.page_content, text.metadata), 1.0 - distance)
            for text, distance in found
        ]

    def _may_be_under_way(self, write: str) -> bool:
        return self._door.shared and time.time() - int(write.partition("-")[0], 16) < PATIENCE

    def _delete(self, writes: Sequence[str]) -> None:
        for page in _pages(writes):
            self._vectors.delete(where={"write": {"$in": page}})


class _NoVector(Embeddings):
    """Records are never searched by likeness, and Chroma wants a vector for each row: the same one, of one number."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [[1.0] for _ in texts]

    def embed_query(self, text: str) -> list[float]:
        return [1.0]


def digest(text: str) -> str:
    """Return what a text is known by."""
    return sha256(text.encode("utf8", "surrogatepass")).hexdigest()


def _entry(article: Article, passages: int) -> Entry:
    write = f"{int(time.time()):x}-{uuid4().hex}"
    return Entry(article.id, article.source.origin, digest(article.text), write, passages, marks(article))


def _facts(article: Article, entry: Entry) -> dict[str, str | int]:
    # The record lies in the metadata: of documents Chroma keeps a full-text index, thrice the time and twice the disk.
    return {
        "origin": entry.origin,
        "digest": entry.digest,
        "write": entry.write,
        "passages": entry.passages,
        "marks": b64encode(entry.marks).decode("ascii"),
        "record": records.dump(article),
    }


def _rows(collection: "Chroma", *include: str, where: dict[str, Any] | None = None) -> Iterator[dict[str, Any]]:
    """Read a whole collection, or some of it, a page at a time."""
    start = 0
    while (rows := collection.get(limit=PAGE, offset=start, include=list(include), where=where))["ids"]:
        yield rows
        start += PAGE


def _pages(items: Sequence[T]) -> Iterator[list[T]]:
    return (list(items[start : start + PAGE]) for start in range(0, len(items), PAGE))


def _model(facts: Mapping[str, Any] | None) -> str:
    return f"{(facts or {}).get('fingerprint', 'unknown')}, version {(facts or {}).get('schema', 'unknown')}"
