"""Pick the sentences that answer: by the question's words, by meaning, and by telling what is asked for."""

import csv
import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache, partial
from importlib import resources

import numpy as np

from rag.domain import Article, Role, Sentence
from rag.question import Asks, Part, Pick, Question
from rag.retrieve.grounds import grounds, in_whom, tested
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
TOLD_BEST = 0.85
"""… and this share where a name is asked for: the next best names somebody else."""
AS_GOOD = 0.8
"""Of several articles a shorter result is shown that scores this share of the best sentence."""
LEANS = re.compile(
    r"^[\"'“]?(this|these|those|they|it|its|he|she|such|both|the (study|trial|same|result|effect|drug|treatment))\b",
    re.I,
)
ROLE_WORTH = {Role.RESULT: 0.12, Role.ONGOING: 0.06, Role.PLANNED: 0.04, Role.BACKGROUND: 0.0, Role.ASPIRATION: -0.25}
"""A reported result answers better than earlier knowledge, and a hope does not answer."""
TO_COME = {Role.ONGOING, Role.PLANNED}
ADDS = 0.12
LEANS_ON = 0.3
GOES_ON = 0.15
"""The next sentence of a paragraph often holds the other half: "Those on placebo had 4.8 fewer." """
FIGURE_WORTH = 0.08
"""A yes or no wants its number."""
DENIED_WORTH = 0.08
DENIAL = re.compile(r"\b(no|not|nor|neither|cannot|without|failed)\b|n't\b", re.I)
"""What was not found matters more to a reader than one more thing that was."""
FINDS = re.compile(r"\b(find|finds|found|show|shows|shown|showed|discover\w*|results?|learn\w*|conclu\w+)\b", re.I)
FOUND_WORTH = 0.1
"""Where the question is what was found, a result is the answer."""
PHASE = re.compile(r"\bphase[ -]?([1-4]|i{1,3}|iv)\b", re.I)
ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
NAMED_WORTH = 0.15
"""A figure or a trial phase in the question points at the sentence that has it."""
SIZED_WORTH = 0.25
SLIPPED_COST = 0.3
"""A sentence that says people where the test was in animals misleads when it is quoted alone."""

Embed = Callable[[list[str]], list[list[float]]]


@cache
def tells() -> dict[Asks, re.Pattern[str]]:
    """What a sentence looks like that tells who, where, how many … (`tells.csv`)."""
    with resources.files("rag.retrieve").joinpath("tells.csv").open(encoding="utf8") as file:
        return {Asks(row["asks"]): re.compile(row["pattern"], re.I) for row in csv.DictReader(file)}


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
                picks += _of_each(question, ranked)
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
        vectors = self._vectors(tuple(s.span.text for s in article.sentences))
        meaning = vectors @ asked
        picks = [
            Pick(article, sentence, _score(question, article, sentence, vocabulary, float(near)))
            for sentence, near in zip(article.sentences, meaning, strict=True)
        ]
        return sorted(picks, key=lambda pick: (-pick.score, pick.sentence.n))


def _score(question: Question, article: Article, sentence: Sentence, vocabulary: Vocabulary, near: float) -> float:
    text = sentence.span.text
    score = 0.4 * max(near, 0.0) + 0.15 * vocabulary.overlap(question.subject, text)
    score += 0.25 * vocabulary.overlap(question.focus, text)
    wanted = [kind for kind in question.asks if kind in tells()]
    score += 0.2 * sum(bool(tells()[kind].search(text)) for kind in wanted) / max(len(wanted), 1)
    findings = [finding for _, finding in article.findings_at(sentence.span)]
    score += max((ROLE_WORTH[finding.role] for finding in findings), default=0.0)
    if question.claim and any(finding.role is Role.RESULT for finding in findings) and figures(text):
        score += FIGURE_WORTH
    if DENIAL.search(text) and vocabulary.overlap(question.focus, text):
        score += DENIED_WORTH
    if FINDS.search(question.text) and (figures(text) or any(finding.role is Role.RESULT for finding in findings)):
        score += FOUND_WORTH
    score += NAMED_WORTH * _named(question.text, text)
    if Asks.PEOPLE in question.asks and _sized(article, text):
        score += SIZED_WORTH
    if any(c.kind == "species_slip" and c.span and c.span.overlaps(sentence.span) for c in article.caveats):
        score -= SLIPPED_COST
    return min(max(score, 0.0), 1.0)


