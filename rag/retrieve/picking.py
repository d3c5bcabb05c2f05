"""Pick the sentences that answer: by the question's words, by meaning, and by telling what is asked for."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache, partial

import numpy as np

from rag.domain import Article, Role, Sentence
from rag.evidence import cues
from rag.question import Asks, Part, Pick, Question
from rag.retrieve.each import LEANS, of_each, reports, studies, studies_of, takes
from rag.retrieve.grounds import grounds, tested
from rag.retrieve.parts import open_first, parts
from rag.retrieve.ranking import FINDS, TO_COME, names, score, telling, tells
from rag.retrieve.surest import measured, surest, tells_asked
from rag.retrieve.vocabulary import Vocabulary
from rag.text.figures import figures
from rag.text.words import words
from rag.writers.plain import plain

QUOTED_WORDS = 80
"""Words quoted in one answer at most (the length readers of patient texts are asked to take in at once)."""
ALL_WORDS = 110
"""Words of an answer's sentences, those in plain words of ours included."""
SENTENCES = 5
NEAR_BEST = 0.72
"""A further sentence must score this share of the best one …"""
NAMED = frozenset({Asks.WHO, Asks.WHERE, Asks.JOURNAL, Asks.FUNDER, Asks.WHEN, Asks.COST})
TOLD_BEST = 0.85
"""… and this share where a name is asked for: the next best names somebody else."""
PRONOUN = re.compile(r"^[\"'“]?(?:this|these|those|they|it|its|he|she|such|both)\b", re.I)
"""What says nothing without the sentence before it."""
LISTED = 4
"""Side effects told of in as many sentences, and not in the one that fits best."""
HYPED = 0.3
"""What a sentence that sells loses, where the article has a result that does not."""
ADDS = 0.12
LEANS_ON = 0.3
GOES_ON = 0.15
"""The next sentence of a paragraph often holds the other half: "Those on placebo had 4.8 fewer." """

Embed = Callable[[list[str]], list[list[float]]]


