"""Search: vectors and words together, by a weighted sum of their scores, as a LangChain retriever."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Protocol

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, SkipValidation

from rag.domain import Hit, Passage

POOL = 100
"""Passages each search gives to the fusion."""
DENSE = 0.5
"""The weight of the vectors. nDCG@10 of vectors alone, words alone and this sum: 0.702, 0.758, 0.772 on 86 questions
about news articles (the passages that hold the evidence); 0.446, 0.704, 0.670 on 99 about one long scientific text;
0.640, 0.514, 0.637 on 2,500 of MedQuAD. Before each found passage was held against the words, however it was found, and
the share of the words counted: 0.777, 0.658, 0.620; so the last gained 0.018 (0.010 to 0.025, half of the questions,
not used in choosing). Reciprocal-rank fusion is behind. Tried without gain: the title in a vector of its own, vectors
of neighbours or of the whole article mixed in, the question's own sentences or telling words of a long message alone
(on 155 real ones less of what its one-line summary finds)."""
ALIKE = 0.85
"""Share of their words that two passages have in common at which the worse is left out."""


class Index(Protocol):
    """What is searched: vectors (a cosine, 0 to 1) and words (BM25, 0 and up)."""

    def dense(self, query: str, k: int, among: Collection[str] | None = None) -> list[tuple[Passage, float]]:
        """Return the k nearest passages, of the articles `among` alone, best first."""

    def lexical(self, query: str, k: int, among: Collection[str] | None = None) -> list[tuple[Passage, float]]:
        """Return the k passages, of the articles `among` alone, that match the words best, best first."""

    def match(self, query: str, passages: Iterable[Passage]) -> dict[str, float]:
        """Say how well passages match the words, 0 to 1, by id; those without a word of the query are left out."""

    def same_release(self, article: str) -> tuple[str, ...]:
        """Return the other articles that carry the same press release."""


class PassageRetriever(BaseRetriever):
    """Finds the passages for a question. Serves every thread: it keeps nothing of a question."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    index: SkipValidation[Index]
    k: int = 12

    def hits(self, query: str, k: int = 12, among: Collection[str] | None = None) -> tuple[Hit, ...]:
        """Return the k best passages, of the articles `among` alone, best first. Scores compare between questions.

        No two are nearly the same, and of the articles that carry one press release the best stands for all.
        """
        if among is not None and not among:
            return ()
        pool = max(POOL, k)
        dense = self.index.dense(query, pool, among)
        found = {passage.id: passage for passage, _ in (*dense, *self.index.lexical(query, pool, among))}
        match = self.index.match(query, found.values())
        worded = [(found[name], score) for name, score in match.items()]
        return _chosen(self._once(fuse(dense, worded)), k)

    def _once(self, hits: Sequence[Hit]) -> list[Hit]:
        """Leave out the passages of an article whose press release a better passage has brought."""
        kept: list[Hit] = []
        shown: set[str] = set()
        covered: set[str] = set()
        for hit in hits:
            article = hit.passage.article
            if article in covered:
                continue
            if article not in shown:
                shown.add(article)
                covered |= set(self.index.same_release(article)) - shown
            kept.append(hit)
        return kept

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        return [_document(hit) for hit in self.hits(query, self.k)]


def fuse(dense: Sequence[tuple[Passage, float]], lexical: Sequence[tuple[Passage, float]]) -> list[Hit]:
    """Join two result lists, best first: DENSE of the cosine, the rest of how well the words match."""
    found = {passage.id: passage for passage, _ in (*dense, *lexical)}
    near = {passage.id: cosine for passage, cosine in dense}
    worded = {passage.id: score for passage, score in lexical}
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
