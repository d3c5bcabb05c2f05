"""Gather the evidence for a question: which articles are on it, whether they are enough, which sentences answer."""

import re
from collections.abc import Mapping, Sequence
from typing import Protocol

from rag.domain import Article, Hit
from rag.question import Asks, Evidence, Pick, Question, Sufficiency
from rag.retrieve.picking import Embed, Picker
from rag.retrieve.ranking import tells
from rag.retrieve.search import PassageRetriever
from rag.retrieve.sufficiency import ABSENT, BARELY, NEAR, lacking, on_subject
from rag.retrieve.vocabulary import Vocabulary, alike

HITS = 24
"""Passages looked at: enough for every article of a comparison, few enough to rank in a millisecond."""
TWO = re.compile(
    r"\b(?:two|both)\b|"
    r"\b(?:between|compare) (?!.*(?:,|\b(?:all|every|several|these|those|studies|articles)\b)).*\b(?:and|with|to)\b",
    re.I,
)
"""Two things are set side by side, whether or not they are counted."""
ONE = re.compile(
    r"\b(?:and|than|with|from|versus|vs) (?:those|the others?|the rest) (?:who|on|in|with|given|taking|that)\b", re.I
)
"""Two groups are set side by side, and they are of one study: "people who kept it and those who stopped"."""
AS_GOOD = 0.8
ARTICLES = 8
"""Articles in one answer; more no reader takes in."""


class Shelf(Protocol):
    """What is asked of a library: its articles, and a number that grows with each change."""

    @property
    def revision(self) -> int:
        """The number."""
        ...

    def articles(self) -> tuple[Article, ...]:
        """Return the articles."""
        ...

    def same_release(self, article: str) -> tuple[str, ...]:
        """Return the ids of the other articles that carry the same press release."""
        ...


class Gatherer:
    """Holds what questions are answered from: the retriever, the articles and a way to embed sentences."""

    def __init__(self, retriever: PassageRetriever, shelf: Shelf, embed: Embed) -> None:
        self._retriever, self._shelf, self._picker = retriever, shelf, Picker(embed)
        self._vocabulary = (-1, Vocabulary(()))

    def vocabulary(self) -> Vocabulary:
        """Return the words of the library as it stands."""
        revision, vocabulary = self._vocabulary
        if revision != self._shelf.revision:
            revision = self._shelf.revision
            vocabulary = Vocabulary(self._shelf.articles())
            self._vocabulary = (revision, vocabulary)
        return vocabulary

    def gather(self, question: Question, article: str | None = None) -> Evidence:
        """Gather the evidence for a question, from one article only where its id is given."""
        vocabulary = self.vocabulary()
        if Asks.APP in question.asks:
            return Evidence(question, Sufficiency.NOT_FOUND)
        hits = self._retriever.hits(question.whole, k=HITS)
        found = (vocabulary.articles[article],) if article else self._once(self._choose(question, hits, vocabulary))
        chosen = found[: 2 if TWO.search(question.text) else ARTICLES]
        if not chosen:
            left_out = vocabulary.left_out(question.subject)
            return Evidence(question, Sufficiency.NOT_FOUND, hits=hits, left_out=left_out)
        picks = self._picker.pick(question, chosen, vocabulary)
        missing, detail = lacking(question, chosen, picks, vocabulary)
        if missing:
            left_out = detail is Asks.FUNDER and any(tells()[detail].search(gone.text) for gone in chosen[0].removed)
            nearest = _nearest(picks, detail)
            return Evidence(question, Sufficiency.NOT_SAID, chosen, nearest, hits, detail, left_out=left_out)
        return Evidence(
            question,
            Sufficiency.ENOUGH,
            chosen,
            picks,
            hits,
            more=len(found) - len(chosen) if len(chosen) == ARTICLES else 0,
        )

    def _once(self, ranked: Sequence[Article]) -> tuple[Article, ...]:
        """Of the articles that carry one release, keep the one that ranks best."""
        kept: dict[str, Article] = {}
        for article in ranked:
            if not any(other in kept for other in self._shelf.same_release(article.id)):
                kept[article.id] = article
        return tuple(kept.values())

    def _choose(self, question: Question, hits: Sequence[Hit], vocabulary: Vocabulary) -> tuple[Article, ...]:
        best: dict[str, float] = {}
        for hit in hits:
            if hit.passage.article in vocabulary.articles:  # one added since the vocabulary was made is not in it yet
                best[hit.passage.article] = max(best.get(hit.passage.article, 0.0), hit.score)
        ranked = on_subject(question, best, vocabulary)
        if Asks.OVERVIEW in question.asks and not ranked:
            return tuple(sorted(vocabulary.articles.values(), key=lambda article: not _in_people(article)))
        if question.asks & {Asks.COMPARE, Asks.OVERVIEW} and not (ranked and ONE.search(question.text)):
            if max((vocabulary.coverage(question.subject, name) for name in best), default=0.0) < BARELY:
                return ()  # each holds a word of what is to be set side by side, and none is about any of it
            return tuple(vocabulary.articles[name] for name in _cover(question, best, vocabulary))
        return tuple(vocabulary.articles[name] for name in ranked[:1])


def _nearest(picks: tuple[Pick, ...], detail: Asks | None) -> tuple[Pick, ...]:
    """The sentence that says the detail is lacking, where one does, else the best."""
    lacks = [c.span for p in picks for c in p.article.caveats if detail and c.kind in ABSENT.get(detail, ()) and c.span]
    told = [pick for pick in picks if any(span.overlaps(pick.sentence.span) for span in lacks)]
    return tuple(told or sorted(picks, key=lambda pick: -pick.score))[:1]


def _cover(question: Question, best: Mapping[str, float], vocabulary: Vocabulary) -> list[str]:
    """The articles to set side by side: each that adds to the subject, or holds about as much of it as the first."""
    covered = {name: vocabulary.coverage(question.subject, name) for name in best}
    near = {name: vocabulary.nearness(question.whole, name, question.strong) for name in best}
    ranked = sorted(best, key=lambda name: -(covered[name] + best[name] + NEAR * near[name]))
    heaviest = max(
        (s for s in map(vocabulary.known, question.subject) if ranked and s in vocabulary.stems[ranked[0]]),
        key=vocabulary.weight,
        default=None,
    )
    chosen: list[str] = []
    left = {vocabulary.known(stem) for stem in question.subject}
    for name in ranked:
        adds = left & vocabulary.stems[name] if Asks.COMPARE in question.asks else set()
        as_good = covered[name] >= AS_GOOD * covered[ranked[0]]
        if Asks.COMPARE in question.asks and as_good and not adds:
            as_good = heaviest is None or bool(alike(heaviest) & vocabulary.stems[name])
        if as_good or _worth(adds, left, vocabulary):
            chosen.append(name)
            left -= adds
    return chosen


def _in_people(article: Article) -> bool:
    return any(stage.in_people for stage in article.stages)


def _worth(adds: set[str], left: set[str], vocabulary: Vocabulary) -> bool:
    """Whether words are a good part, by weight, of those no article chosen so far has."""
    return sum(map(vocabulary.weight, adds)) > 0.3 * sum(map(vocabulary.weight, left)) > 0
