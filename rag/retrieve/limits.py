"""The caveats an answer must say: those of the findings it cites, and those the question calls for."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from rag.domain import Article, Caveat, Role, Span, Stage
from rag.question import Asks, Evidence, Question, Sufficiency
from rag.retrieve.sufficiency import ABSENT
from rag.writers.local import local

WHOLE = frozenset({Asks.SUMMARY, Asks.EXPLAINER})
HARMS = frozenset({"harms_missing", "harms_partial"})
TO_COME = frozenset({"trial_planned", "trial_ongoing"})
LABORATORY = {Stage.ANIMAL, Stage.HUMAN_TISSUE}
"""Two kinds that one line names together."""
AS_ASKED = frozenset({"hype", "headline_overreach", "mixed_evidence", "no_control"})
"""Caveats on an article as a whole: due where the question is whether to believe it."""

QUOTED = frozenset({"statement", "word", "year", "company"})
"""Slots that hold the article's own words or a name, and stay as they are."""


def limits(evidence: Evidence) -> tuple[Caveat, ...]:
    """Return the caveats due for the sentences picked, most severe first; of several articles no minor one."""
    question = evidence.question
    found: list[Caveat] = []
    for article in evidence.articles:
        spans = tuple(pick.sentence.span for pick in evidence.picks if pick.article is article)
        due = {*map(id, article.due(spans)), *map(id, _called_for(article, spans, evidence))}
        found += _merged([caveat for caveat in _ordered(article.caveats) if id(caveat) in due])
    if len(evidence.articles) > 1:
        found = [c for c in _ordered(found) if c.severity != "low"]
    if question.claim or question.asks & WHOLE:
        found.append(Caveat("not_medical_advice", None))
    return tuple(_in_words_of(question.language, caveat) for caveat in found)


def _merged(caveats: Sequence[Caveat]) -> Iterator[Caveat]:
    """One caveat of each kind: "only 18 people took part" in one study, one person in another, are said together."""
    kinds: dict[str, list[Caveat]] = {}
    for caveat in caveats:
        kinds.setdefault(caveat.kind, []).append(caveat)
    for first, *others in kinds.values():
        slots = {
            slot: words if slot in QUOTED else _listed(list(dict.fromkeys(c.slots[slot] for c in (first, *others))))
            for slot, words in first.slots.items()
        }
        yield replace(first, slots=slots)


def _listed(words: list[str]) -> str:
    """Join words, the last two by "or", as they stand for one each."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _in_words_of(language: str, caveat: Caveat) -> Caveat:
    """Put a caveat's slots into the reader's language, what is quoted aside."""
    if language != "es":
        return caveat
    slots = {slot: words if slot in QUOTED else local(words, language) for slot, words in caveat.slots.items()}
    return replace(caveat, slots=slots)


def _ordered(caveats: Iterable[Caveat]) -> list[Caveat]:
    order = ("high", "medium", "low", "always")
    return sorted(caveats, key=lambda caveat: order.index(caveat.severity))


def _called_for(article: Article, spans: Sequence[Span], evidence: Evidence) -> Iterator[Caveat]:
    question = evidence.question
    touched = {i: f for span in spans for i, f in article.findings_at(span)}
    stages = {f.stage for f in touched.values() if f.role is Role.RESULT}
    for caveat in article.caveats:
        if (
            (question.asks & WHOLE and caveat.severity in ("high", "medium"))
            or (_bound(caveat) and any(caveat.limits(i) for i in touched))
            or _by_question(caveat, question, evidence.sufficiency)
            or (spans and caveat.kind == "old_article")
            or (caveat.kind == "mixed_evidence" and len(stages) > 1 and stages != LABORATORY)
            or (caveat.kind in TO_COME and (question.claim or _none_in_people(stages)) and spans)
        ):
            yield caveat


def _bound(caveat: Caveat) -> bool:
    return caveat.severity == "medium" and caveat.findings is not None


def _by_question(caveat: Caveat, question: Question, sufficiency: Sufficiency) -> bool:
    if caveat.kind in AS_ASKED:
        return bool(question.strong)
    if caveat.kind in HARMS:
        return Asks.HARMS in question.asks
    return sufficiency is Sufficiency.NOT_SAID and any(caveat.kind in ABSENT.get(kind, ()) for kind in question.asks)


def _none_in_people(stages: set[Stage]) -> bool:
    return bool(stages) and not any(stage.in_people for stage in stages)
