"""Stories of single patients told by the press, outside a study: a private person who falls ill and gets better."""

import re

from rag.domain import Role
from rag.evidence import cues
from rag.evidence.roles import Reading
from rag.evidence.statements import Statement

REACH = 2
"""Paragraphs after the last mention of the person into which a story goes on."""


def told(statements: list[Statement]) -> list[Statement]:
    """Mark the statements that tell a patient's story; an outcome in one is a result, all else in it is none."""
    patterns = cues.patterns("stories")
    found: list[Statement] = list(statements)
    for first, statement in enumerate(statements):
        raw = statement.span.text
        person = patterns["person"].search(raw)
        if (
            not person
            or found[first].story
            or patterns["expert"].search(raw)
            or patterns["study"].search(statement.text)
        ):
            continue
        run = _run(statements, first, _surname(person[0]))
        words = " ".join(statements[i].text for i in run)
        if patterns["illness"].search(words) and any(patterns["outcome"].search(statements[i].text) for i in run):
            for i in run:
                found[i] = _marked(statements[i])
    return found


def _run(statements: list[Statement], first: int, surname: str) -> list[int]:
    """The statements of a story: those that name the person, and those that pronouns carry on."""
    patterns, run, paragraph = cues.patterns("stories"), [first], statements[first].sentence.paragraph
    before = statements[first - 1] if first else None
    if before and before.sentence.paragraph == paragraph and patterns["broadcast"].search(before.text):
        run.insert(0, first - 1)
    for i in range(first + 1, len(statements)):
        statement = statements[i]
        if statement.sentence.paragraph - paragraph > REACH:
            break
        named = bool(surname) and surname in statement.span.text
        same = statement.sentence.paragraph - paragraph <= 1
        if not named and (
            patterns["expert"].search(statement.span.text) or patterns["research"].search(statement.text)
        ):
            continue
        carried = not statement.reading.framed and patterns["carried"].search(statement.text)
        if named or (same and (carried or _ends_well(statement, paragraph))):
            run.append(i)
            paragraph = statement.sentence.paragraph
    return run


def _ends_well(statement: Statement, paragraph: int) -> bool:
    return statement.sentence.paragraph == paragraph and bool(
        cues.patterns("stories")["outcome"].search(statement.text)
    )


def _marked(statement: Statement) -> Statement:
    outcome = bool(
        cues.patterns("stories")["outcome"].search(statement.text)
        or cues.patterns("stories")["broadcast"].search(statement.text)
    )
    return statement.within(0, Reading(Role.RESULT if outcome else None, method=not outcome), story=True)


def _surname(person: str) -> str:
    """The last capitalised word of a name, empty for "the 33-year-old"."""
    names = re.findall(r"\b[A-Z][\w'’-]+", person.replace("’s", "").replace("'s", ""))
    return names[-1] if names else ""
