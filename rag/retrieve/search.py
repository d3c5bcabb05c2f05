"""Search: vectors and words together, by a weighted sum of their scores, as a LangChain retriever."""

from collections import Counter
from collections.abc import Sequence
from typing import Protocol

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, SkipValidation

from rag.domain import Hit, Passage

POOL = 100
"""Passages each search gives to the fusion."""
DENSE = 0.45
"""The weight of the vectors. nDCG@10 of vectors alone, words alone, this sum, and reciprocal-rank fusion:
0.695, 0.758, 0.780, 0.767 on 89 questions about news articles (the passages that hold the evidence);
0.494, 0.671, 0.650, 0.614 on 99 about one long scientific text; 0.632, 0.519, 0.622, 0.608 on 500 of MedQuAD.
Each set has its own best weight, from 0.3 to 1; this one is best or near it on news and far from the worst on each."""
HALF = 10.0
"""The BM25 score that counts one half, so that scores of two questions can be compared; 20 and 30 do no better."""
ALIKE = 0.85
"""Share of their words that two passages have in common at which the worse is left out."""


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
        return _chosen(fuse(dense, lexical), k)

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
    return sorted(hits, key=_place)


def _chosen(hits: Sequence[Hit], k: int) -> tuple[Hit, ...]:
    """Take the best k: none nearly the same as a better one, half of one article at most while others follow."""
    kept: list[Hit] = []
    over: list[Hit] = []
    seen: list[Counter[str]] = []
    taken: Counter[str] = Counter()
    for hit in hits:
        if len(kept) == k:
            break
        words = Counter(hit.passage.span.text.casefold().split())
        if any(_alike(words, others) for others in seen):
            continue
        seen.append(words)
        taken[hit.passage.article] += 1
        (kept if taken[hit.passage.article] <= (k + 1) // 2 else over).append(hit)
    return tuple(sorted(kept + over[: k - len(kept)], key=_place))


def _alike(one: Counter[str], other: Counter[str]) -> bool:
    return (one & other).total() >= ALIKE * (one | other).total()


def _place(hit: Hit) -> tuple[float, str]:
    return -hit.score, hit.passage.id


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
