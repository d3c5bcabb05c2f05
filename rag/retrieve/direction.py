"""Up or down: whether a sentence says that what a question asks about went the way it asks, or the other way."""

import re
from functools import lru_cache

from rag.domain import Finding, Role, Stage
from rag.question import Pick, Question
from rag.retrieve.reading import generic
from rag.retrieve.vocabulary import acronyms, alike
from rag.text.directions import ways
from rag.text.figures import Figure, figures
from rag.text.words import content, normal, stem, words

DENIAL = re.compile(r"\b(?:no|not|nor|neither|never|cannot|none|without|fail(?:s|ed)?)\b|n't\b")
AMOUNT = re.compile(
    r"\b(?:more|less|fewer|higher|lower) than (?=\d|half|one|two|twice|a )|\bat least\b|\b(?:up|down) to\b"
)
"""How much, not which way: "by more than half"."""
CLAUSE = re.compile(r"[,;:]|\b(?:and|but|who|that|which|had|with|than)\b")
COMPARED = re.compile(r"\b(?:compared (?:with|to)|versus|vs|against)\b")
SIDES = re.compile(r"\bthan (?!\d|half\b|one\b|two\b|twice\b)(?P<other>.+)")
"""Two are set side by side: a sentence on one of them confirms nothing of the other."""
GENERAL = re.compile(r"^\W*(?:does|do|can|will|is|are|could|would|may|might)\b", re.I)
"""A question about what happens in general, which a test in animals does not answer with a yes."""
HEDGE = re.compile(
    r"\b(?:may|might|could|would|if|whether|suggest\w*|possibl[ey]|potential\w*|hop(?:e|es|ed|ing)|should|believe\w*|"
    r"appear(?:s|ed)?|seem(?:s|ed)?)\b"
)
"""What makes of a result no more than a possibility."""
DESIGN = frozenset(
    map(stem, "pilot survey cohort programme program review model models common often likely frequent".split())
)
"""What kind of study it is, or how often: no part of what went up or down."""
BENEFIT = frozenset(
    map(stem, "work works working worked help helps helped effective good better improve improves".split())
)
"""What a question asks of a treatment that any result with a direction speaks to: "27% fewer attacks"."""
HAD = frozenset(map(stem, "approved licensed available authorised cleared".split()))
"""What is allowed or sold is so for one illness, which must be named: that of the article is often another."""
NEAR = 5
"""Words between a direction and what goes that way."""
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
    told = {stem for stem in core if _same(stem) & _stems(text)}
    return bool(told) and way == _way(text) is not None and all(s in told or _topic(s, pick) for s in core)


def leans(question: Question, pick: Pick) -> bool:
    """Tell whether a result goes the way a question asks about, near a word of what it asks about: no yes yet."""
    if question.claim is None or DENIAL.search(question.claim) or not (_result(question, pick) or not _findings(pick)):
        return False
    near = _goes(question.claim) & _goes(pick.sentence.span.text)
    asked = {word.stem for word in content(question.claim)} - {*ways(), *DESIGN}
    return _way(question.claim) == _way(pick.sentence.span.text) is not None and bool(asked & near)


def opposes(question: Question, pick: Pick) -> bool:
    """Tell whether a result says that what a question asks about or takes for granted went the other way."""
    claim = question.claim or question.presumed
    if claim is None or DENIAL.search(claim) or not any(f.role is Role.RESULT for f in _findings(pick)):
        return False
    way, core = _asked(claim)
    said = _way(pick.sentence.span.text)
    told = [stem for stem in core if _same(stem) & _stems(pick.sentence.span.text)]
    contrary = None not in (way, said) and way != said and len(told) >= max(TOLD, len(core) - 1)
    return contrary and _goes(claim) & _goes(pick.sentence.span.text) != set()


def _goes(text: str) -> set[str]:
    """The stems near the words that tell a direction: what follows in the clause, else what stands before.

    "consuming more vitamin C" tells nothing of the risk that a question asks about.
    """
    near: set[str] = set()
    for clause in CLAUSE.split(AMOUNT.sub(" ", normal(text))):
        stems = [word.stem for word in words(clause)]
        for n in (n for n, s in enumerate(stems) if s in ways()):
            near |= {same for s in stems[max(0, n - NEAR) : n + 1 + NEAR] for same in _same(s)}
    return near


def affirms(question: Question, pick: Pick) -> bool:
    """Tell whether a reported sentence says what a yes/no question asks, in words of its own, without a doubt.

    It is enough to hold back a denial, and no yes.
    """
    if question.claim is None or DENIAL.search(question.claim):
        return False
    text = normal(pick.sentence.span.text)
    if not _beside(question.claim, text):
        return False
    found = _findings(pick)
    reported = any(f.role is Role.RESULT or f.stage is Stage.APPROVED for f in found)
    in_people = all(f.stage.in_people for f in found) or not GENERAL.match(question.text)
    if not reported or not in_people or DENIAL.search(text) or HEDGE.search(text):
        return False
    held = _stems(pick.sentence.span.text)
    core = [s for s in _asked(question.claim)[1] if s not in question.strong]
    told = {s for s in core if _same(s) & held}
    if question.strong and question.strong <= BENEFIT and _way(text):
        return len(told) >= max(1, len(core) / 2)
    strong = all(_same(s) & held for s in question.strong)
    topical = not question.strong & HAD
    return strong and bool(told) and all(s in told or (topical and _topic(s, pick)) for s in core)


def _beside(claim: str, text: str) -> bool:
    """Whether a text has a word of what a claim sets its subject beside: "better than surgery"."""
    sides = SIDES.search(claim)
    other = {word.stem for word in content(sides["other"])} - DESIGN if sides else set()
    return not other or any(_same(stem) & _stems(text) for stem in other)


def _same(word: str) -> frozenset[str]:
    """The stems that mean the same as one, an acronym in the plural and in the singular."""
    return alike(word) | {word.removesuffix("s")}


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
        s for s in dict.fromkeys(held) if s not in ways() and s not in generic() and s not in DESIGN and s.isalpha()
    ]


@lru_cache(maxsize=8192)
def _way(text: str) -> str | None:
    """The one direction a text tells of, None where it denies or tells of both."""
    plain = AMOUNT.sub(" ", normal(text))
    told = {ways()[word.stem] for word in words(plain) if word.stem in ways()}
    if DENIAL.search(plain) or len(told) > 1:
        return None
    return next(iter(told), _compared(text))


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
    same, article = _same(word), pick.article
    spread = sum(bool(same & _stems(sentence.span.text)) for sentence in article.sentences)
    return spread >= TOPIC or bool(same & _stems(article.source.title))


@lru_cache(maxsize=8192)
def _stems(text: str) -> frozenset[str]:
    return frozenset(word.stem for word in words(text)) | acronyms(text)
