"""Search: vectors and words together, by a weighted sum of their scores, as a LangChain retriever."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from statistics import fmean
from typing import Protocol

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, SkipValidation

from rag.domain import Hit, Passage

POOL = 50
"""Passages each search gives to the fusion. Of 100 many are beside the point, and words are weighed among them too."""
DENSE = 0.55
"""The weight of the vectors. nDCG@10 of vectors alone, words alone and this sum: 0.680, 0.749, 0.787 on 95 questions
about news articles (the passages that hold the evidence); 0.457, 0.567, 0.596 on 99 about 15 scientific papers (the
spans that answer, each by itself); 0.636, 0.513, 0.648 on 2,500 of MedQuAD, where it gains 0.012 on vectors alone
(0.005 to 0.020; 0.009 on the half of the questions not used in choosing). Reciprocal-rank fusion is behind. Tried
without gain: a weight that follows the scores of a question, the question moved towards what was found first, vectors
of the title, of neighbours or of sentences (pooled from the passage's own pass), pairs of words, and fewer words of the
question."""
ARTICLE = 0.65
"""What the article's mean cosine, over its passages that were found, counts in a passage's meaning. A subject is told
in several passages, and one that fits by chance stands alone; with 0.35 nDCG@10 is 0.015 less on news, 0.003 less on
papers and the same on MedQuAD."""
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
    near = {passage.id: cosine for passage, cosine in dense}
    worded = {passage.id: score for passage, score in lexical}
    about = _about(dense)
    hits = []
    for name, passage in {passage.id: passage for passage, _ in (*dense, *lexical)}.items():
        meaning = (1 - ARTICLE) * near.get(name, 0.0) + ARTICLE * about.get(passage.article, 0.0)
        by = tuple(by for by, scores in (("dense", near), ("lexical", worded)) if name in scores)
        hits.append(Hit(passage, DENSE * meaning + (1 - DENSE) * worded.get(name, 0.0), by))
    return sorted(hits, key=_place)


def _about(dense: Sequence[tuple[Passage, float]]) -> dict[str, float]:
    """The mean cosine of the passages found of each article."""
    cosines: defaultdict[str, list[float]] = defaultdict(list)
    for passage, cosine in dense:
        cosines[passage.article].append(cosine)
    return {article: fmean(found) for article, found in cosines.items()}


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
    apart = len(one.keys() ^ other.keys())  # as much as the words that only one of them has, and quickly counted
    if apart > (1 - ALIKE) * (one.total() + other.total()):
        return False
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
