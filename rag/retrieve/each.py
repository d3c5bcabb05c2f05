"""What one of several articles says: its best result that a row of a table has room for."""

import re
from collections.abc import Sequence

from rag.domain import Role
from rag.question import Asks, Pick, Question
from rag.retrieve.grounds import in_whom
from rag.text.figures import figures
from rag.writers.plain import shortened

AS_GOOD = 0.8
"""Of several articles a shorter result is shown that scores this share of the best sentence."""
LEANS = re.compile(
    r"^[\"'“]?(this|these|those|they|it|its|he|she|such|both|the (study|trial|same|result|effect|drug|treatment))\b",
    re.I,
)


def of_each(question: Question, ranked: Sequence[Pick], room: int) -> list[Pick]:
    """What one of several articles says: its best result that is short enough to quote;
    where it is asked in whom, what tells it."""
    best = [pick for pick in ranked if reports(pick) and pick.score >= AS_GOOD * ranked[0].score][:3]
    results = sorted(best, key=lambda pick: (takes(question, pick) > room, *_poor(pick)))
    results = _whole(results[:1] or studies(ranked)[:1], ranked)
    if Asks.WHOM not in question.asks:
        return results
    told = in_whom(ranked)[:1]
    in_people = ranked[0].article.stage.in_people
    return list({p.sentence.n: p for p in ([*results, *told] if in_people else told or results)}.values())


def _poor(pick: Pick) -> tuple[bool, bool]:
    """Whether a sentence leans on another, and whether it gives no figure."""
    return bool(LEANS.match(pick.sentence.span.text)), not figures(pick.sentence.span.text)


def _whole(results: list[Pick], ranked: Sequence[Pick]) -> list[Pick]:
    """Another result in place of one that leans on a sentence a table does not show."""
    if not results or not LEANS.match(results[0].sentence.span.text):
        return results
    others = (pick for pick in ranked if studies_of(pick) and not LEANS.match(pick.sentence.span.text))
    return [next(others, results[0])]


def takes(question: Question, pick: Pick) -> int:
    """How many words a cell takes of those that may be quoted; one in plain words of ours takes half its own."""
    text = shortened(pick.sentence.span.text, question.asks)
    words_of_it = len(text.split())
    return words_of_it if text in " ".join(pick.sentence.span.text.split()) else words_of_it // 2


def studies(ranked: Sequence[Pick]) -> list[Pick]:
    """The best result of each study of an article, best first; where it reports none, the best sentence."""
    found: dict[int, Pick] = {}
    for pick in ranked:
        results = [f for _, f in pick.article.findings_at(pick.sentence.span) if f.role is Role.RESULT]
        for finding in results[:1]:
            found.setdefault(finding.study, pick)
    return list(found.values()) or list(ranked[:1])


def studies_of(pick: Pick) -> set[int]:
    """The studies that a sentence reports results of."""
    return {f.study for _, f in pick.article.findings_at(pick.sentence.span) if f.role is Role.RESULT}


def reports(pick: Pick) -> bool:
    """Whether a sentence reports a result of the main study."""
    found = (finding for _, finding in pick.article.findings_at(pick.sentence.span))
    return any(finding.role is Role.RESULT and finding.stage is pick.article.stage for finding in found)
