"""Which sentence answers most surely: says yes, tells by how much, tells what is asked for."""

import re
from collections.abc import Callable, Sequence

from rag.question import Asks, Pick, Question
from rag.retrieve.direction import HAD, affirms, agrees, leans
from rag.retrieve.each import reports
from rag.retrieve.ranking import POINTED, TO_COME, telling
from rag.retrieve.vocabulary import alike
from rag.text.figures import figures
from rag.text.words import words

AMOUNT = re.compile(
    r"\bby how much\b|\bhow much (?:more|less|lower|higher|better|fewer)\b|"
    r"\bhow much (?:did|does|do|was|were|is) [^?]*\b(?:lower|higher|reduce|cut|raise|increase|improve|drop|"
    r"fall|rise|lose|gain|shrink|slow)\b",
    re.I,
)


def surest(question: Question, ranked: Sequence[Pick]) -> Pick:
    """Return the sentence that answers: the best of those that say most surely what is asked."""
    return next((pick for says in _says(question) for pick in ranked if says(question, pick)), ranked[0])


def _says(question: Question) -> tuple[Callable[[Question, Pick], bool], ...]:
    """What the first sentence may do for a question, the surest first: say so, of a yes or no; else tell it."""
    return (agrees, _had, affirms, leans) if question.claim else (_much, tells_asked)


def _had(question: Question, pick: Pick) -> bool:
    """Whether a sentence tells that something is approved or sold, where that is asked."""
    asked = {stem for stem in question.strong if alike(stem) & HAD}
    return bool(asked) and any(HAD & alike(word.stem) for word in words(pick.sentence.span.text))


def _much(question: Question, pick: Pick) -> bool:
    """Whether a result says by how much, where that is asked: a share, or one figure beside another."""
    return bool(AMOUNT.search(question.text)) and reports(pick) and (measured(pick) or bool(leans(question, pick)))


def measured(pick: Pick) -> bool:
    """Tell whether a sentence says how much: a share, a time, a weight."""
    return any(figure.unit for figure in figures(pick.sentence.span.text))


def tells_asked(question: Question, pick: Pick) -> bool:
    """Tell whether a sentence tells something pointed that is asked for; what comes next, a study to come."""
    coming = Asks.NEXT in question.asks and any(
        f.role in TO_COME for _, f in pick.article.findings_at(pick.sentence.span)
    )
    if question.asks & POINTED == {Asks.NEXT} and any(f.role in TO_COME for f in pick.article.findings):
        return coming
    return any(telling(question, kind, pick.sentence.span.text) for kind in question.asks & POINTED)
