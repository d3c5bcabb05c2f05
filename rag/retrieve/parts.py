"""A question of two parts, each read on its own: "how many took part, and how many got better?"."""

import re
from dataclasses import replace

from rag.question import Asks, Question
from rag.retrieve.reading import read

JOIN = re.compile(
    r"(?:,|\?|,? and|,? or|;) +(?:and )?(?=(?:how|what|which|who|whom|where|when|why)\b(?! (?:are|is) next\b)"
    r"|(?:did|does|was|were|is|are|has|have) (?:it|they|there|he|she)\b)",
    re.I,
)
WORDS = 3
"""Words that either part must have."""


def parts(question: Question) -> tuple[Question, ...]:
    """Return the parts of a question that asks two things or more; nothing for one that asks one thing."""
    told = [part.strip(" ,.?") for part in JOIN.split(question.text)]
    if question.claim or question.language != "en" or len(told) < 2 or any(len(t.split()) < WORDS for t in told):
        return ()
    each = (read(f"{part}?") for part in told)
    return tuple(replace(part, whole=question.whole, subject=part.subject or question.subject) for part in each)


def open_first(asked: tuple[Question, ...], journal: str | None) -> list[Question]:
    """Return parts so that what the first line tells, the journal, comes last."""
    return sorted(asked, key=lambda part: journal is not None and Asks.JOURNAL in part.asks)
