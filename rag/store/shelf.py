"""What lies in Chroma: passages with their vectors, and one record an article. An article is all there or not there.

How: passages are written under the name of their write; the record that names it comes last, and goes first. What no
record names is a leftover of a process that was killed: nobody sees it, and the next start clears it.
"""

import time
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import uuid4

from langchain_core.embeddings import Embeddings

from rag.domain import Article, Passage
from rag.errors import IndexMismatch, StoreError
from rag.store import records
from rag.store.database import Door

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
PATIENCE = 3600
"""Seconds for which a write that no record names may be another process's, still under way on the same server."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of an article without its record; `digest` is its text's, `write` the one that put it there."""

    id: str
    origin: str
    digest: str
    write: str
    passages: int


class Shelf:
    """The two collections. It keeps no state, so whoever changes it from several threads takes care of the order."""

    def __init__(self, door: Door, embedder: "MiniLM") -> None:
        """Open the collections or make them. Raises StoreError, or IndexMismatch for vectors of another model."""
        from langchain_chroma import Chroma

        self._door = door
        model = {"fingerprint": embedder.fingerprint, "schema": records.SCHEMA}
        with door.spoken("cannot be read"):
            near: CreateCollectionConfiguration = {
                "hnsw": {"space": "cosine", "ef_construction": BREADTH, "ef_search": BREADTH}
            }
            self._vectors = Chroma(
                "passages", embedder, client=door.client, collection_metadata=model, collection_configuration=near
            )
            self._records = Chroma("articles", _NoVector(), client=door.client)
            made = door.client.get_collection("passages", embedding_function=None).metadata
        if made != model:
            change = f"{_model(made)}; now it is {_model(model)}"
            raise IndexMismatch(f"The library {door.place} was made with another model: {change}.", door.renew)

    def entries(self) -> dict[str, Entry]:
        """Read what is known of every article, by id."""
        found = {}
        with self._door.spoken("cannot be read"):
            for rows in _rows(self._records, "metadatas"):
                for name, kept in zip(rows["ids"], rows["metadatas"], strict=True):
                    found[name] = Entry(name, kept["origin"], kept["digest"], kept["write"], kept["passages"])
        return found

    def check(self, entries: Collection[Entry]) -> None:
        """Delete the passages no record names. Raises StoreError where named ones, or their vectors, are missing."""
        named = {entry.write: entry for entry in entries}
        with self._door.spoken("cannot be cleared of what a stopped program left"):
            present = Counter(name.partition(":")[0] for rows in _rows(self._vectors) for name in rows["ids"])
            leftovers = [write for write in present if write not in named and not self._may_be_under_way(write)]
            self._delete(leftovers)
        gone = sum(entry.passages - present[entry.write] for entry in entries)
        if gone and not self._door.shared:
            raise StoreError(
                f"The library {self._door.place} is damaged: {gone} passages are missing.", self._door.mend
            )
        if any(entry.passages for entry in entries) and not self.nearest("health", 1):
            raise StoreError(f"The library {self._door.place} is damaged: its vectors are missing.", self._door.mend)

    def put(self, articles: Mapping[str, tuple[Article, Sequence[Passage]]]) -> dict[str, Entry]:
        """Write articles, passages first; return what is now known of them. What they replace stays: `erase` it."""
        made = {name: _entry(article, len(passages)) for name, (article, passages) in articles.items()}
        rows = [(made[name].write, passage) for name, (_, passages) in articles.items() for passage in passages]
        with self._door.spoken("could not be written"):
            for page in _pages(rows):
                self._vectors.add_texts(
                    [records.embedding_text(passage) for _, passage in page],
                    [{**records.facts(passage), "write": write} for write, passage in page],
                    [f"{write}:{passage.id}" for write, passage in page],
                )
            for names in _pages(list(articles)):
                kept = [(articles[name][0], made[name]) for name in names]
                self._records.add_texts(
                    [article.source.title for article, _ in kept],
                    [_facts(article, entry) for article, entry in kept],
                    names,
                )
        return made

    def take(self, entry: Entry) -> None:
        """Delete an article, the record first."""
        with self._door.spoken("could not be written"):
            self._records.delete([entry.id])
            self._delete([entry.write])

    def erase(self, writes: Sequence[str]) -> None:
        """Delete the passages of writes that no record names any more."""
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
        found: dict[str, list[Passage]] = defaultdict(list)
        with self._door.spoken("cannot be read"):
            for rows in _rows(self._vectors, "metadatas", "documents"):
                for text, kept in zip(rows["documents"], rows["metadatas"], strict=True):
                    if kept["write"] in named:
                        found[kept["article"]].append(records.passage(text, kept))
        return {name: tuple(sorted(found[name], key=lambda passage: passage.span.start)) for name in found}

    def nearest(self, query: str, k: int) -> list[tuple[str, Passage, float]]:
        """Return the k nearest passages, each with its write and the cosine of its vector and the query's."""
        with self._door.spoken("cannot be searched"):
            found = self._vectors.similarity_search_with_score(query, k=k)
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
    return Entry(article.id, article.source.origin, digest(article.text), write, passages)


def _facts(article: Article, entry: Entry) -> dict[str, str | int]:
    # The record lies in the metadata: of documents Chroma keeps a full-text index, thrice the time and twice the disk.
    return {
        "origin": entry.origin,
        "digest": entry.digest,
        "write": entry.write,
        "passages": entry.passages,
        "record": records.dump(article),
    }


def _rows(collection: "Chroma", *include: str) -> Iterator[dict[str, Any]]:
    """Read a whole collection, a page at a time."""
    start = 0
    while (rows := collection.get(limit=PAGE, offset=start, include=list(include)))["ids"]:
        yield rows
        start += PAGE


def _pages(items: Sequence[T]) -> Iterator[list[T]]:
    return (list(items[start : start + PAGE]) for start in range(0, len(items), PAGE))


def _model(facts: Mapping[str, Any] | None) -> str:
    return f"{(facts or {}).get('fingerprint', 'unknown')}, version {(facts or {}).get('schema', 'unknown')}"
