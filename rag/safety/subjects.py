"""Whom a cue speaks of: the reader, someone near, or the people and animals of research, who are no cause for alarm."""

import re
from dataclasses import dataclass

from rag.safety.cues import Clause, Cue, mentions
from rag.safety.patterns import slot

NOUNS = ("self", "other", "neutral", "they")
"""The slots that name a person. "They" is someone only in a message that has named someone."""


@dataclass(frozen=True, slots=True)
class Message:
    """What a message tells as a whole: whether it names someone near, speaks of research, or asks nothing at all."""

    relation: bool
    research: bool
    told: bool

    @classmethod
    def of(cls, clauses: tuple[Clause, ...]) -> "Message":
        """Look through the clauses of a message."""
        relation, research, reader, implied = (
            any(mentions(name, clause) for clause in clauses) for name in ("relation", "frame", "self", "implied")
        )
        told = (relation or reader or implied) and not research and not any(map(asks, clauses))
        return cls(relation, research, told)


def asks(clause: Clause) -> bool:
    """Whether a clause is a question or a request."""
    words = clause.text
    return words.endswith("? ") or any(slot(name).match(words) is not None for name in ("asks", "requests"))


def subject(cue: Cue, found: re.Match[str], message: Message) -> str | None:
    """Tell whom a found cue is about: "self", "other", or None where it speaks of research or of people in general.

    The person named last before the end of the cue counts. Where none is named, a bare "want to die" is the reader's
    own, but not inside a question or beside the words of research ("does the article mention wanting to die?").
    """
    if cue.who == "self":
        return "self"
    noun, end = _last(found.string[: found.end()], NOUNS if message.relation else NOUNS[:-1])
    if noun == "neutral" or (noun == "other" and message.research and not message.relation):
        return None
    if noun == "self" and cue.who == "any":
        about_research = slot("report").search(found.string[end : max(end, found.start())])
        return None if about_research else "self"
    if noun is None and (slot("frame").search(found.string) or slot("asks").match(found.string)):
        return None
    return "other" if cue.who == "other" or noun in ("other", "they") else "self"


def _last(words: str, nouns: tuple[str, ...]) -> tuple[str | None, int]:
    found = [(match.end(), noun) for noun in nouns for match in slot(noun).finditer(words)]
    end, noun = max(found, default=(0, None))
    return noun, end