class Picker:
    """Ranks the sentences of the articles chosen for a question."""

    def __init__(self, embed: Embed) -> None:
        self._vectors = lru_cache(maxsize=64)(lambda texts: np.asarray(embed(list(texts))))

    def pick(self, question: Question, articles: Sequence[Article], vocabulary: Vocabulary) -> tuple[Pick, ...]:
        """Return the sentences to show: of one article the answer and what it rests on, of several one each."""
        picks: list[Pick] = []
        for article in articles:
            ranked = self.rank(question, article, vocabulary)
            if not ranked:
                continue
            if len(articles) > 1:
                picks += of_each(question, ranked, QUOTED_WORDS // len(articles))
            elif question.asks & {Asks.COMPARE, Asks.OVERVIEW}:
                each = studies(ranked)
                told = [(tested(pick, ranked) or [pick])[0] for pick in each] if Asks.WHOM in question.asks else each
                picks += _fit(question, [*_sides(question.text, ranked), *told, *ranked[:2]], SENTENCES)
            else:
                chosen = _enough(question, ranked, vocabulary)
                told = self._of_parts(question, article, vocabulary)
                chosen = [*told, *(pick for pick in chosen if pick.sentence.n not in {t.sentence.n for t in told})]
                first = (
                    1 + _second(chosen) if question.claim else 3 if question.asks & {Asks.NUMBER, Asks.PEOPLE} else 2
                )
                rests = grounds(question, ranked, chosen[:first])
                denies = [pick for pick in rests if pick.part is Part.DENIES]
                told_first = tuple(pick.sentence.n for pick in told)
                picks += _fit(question, [*denies, *chosen[:first], *rests, *chosen[first:]], SENTENCES, told_first)
        return tuple(picks)

    def _of_parts(self, question: Question, article: Article, vocabulary: Vocabulary) -> list[Pick]:
        """The sentence that answers each part of a question with several: the best, or one as good that fits in."""
        asked = open_first(parts(question), article.source.journal)
        told: list[Pick] = []
        for part in asked:
            ranked = self.rank(part, article, vocabulary)
            best = [surest(part, ranked)] if ranked else []
            as_good = [p for p in ranked if best and p.score >= TOLD_BEST * best[0].score and _same(part, p, best[0])]
            fit = (p for p in [*best, *as_good] if takes(part, p) <= QUOTED_WORDS // len(asked))
            told += [pick for pick in [next(fit, None)] if pick] or best
        return list({pick.sentence.n: pick for pick in told}.values())

    def rank(self, question: Question, article: Article, vocabulary: Vocabulary) -> list[Pick]:
        """Return every sentence of an article with its score, best first."""
        if not article.sentences:
            return []
        asked = self._vectors((question.whole, question.text)).mean(axis=0)
        near = self._vectors(tuple(s.span.text for s in article.sentences)) @ asked
        worth = [
            score(question, article, sentence, vocabulary, float(meaning)) - HYPED * _sells(article, sentence)
            for sentence, meaning in zip(article.sentences, near, strict=True)
        ]
        order = sorted(range(len(worth)), key=lambda n: (-worth[n], n))
        return [Pick(article, article.sentences[n], min(worth[n], 1.0)) for n in order]


def _sells(article: Article, sentence: Sentence) -> bool:
    """Whether a sentence has the words of an advert and no figure, in an article with a result that has none."""
    results = (f.span.text for f in article.findings if f.role is Role.RESULT)
    loud = _loud(sentence.span.text) and not figures(sentence.span.text)
    return loud and any(figures(text) and not _loud(text) for text in results)


def _loud(text: str) -> bool:
    return cues.first("wording", "hype", cues.plain(text)) is not None


def _sides(asked: str, ranked: Sequence[Pick]) -> list[Pick]:
    """The best sentence for each figure or phase a comparison names: "the phase 2 result and the phase 3 result"."""
    wanted = sorted(map(str, names(asked)))
    best = (next((p for p in ranked if name in map(str, names(p.sentence.span.text))), None) for name in wanted)
    return [pick for pick in best if pick] if len(wanted) > 1 else []


def _enough(question: Question, ranked: Sequence[Pick], vocabulary: Vocabulary) -> list[Pick]:
    """The best, for each thing asked the best that tells it, and others nearly as good (what goes on from one is)."""
    if not ranked:
        return []
    chosen = [surest(question, ranked)]
    if Asks.HARMS in question.asks and not question.claim:
        chosen = [pick for pick in ranked if tells_asked(question, pick)][:LISTED] or chosen
    for kind in sorted(question.asks):
        if kind in tells() and not any(telling(question, kind, pick.sentence.span.text) for pick in chosen):
            telling_it = [pick for pick in ranked if telling(question, kind, pick.sentence.span.text)]
            told = partial(_next_worth, chosen=tuple(chosen), question=question, vocabulary=vocabulary)
            chosen += [max(telling_it, key=told)] if telling_it else []
    left = [pick for pick in ranked if pick not in chosen]
    while left:
        worth = [_next_worth(pick, chosen, question, vocabulary) for pick in left]
        best = max(range(len(left)), key=worth.__getitem__)
        if worth[best] < (TOLD_BEST if question.asks & NAMED else NEAR_BEST) * ranked[0].score:
            break
        chosen.append(left.pop(best))
    coming = {f.role for _, f in ranked[0].article.findings_at(ranked[0].sentence.span)} & TO_COME
    if not question.asks and not coming and (FINDS.search(question.text) or not any(map(reports, chosen))):
        counted = next((pick for pick in ranked[1:] if figures(pick.sentence.span.text)), chosen[0])
        studies, finds = studies_of(chosen[0]), bool(FINDS.search(question.text))
        mains = (p for p in ranked if reports(p) and (not studies or studies & studies_of(p)))
        by_place = sorted(mains, key=lambda pick: (finds and not measured(pick), pick.sentence.n))
        main = next(iter(by_place), chosen[0] if studies else counted)
        chosen = [chosen[0], main, *chosen[1:]]
    return _with_antecedent(chosen, ranked)


def _next_worth(pick: Pick, chosen: Sequence[Pick], question: Question, vocabulary: Vocabulary) -> float:
    """What a sentence adds to those chosen: its score, more where it goes on from one, and for what they leave open."""
    text, sentence = pick.sentence.span.text, pick.sentence
    follows = any((c.sentence.n + 1, c.sentence.paragraph) == (sentence.n, sentence.paragraph) for c in chosen)
    bonus = (LEANS_ON if LEANS.match(text) else GOES_ON) if follows else 0.0
    held = {word.stem for c in chosen for word in words(c.sentence.span.text)}
    open_yet = [stem for stem in question.focus if vocabulary.known(stem) not in held]
    return pick.score + bonus + ADDS * vocabulary.overlap(open_yet, text)


def _with_antecedent(chosen: list[Pick], ranked: Sequence[Pick]) -> list[Pick]:
    """Put the sentence before one that leans on it ("This study is led by …") in front of the rest of the choice."""
    at = {pick.sentence.n: pick for pick in ranked}
    whole: list[Pick] = []
    for pick in chosen:
        before = at.get(pick.sentence.n - 1)
        leans = PRONOUN.match(pick.sentence.span.text) and before
        goes_on = leans and before and before.sentence.paragraph == pick.sentence.paragraph
        whole += [p for p in ([before, pick] if goes_on and before else [pick]) if p not in whole]
    return whole


def _second(chosen: Sequence[Pick]) -> bool:
    """Whether the first sentence only stands there for the second, which leans on it."""
    leads = len(chosen) > 1 and chosen[0].sentence.n + 1 == chosen[1].sentence.n
    return leads and bool(LEANS.match(chosen[1].sentence.span.text)) and chosen[1].score > chosen[0].score


def _fit(question: Question, chosen: Sequence[Pick], limit: int, first: tuple[int, ...] = ()) -> list[Pick]:
    """Take what fits, in plain words, the first at any rate; the parts in their order, each with the best first.

    Those numbered in `first` stand before the others, in that order.
    """
    kept: dict[int, Pick] = {}
    length = quoted = 0
    for pick in chosen:
        text = " ".join(pick.sentence.span.text.split())
        said = plain(text, question.asks)
        more = len(said.split())
        fits = length + more <= ALL_WORDS and quoted + more * (said in text) <= QUOTED_WORDS
        if pick.sentence.n not in kept and (not kept or (len(kept) < limit and fits)):
            kept[pick.sentence.n] = pick
            length += more
            quoted += more * (said in text)
    order, best = list(Part), next(iter(kept), None)
    told = {n for n, pick in kept.items() if question.claim is None and tells_asked(question, pick)}
    told |= {n - 1 for n in told if n - 1 in kept and PRONOUN.match(kept[n].sentence.span.text)}
    return sorted(
        kept.values(),
        key=lambda p: (
            order.index(p.part),
            first.index(p.sentence.n) if p.sentence.n in first else len(first),
            p.sentence.n not in told,
            p.sentence.n != best,
            p.sentence.n,
        ),
    )


def _same(question: Question, pick: Pick, other: Pick) -> bool:
    """Whether a sentence tells as much of what is asked for as another."""
    return tells_asked(question, pick) >= tells_asked(question, other)
