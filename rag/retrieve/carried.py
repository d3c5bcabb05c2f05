"""Whether the sentences chosen carry what a question asks to be confirmed, or takes for granted."""

import re
from dataclasses import dataclass

from rag.check.support import check, check_against
from rag.claim import Verdict
from rag.question import Asks, Evidence, Part
from rag.retrieve.direction import affirms, agrees

FILLER = re.compile(r"\b(?:already|somewhere|anywhere|really|actually|still|ever|yet|too|also|now|even)\b", re.I)
RESTS_ON = (Part.DENIES, Part.ANSWER, Part.TESTED)
"""What a yes may rest on."""


@dataclass(frozen=True, slots=True)
class Carried:
    """The check of a claim against all sentences chosen; `alone` numbers those that say it by themselves, and
    `affirmed` tells that one says as much in other words, above which no denial may stand."""

    verdict: Verdict | None = None
    alone: frozenset[int] = frozenset()
    affirmed: bool = False


def carried(evidence: Evidence) -> Carried:
    """Check what a question asks to be confirmed or takes for granted against the sentences chosen for it."""
    question = evidence.question
    told = [pick for pick in evidence.picks if pick.part in RESTS_ON]
    if question.claim and told:
        claim = FILLER.sub("", question.claim)
        texts = {pick.sentence.n: pick.sentence.span.text for pick in told}
        denied = any(pick.part is Part.DENIES for pick in told)
        alone = frozenset(pick.sentence.n for pick in told if agrees(question, pick))
        if not denied:  # words alone do not hear what a verb says: "kept out of hospital" of people who were admitted
            alone |= {n for n, text in texts.items() if check(claim, [text]).supported}
        affirmed = not denied and any(affirms(question, pick) for pick in told)
        return Carried(check(claim, list(texts.values())), alone, affirmed)
    if question.presumed and Asks.WHY in question.asks and evidence.articles:
        return Carried(check_against(question.presumed, evidence.articles[0].sentences)[0])
    return Carried()
