"""Pick the sentences that answer: by the question's words, by meaning, and by telling what is asked for."""

import csv
import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from importlib import resources

import numpy as np

from rag.domain import Article, Role, Sentence
from rag.question import Asks, Pick, Question
from rag.retrieve.vocabulary import Vocabulary
from rag.text.figures import figures
from rag.text.words import words

QUOTED_WORDS = 80
"""Words quoted in one answer at most (the length readers of patient texts are asked to take in at once)."""
SENTENCES = 4
NEAR_BEST = 0.72
"""A further sentence must score this share of the best one."""
LEANS = re.compile(
    r"^[\"'“]?(this|these|those|they|it|its|he|she|such|both|the (study|trial|same|result|effect|drug|treatment))\b",
    re.I,
)
ROLE_WORTH = {Role.RESULT: 0.12, Role.ONGOING: 0.06, Role.PLANNED: 0.04, Role.BACKGROUND: 0.0, Role.ASPIRATION: -0.25}
"""A reported result answers better than earlier knowledge, and a hope does not answer."""
ADDS = 0.12
LEANS_ON = 0.3
GOES_ON = 0.15
"""The next sentence of a paragraph often holds the other half: "Those on placebo had 4.8 fewer." """
FIGURE_WORTH = 0.08
"""A yes or no wants its number."""
DENIED_WORTH = 0.08
DENIAL = re.compile(r"\b(no|not|nor|neither|cannot|without|failed)\b|n't\b", re.I)
"""What was not found matters more to a reader than one more thing that was."""
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
        """Return the sentences to show, at most `SENTENCES` from one article, one or two from each of several."""
        picks: list[Pick] = []
        for article in articles:
            ranked = self.rank(question, article, vocabulary)
            if len(articles) > 1:
                picks += _fit(_studies(ranked)[:1], 1, QUOTED_WORDS)
            elif question.asks & {Asks.COMPARE, Asks.OVERVIEW}:
                picks += _fit(_studies(ranked), SENTENCES + 1, QUOTED_WORDS + QUOTED_WORDS // 2)
            else:
                picks += _fit(_enough(question, ranked, vocabulary), SENTENCES, QUOTED_WORDS)
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
    if Asks.PEOPLE in question.asks and _sized(article, text):
        score += SIZED_WORTH
    if any(c.kind == "species_slip" and c.span and c.span.overlaps(sentence.span) for c in article.caveats):
        score -= SLIPPED_COST
    return min(max(score, 0.0), 1.0)


def _sized(article: Article, text: str) -> bool:
    """Whether a sentence states the sample size of one of the article's studies."""
    sizes = {finding.sample_size for finding in article.findings if finding.sample_size}
    return any(figure.unit is None and figure.value in sizes for figure in figures(text))


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
            chosen += [pick for pick in ranked if tells()[kind].search(pick.sentence.span.text)][:1]
    left = [pick for pick in ranked if pick not in chosen]
    while left:
        worth = [_next_worth(pick, chosen, question, vocabulary) for pick in left]
        best = max(range(len(left)), key=worth.__getitem__)
        if worth[best] < NEAR_BEST * ranked[0].score:
            break
        chosen.append(left.pop(best))
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
        leans = LEANS.match(pick.sentence.span.text) and before and before.sentence.section == pick.sentence.section
        whole += [p for p in ([before, pick] if leans and before else [pick]) if p not in whole]
    return whole


def _fit(chosen: Sequence[Pick], limit: int, budget: int) -> list[Pick]:
    kept: list[Pick] = []
    for pick in chosen:
        length = sum(len(p.sentence.span.text.split()) for p in [*kept, pick])
        if not kept or (len(kept) < limit and length <= budget):
            kept.append(pick)
    return sorted(kept, key=lambda pick: pick.sentence.n)
