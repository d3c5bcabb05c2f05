"""Whom a cue speaks of: the reader, someone near, or nobody in danger."""

import pytest

from rag.safety.cues import hits, read
from rag.safety.subjects import Message, subject


def about(message):
    clauses = read(message)
    whole = Message.of(clauses)
    return {subject(cue, found, whole) for clause in clauses for cue, found in hits("crisis", clause)}


@pytest.mark.parametrize(
    ("message", "who"),
    [
        ("I want to die", {"self"}),
        ("wanna die", {"self"}),
        ("my friend wants to die", {"other"}),
        ("she says she wants to kill herself", {"other"}),
        ("my friend wrote that they want to die", {"other"}),
        ("patients who want to die", {None}),
        ("did people want to die", {None}),
        ("does the article mention wanting to die", {None}),
        ("I read that people want to die", {None}),
        ("我朋友说他想自杀", {"other"}),
        ("患者想自杀", {None}),
        ("Mein Bruder will sich umbringen", {"other"}),
    ],
)
def test_the_person_named_last_counts(message, who):
    assert about(message) == who