def _named(asked: str, text: str) -> float:
    """The share of the figures and trial phases a question names that a sentence has too (0..1)."""
    wanted = _names(asked)
    return len(wanted & _names(text)) / len(wanted) if wanted else 0.0


def _names(text: str) -> set[float | str]:
    phases = (match[1].lower() for match in PHASE.finditer(text))
    return {figure.value for figure in figures(text)} | {ROMAN.get(phase, phase) for phase in phases}


def _sides(asked: str, ranked: Sequence[Pick]) -> list[Pick]:
    """The best sentence for each figure or phase a comparison names: "the phase 2 result and the phase 3 result"."""
    wanted = sorted(map(str, _names(asked)))
    best = (next((p for p in ranked if name in map(str, _names(p.sentence.span.text))), None) for name in wanted)
    return [pick for pick in best if pick] if len(wanted) > 1 else []


def _sized(article: Article, text: str) -> bool:
    """Whether a sentence states the sample size of one of the article's studies."""
    sizes = {finding.sample_size for finding in article.findings if finding.sample_size}
    return any(figure.unit is None and figure.value in sizes for figure in figures(text))


def _of_each(question: Question, ranked: Sequence[Pick]) -> list[Pick]:
    """What one of several articles says: a short one of its best results; where it is asked in whom, what tells it."""
    best = [pick for pick in ranked if _reports(pick) and pick.score >= AS_GOOD * ranked[0].score][:3]
    results = (
        sorted(best, key=lambda pick: len(plain(pick.sentence.span.text, question.asks)))[:1] or _studies(ranked)[:1]
    )
    if Asks.WHOM not in question.asks:
        return results
    told = in_whom(ranked)[:1]
    in_people = any(stage.in_people for stage in ranked[0].article.stages)
    return list({p.sentence.n: p for p in ([*results, *told] if in_people else told or results)}.values())


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
    chosen = [ranked[0]]
    for kind in sorted(question.asks):
        if kind in tells() and not any(tells()[kind].search(pick.sentence.span.text) for pick in chosen):
            telling = [pick for pick in ranked if tells()[kind].search(pick.sentence.span.text)]
            told = partial(_next_worth, chosen=tuple(chosen), question=question, vocabulary=vocabulary)
            chosen += [max(telling, key=told)] if telling else []
    left = [pick for pick in ranked if pick not in chosen]
    while left:
        worth = [_next_worth(pick, chosen, question, vocabulary) for pick in left]
        best = max(range(len(left)), key=worth.__getitem__)
        if worth[best] < (TOLD_BEST if question.asks & {Asks.WHO, Asks.WHERE} else NEAR_BEST) * ranked[0].score:
            break
        chosen.append(left.pop(best))
    coming = {f.role for _, f in ranked[0].article.findings_at(ranked[0].sentence.span)} & TO_COME
    if not question.asks and not coming and (FINDS.search(question.text) or not any(map(_reports, chosen))):
        counted = next((pick for pick in ranked[1:] if figures(pick.sentence.span.text)), chosen[0])
        studies = _studies_of(chosen[0])
        mains = (p for p in ranked if _reports(p) and (not studies or studies & _studies_of(p)))
        main = min(mains, key=lambda pick: pick.sentence.n, default=chosen[0] if studies else counted)
        chosen = [chosen[0], main, *chosen[1:]]
    return _with_antecedent(chosen, ranked)


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
    return sorted(kept.values(), key=lambda p: (order.index(p.part), p.sentence.n != best, p.sentence.n))
