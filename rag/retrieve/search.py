"""Search: vectors and words together, by a weighted sum of their scores, as a LangChain retriever."""

from collections import Counter
from collections.abc import Sequence
from typing import Protocol

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, SkipValidation

from rag.domain import Hit, Passage
from rag.text.words import content

POOL = 100
"""Passages each search gives to the fusion."""
DENSE = 0.6
HALF = 10.0
"""The BM25 score that counts one half."""
ALIKE = 0.85
"""Share of their words that two passages have in common at which one is left out."""


class Index(Protocol):
    """What is searched: vectors (a cosine, 0 to 1) and words (BM25, 0 and up)."""

    def dense(self, query: str, k: int) -> list[tuple[Passage, float]]:
        """Return the k nearest passages, best first."""

    def lexical(self, query: str, k: int) -> list[tuple[Passage, float]]:
        """Return the k passages that match the words best, best first."""


class PassageRetriever(BaseRetriever):
    """Finds the passages for a question. Serves every thread: it keeps nothing of a question."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    index: SkipValidation[Index]
    k: int = 12

    def hits(self, query: str, k: int = 12) -> tuple[Hit, ...]:
        """Return the k best passages, best first, no two nearly the same. Scores compare between questions."""
        pool = max(POOL, k)
        dense, lexical = self.index.dense(query, pool), self.index.lexical(query, pool)
        return _distinct(fuse(dense, lexical), k)

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        return [_document(hit) for hit in self.hits(query, self.k)]


def fuse(dense: Sequence[tuple[Passage, float]], lexical: Sequence[tuple[Passage, float]]) -> list[Hit]:
    """Join two result lists, best first: DENSE of the cosine, the rest of BM25 brought to 0..1 by s / (s + HALF)."""
    found = {passage.id: passage for passage, _ in (*dense, *lexical)}
    near = {passage.id: cosine for passage, cosine in dense}
    worded = {passage.id: score / (score + HALF) for passage, score in lexical}
    hits = [
        Hit(
            found[name],
            DENSE * near.get(name, 0.0) + (1 - DENSE) * worded.get(name, 0.0),
            tuple(by for by, scores in (("dense", near), ("lexical", worded)) if name in scores),
        )
        for name in found
    ]
    return sorted(hits, key=lambda hit: (-hit.score, hit.passage.id))


def _distinct(hits: Sequence[Hit], k: int) -> tuple[Hit, ...]:
    """Take the best k, leaving out a passage whose words are nearly those of a better one."""
    kept: list[tuple[Hit, Counter[str]]] = []
    for hit in hits:
        if len(kept) == k:
            break
        words = Counter(word.stem for word in content(hit.passage.span.text))
        if not any(_alike(words, others) for _, others in kept):
            kept.append((hit, words))
    return tuple(hit for hit, _ in kept)


def _alike(one: Counter[str], other: Counter[str]) -> bool:
    return (one & other).total() >= ALIKE * max((one | other).total(), 1)


def _document(hit: Hit) -> Document:
    passage = hit.passage
    facts = {
        "article": passage.article,
        "title": passage.title,
        "start": passage.span.start,
        "end": passage.span.end,
        "score": hit.score,
        "found_by": list(hit.found_by),
    }
    return Document(passage.span.text, id=passage.id, metadata=facts)
