"""Pick the sentences that answer: by the question's words, by meaning, and by telling what is asked for."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache, partial

import numpy as np

from rag.domain import Article, Role
from rag.question import Asks, Part, Pick, Question
from rag.retrieve.direction import agrees
from rag.retrieve.grounds import grounds, in_whom, tested
from rag.retrieve.ranking import FINDS, POINTED, TO_COME, names, score, telling, tells
from rag.retrieve.vocabulary import Vocabulary
from rag.text.figures import figures
from rag.text.words import words
from rag.writers.plain import plain, shortened

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
AS_GOOD = 0.8
"""Of several articles a shorter result is shown that scores this share of the best sentence."""
LEANS = re.compile(
    r"^[\"'“]?(this|these|those|they|it|its|he|she|such|both|the (study|trial|same|result|effect|drug|treatment))\b",
    re.I,
)
PRONOUN = re.compile(r"^[\"'“]?(?:this|these|those|they|it|its|he|she|such|both)\b", re.I)
"""What says nothing without the sentence before it."""
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
                picks += _of_each(question, ranked, QUOTED_WORDS // len(articles))
            elif question.asks & {Asks.COMPARE, Asks.OVERVIEW}:
                each = _studies(ranked)
                told = [(tested(pick, ranked) or [pick])[0] for pick in each] if Asks.WHOM in question.asks else each
                picks += _fit(question, [*_sides(question.text, ranked), *told, *ranked[:2]], SENTENCES)
            else:
                chosen = _enough(question, ranked, vocabulary)
                first = 1 if question.claim else 3 if question.asks & {Asks.NUMBER, Asks.PEOPLE} else 2
                rests = grounds(question, ranked, chosen[:first])
                denies = [pick for pick in rests if pick.part is Part.DENIES]
                picks += _fit(question, [*denies, *chosen[:first], *rests, *chosen[first:]], SENTENCES)
        return tuple(picks)

    def rank(self, question: Question, article: Article, vocabulary: Vocabulary) -> list[Pick]:
        """Return every sentence of an article with its score, best first."""
        if not article.sentences:
            return []
        asked = self._vectors((question.whole, question.text)).mean(axis=0)
        near = self._vectors(tuple(s.span.text for s in article.sentences)) @ asked
        worth = [
            score(question, article, sentence, vocabulary, float(meaning))
            for sentence, meaning in zip(article.sentences, near, strict=True)
        ]
        order = sorted(range(len(worth)), key=lambda n: (-worth[n], n))
        return [Pick(article, article.sentences[n], min(worth[n], 1.0)) for n in order]


def _sides(asked: str, ranked: Sequence[Pick]) -> list[Pick]:
    """The best sentence for each figure or phase a comparison names: "the phase 2 result and the phase 3 result"."""
    wanted = sorted(map(str, names(asked)))
    best = (next((p for p in ranked if name in map(str, names(p.sentence.span.text))), None) for name in wanted)
    return [pick for pick in best if pick] if len(wanted) > 1 else []


def _of_each(question: Question, ranked: Sequence[Pick], room: int) -> list[Pick]:
    """What one of several articles says: its best result that is short enough to quote;
    where it is asked in whom, what tells it."""
    best = [pick for pick in ranked if _reports(pick) and pick.score >= AS_GOOD * ranked[0].score][:3]
    results = sorted(best, key=lambda pick: (_takes(question, pick) > room, *_poor(pick)))
    results = _whole(results[:1] or _studies(ranked)[:1], ranked)
    if Asks.WHOM not in question.asks:
        return results
    told = in_whom(ranked)[:1]
    in_people = any(stage.in_people for stage in ranked[0].article.stages)
    return list({p.sentence.n: p for p in ([*results, *told] if in_people else told or results)}.values())


def _poor(pick: Pick) -> tuple[bool, bool]:
    """Whether a sentence leans on another, and whether it gives no figure."""
    return bool(LEANS.match(pick.sentence.span.text)), not figures(pick.sentence.span.text)


def _whole(results: list[Pick], ranked: Sequence[Pick]) -> list[Pick]:
    """Another result in place of one that leans on a sentence a table does not show."""
    if not results or not LEANS.match(results[0].sentence.span.text):
        return results
    others = (pick for pick in ranked if _studies_of(pick) and not LEANS.match(pick.sentence.span.text))
    return [next(others, results[0])]


def _takes(question: Question, pick: Pick) -> int:
    """How many words a cell takes of those that may be quoted; one in plain words of ours takes half its own."""
    text = shortened(pick.sentence.span.text, question.asks)
    words_of_it = len(text.split())
    return words_of_it if text in " ".join(pick.sentence.span.text.split()) else words_of_it // 2


def _studies(ranked: Sequence[Pick]) -> list[Pick]:
    """The best result of each study of an article, best first; where it reports none, the best sentence."""
    found: dict[int, Pick] = {}
    for pick in ranked:
        results = [f for _, f in pick.article.findings_at(pick.sentence.span) if f.role is Role.RESULT]
        for finding in results[:1]:
            found.setdefault(finding.study, pick)
    return list(found.values()) or list(ranked[:1])


def _enough(question: Question, ranked: Sequence[Pick], vocabulary: Vocabulary) -> list[Pick]:
    """The best, for each thing asked the best that tells it, and others nearly as good (what goes on from one is)."""
    if not ranked:
        return []
    wanted = agrees if question.claim else _tells_asked
    chosen = [*(pick for pick in ranked if wanted(question, pick)), *ranked][:1]
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
    if not question.asks and not coming and (FINDS.search(question.text) or not any(map(_reports, chosen))):
        counted = next((pick for pick in ranked[1:] if figures(pick.sentence.span.text)), chosen[0])
        studies, finds = _studies_of(chosen[0]), bool(FINDS.search(question.text))
        mains = (p for p in ranked if _reports(p) and (not studies or studies & _studies_of(p)))
        by_place = sorted(mains, key=lambda pick: (finds and not _measured(pick), pick.sentence.n))
        main = next(iter(by_place), chosen[0] if studies else counted)
        chosen = [chosen[0], main, *chosen[1:]]
    return _with_antecedent(chosen, ranked)


def _measured(pick: Pick) -> bool:
    """Whether a sentence says how much: a share, a time, a weight."""
    return any(figure.unit for figure in figures(pick.sentence.span.text))


def _studies_of(pick: Pick) -> set[int]:
    """The studies that a sentence reports results of."""
    return {f.study for _, f in pick.article.findings_at(pick.sentence.span) if f.role is Role.RESULT}


def _reports(pick: Pick) -> bool:
    """Whether a sentence reports a result of the main study."""
    found = (finding for _, finding in pick.article.findings_at(pick.sentence.span))
    return any(finding.role is Role.RESULT and finding.stage is pick.article.stage for finding in found)


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
        leans = LEANS.match(pick.sentence.span.text) and before and before.sentence.section == pick.sentence.section
        whole += [p for p in ([before, pick] if leans and before else [pick]) if p not in whole]
    return whole


def _fit(question: Question, chosen: Sequence[Pick], limit: int) -> list[Pick]:
    """Take what fits, in plain words, the first at any rate; the parts in their order, each with the best first."""
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
    told = {n for n, pick in kept.items() if question.claim is None and _tells_asked(question, pick)}
    told |= {n - 1 for n in told if n - 1 in kept and PRONOUN.match(kept[n].sentence.span.text)}
    return sorted(
        kept.values(),
        key=lambda p: (order.index(p.part), p.sentence.n not in told, p.sentence.n != best, p.sentence.n),
    )


def _tells_asked(question: Question, pick: Pick) -> bool:
    """Whether a sentence tells something pointed that is asked for; what comes next, a study to come."""
    coming = Asks.NEXT in question.asks and any(
        f.role in TO_COME for _, f in pick.article.findings_at(pick.sentence.span)
    )
    if question.asks & POINTED == {Asks.NEXT} and any(f.role in TO_COME for f in pick.article.findings):
        return coming
    return any(telling(question, kind, pick.sentence.span.text) for kind in question.asks & POINTED)
