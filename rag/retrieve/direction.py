"""Up or down: whether a sentence says that what a question asks about went the way it asks, or the other way."""

import csv
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources

from rag.domain import Finding, Role, Stage
from rag.question import Pick, Question
from rag.retrieve.reading import generic
from rag.retrieve.vocabulary import alike
from rag.text.figures import Figure, figures
from rag.text.words import content, normal, stem, words

DENIAL = re.compile(r"\b(?:no|not|nor|neither|never|cannot|none|without|fail(?:s|ed)?)\b|n't\b")
AMOUNT = re.compile(
    r"\b(?:more|less|fewer|higher|lower) than (?=\d|half|one|two|twice|a )|\bat least\b|\b(?:up|down) to\b"
)
"""How much, not which way: "by more than half"."""
COMPARED = re.compile(r"\b(?:compared (?:with|to)|versus|vs|against)\b")
GENERAL = re.compile(r"^\W*(?:does|do|can|will|is|are|could|would|may|might)\b", re.I)
"""A question about what happens in general, which a test in animals does not answer with a yes."""
TOLD = 2
"""Words of a question, direction aside, that a sentence must hold to say the opposite."""
TOPIC = 3
"""Sentences of an article in which a word of its topic stands, so that a result need not say it again."""


def agrees(question: Question, pick: Pick) -> bool:
    """Tell whether a result says that what a yes/no question asks about went up, or down, as it asks."""
    if question.claim is None or DENIAL.search(question.claim) or not _result(question, pick):
        return False
    way, core = _asked(question.claim)
    text = pick.sentence.span.text
    told = {stem for stem in core if alike(stem) & _stems(text)}
    return bool(told) and way == _way(text) is not None and all(s in told or _topic(s, pick) for s in core)


def opposes(question: Question, pick: Pick) -> bool:
    """Tell whether a result says that what a question asks about or takes for granted went the other way."""
    claim = question.claim or question.presumed
    if claim is None or DENIAL.search(claim) or not any(f.role is Role.RESULT for f in _findings(pick)):
        return False
    way, core = _asked(claim)
    said = _way(pick.sentence.span.text)
    told = [stem for stem in core if alike(stem) & _stems(pick.sentence.span.text)]
    return None not in (way, said) and way != said and len(told) >= max(TOLD, len(core) - 1)


def _result(question: Question, pick: Pick) -> bool:
    found = [finding.stage for finding in _findings(pick) if finding.role is Role.RESULT]
    in_people = all(stage.in_people for stage in found)
    return bool(found) and Stage.OBSERVATIONAL not in found and (in_people or not GENERAL.match(question.text))


def _findings(pick: Pick) -> list[Finding]:
    return [finding for _, finding in pick.article.findings_at(pick.sentence.span)]


def _asked(claim: str) -> tuple[str | None, list[str]]:
    """The direction of a claim and the stems of what goes that way."""
    held = [word.stem for word in content(AMOUNT.sub(" ", normal(claim)))]
    return _way(claim), [
        s for s in dict.fromkeys(held) if s not in _directions() and s not in generic() and s.isalpha()
    ]


@lru_cache(maxsize=8192)
def _way(text: str) -> str | None:
    """The one direction a text tells of, None where it denies or tells of both."""
    plain = AMOUNT.sub(" ", normal(text))
    ways = {_directions()[word.stem] for word in words(plain) if word.stem in _directions()}
    if DENIAL.search(plain) or len(ways) > 1:
        return None
    return next(iter(ways), _compared(text))


def _compared(text: str) -> str | None:
    """The direction of two figures of one unit set side by side: "71%, compared with 24% on placebo"."""
    cut = COMPARED.search(normal(text))
    if not cut:
        return None
    before = [figure for figure in figures(text) if figure.end <= cut.start()]
    after = next((figure for figure in figures(text) if figure.start >= cut.end()), None)
    first = next((figure for figure in before if after and figure.unit == after.unit), None)
    return _more(first, after) if first and after else None


def _more(first: Figure, second: Figure) -> str | None:
    return None if first.value == second.value else "up" if first.value > second.value else "down"


def _topic(word: str, pick: Pick) -> bool:
    """Whether a word is of the article's topic: in its title or in several of its sentences."""
    same, article = alike(word), pick.article
    spread = sum(bool(same & _stems(sentence.span.text)) for sentence in article.sentences)
    return spread >= TOPIC or bool(same & _stems(article.source.title))


@lru_cache(maxsize=8192)
def _stems(text: str) -> frozenset[str]:
    return frozenset(word.stem for word in words(text))


@cache
def _directions() -> Mapping[str, str]:
    with resources.files("rag.retrieve").joinpath("directions.csv").open(encoding="utf8") as file:
        return {stem(word): row["direction"] for row in csv.DictReader(file) for word in row["words"].split()}
