"""The sentences an answer rests on beside those that give it: in whom it was tested, what it cannot show, what is next.

They are the words that the caveats due rest on, so a reader can check "in mice" as well as the result."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib import resources

from rag.domain import Article, Finding, Role, Span
from rag.question import Asks, Part, Pick, Question
from rag.retrieve.direction import affirms, leans, opposes
from rag.retrieve.vocabulary import alike
from rag.text.figures import figures
from rag.text.words import content, normal, words

TESTED = ("retracted", "not_in_humans", "small_sample")
"""Caveats whose words say in whom or what a result was found, or that it no longer stands."""
TO_COME = ("trial_planned", "trial_ongoing")
DENIAL = re.compile(r"\b(?:no|not|nor|neither|never|cannot|nothing|fail(?:s|ed)?)\b|n't\b")
CLAUSE = re.compile(
    r"[,;:]|\b(?:but|and|whereas|while|although|though)\b|"
    r"\b(?:that|which|who)\b(?= (?:has|have|had|is|are|was|were|can|cannot|do|does|did)\b)"
)
SPECIFIC = 3
"""Sentences in which such a word stands at most: one of the title, or of many sentences, is only the topic."""
SHARED = 3
"""Words that such a clause must share with the question where the rarest is not among them."""
NEAR = 0.12
"""Score a limit must have: most are about another part of the article."""


@cache
def _limiting() -> re.Pattern[str]:
    with resources.files("rag.retrieve").joinpath("grounds.csv").open(encoding="utf8") as file:
        return re.compile("|".join(row["pattern"] for row in csv.DictReader(file)), re.I)


def grounds(question: Question, ranked: Sequence[Pick], chosen: Sequence[Pick]) -> tuple[Pick, ...]:
    """Return what the sentences chosen from one article rest on, most needed first.

    One that denies what is asked may be among those chosen.
    """
    if not chosen:
        return ()
    article = chosen[0].article
    touched = {i: f for pick in chosen for i, f in article.findings_at(pick.sentence.span)}
    found = {i: finding for i, finding in touched.items() if finding.role is Role.RESULT}
    agreed = any(affirms(question, pick) for pick in chosen) or any(leans(question, pick) for pick in ranked)
    denied = None if agreed else denial(question, ranked) or opposed(question, chosen)
    wanted = [*([denied] if denied else []), *_qualified(ranked, chosen), *_tested(article, found, ranked)]
    wanted += _limits(question, ranked)
    if question.claim or question.asks & {Asks.WHOM, Asks.PEOPLE}:
        wanted += _next(article, found, ranked)
    held = {pick.sentence.n for pick in chosen}
    kept: dict[int, Pick] = {}
    for pick in wanted:
        if pick.sentence.n not in held or pick.part is Part.DENIES:
            kept.setdefault(pick.sentence.n, pick)
    return tuple(kept.values())


def denial(question: Question, ranked: Sequence[Pick]) -> Pick | None:
    """Return the sentence that denies what a question asks or takes for granted, None where none does.

    It denies it where a clause with a negation holds the word of the question that is rarest in the article ("no link
    was found for diet drinks") or half of its words, so that one about something else does not count.
    """
    told = question.claim or question.presumed
    if not told or DENIAL.search(normal(told)):
        return None
    texts = [normal(pick.sentence.span.text) for pick in ranked]
    held = [_meant(text) for text in texts]
    asked = {stem for stem in question.focus if any(stem in stems for stems in held)} & {w.stem for w in content(told)}
    if len(asked) < (1 if question.claim else 2):
        return None
    titled = {word.stem for word in words(ranked[0].article.source.title)}
    spread = {stem: sum(stem in stems for stems in held) for stem in asked - titled}
    least = min(spread.values(), default=0)
    rarest = {stem for stem, times in spread.items() if times == least <= SPECIFIC}
    for pick, text in zip(ranked, texts, strict=True):
        clauses = (_meant(part) for part in CLAUSE.split(text) if DENIAL.search(part))
        if any(rarest & stems or len(asked & stems) >= max(SHARED, len(asked) / 2) for stems in clauses):
            return replace(pick, part=Part.DENIES)
    return None


def _meant(text: str) -> set[str]:
    """The stems of a text and those that mean the same."""
    return {same for word in words(text) for same in alike(word.stem)}


def opposed(question: Question, chosen: Sequence[Pick]) -> Pick | None:
    """Return the sentence that says the opposite: less where the question asks about more."""
    return next((replace(pick, part=Part.DENIES) for pick in chosen if opposes(question, pick)), None)


def tested(pick: Pick, ranked: Sequence[Pick]) -> list[Pick]:
    """Return what tells in whom the results of one sentence were found."""
    found = {i: f for i, f in pick.article.findings_at(pick.sentence.span) if f.role is Role.RESULT}
    return list(_tested(pick.article, found, ranked))


def in_whom(ranked: Sequence[Pick]) -> list[Pick]:
    """Return what tells in whom the results of one article were found, in people first, else what is under way."""
    article = ranked[0].article
    results = {i: f for i, f in enumerate(article.findings) if f.role is Role.RESULT}
    people = {i: finding for i, finding in results.items() if finding.stage.in_people}
    under_way = () if people else _of(article, ("trial_ongoing",), ranked, Part.NEXT)
    return [*_tested(article, people, ranked), *under_way, *_tested(article, results, ranked)]


def _tested(article: Article, found: dict[int, Finding], ranked: Sequence[Pick]) -> Iterator[Pick]:
    """The words that say in what a result was found: those of its caveat, else those that give the sample."""
    told = [c for c in article.caveats if c.kind in TESTED and (not c.findings or any(c.limits(i) for i in found))]
    studies = {finding.study for finding in found.values()}
    for pick in _at((caveat.span for caveat in told), ranked, Part.TESTED):
        of = {finding.study for _, finding in article.findings_at(pick.sentence.span)}
        if not of or of & studies:
            yield pick
    sizes = {f.sample_size for f in found.values() if f.stage.in_people and (f.sample_size or 0) > 1}
    for pick in sorted(ranked, key=lambda pick: pick.sentence.n):
        stated = {figure.value for figure in figures(pick.sentence.span.text) if figure.unit is None}
        if not told and sizes & stated:
            yield replace(pick, part=Part.TESTED)
            return


def _qualified(ranked: Sequence[Pick], chosen: Sequence[Pick]) -> Iterator[Pick]:
    """The next sentence of a paragraph, where it says what the one chosen does not show."""
    after = {(pick.sentence.paragraph, pick.sentence.n + 1) for pick in chosen}
    for pick in ranked:
        if (pick.sentence.paragraph, pick.sentence.n) in after and _limiting().search(pick.sentence.span.text):
            yield replace(pick, part=Part.LIMIT)


def _limits(question: Question, ranked: Sequence[Pick]) -> Iterator[Pick]:
    """What the article itself says its results do not show, where a yes or no is asked for."""
    if not question.claim:
        return
    yield from _of(ranked[0].article, ("no_control",), ranked, Part.LIMIT)
    for pick in ranked:
        text = pick.sentence.span.text
        if pick.score >= NEAR and _limiting().search(text):
            yield replace(pick, part=Part.LIMIT)
            return


def _next(article: Article, found: dict[int, Finding], ranked: Sequence[Pick]) -> Iterator[Pick]:
    if not any(finding.stage.in_people for finding in found.values()):
        yield from _of(article, TO_COME, ranked, Part.NEXT)


def _of(article: Article, kinds: Sequence[str], ranked: Sequence[Pick], part: Part) -> Iterator[Pick]:
    return _at((caveat.span for caveat in article.caveats if caveat.kind in kinds), ranked, part)


def _at(spans: Iterable[Span | None], ranked: Sequence[Pick], part: Part) -> Iterator[Pick]:
    for span in spans:
        if span:
            yield from (replace(p, part=part) for p in ranked if p.sentence.span.overlaps(span))
