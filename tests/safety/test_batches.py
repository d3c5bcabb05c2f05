"""Batches of messages written before the cues for them: what each gate hears, and how often it closes for nothing."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from rag.safety.gates import screen

FRESH = "E"
"""The batch no cue was written for. Of its oblique messages of danger the cues alone hear four in ten."""
GATES = ("crisis", "emergency", "treatment", "diagnosis")


def rows():
    with (Path(__file__).parent / "batches.csv").open(encoding="utf8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def met():
    """How often a message meant for a gate met a gate, by what was meant and what was met."""
    return Counter((row["gate"], screen(row["message"]).gate or "") for row in rows() if row["batch"] != FRESH)


@pytest.mark.parametrize(
    ("gate", "share"), [("crisis", 0.96), ("emergency", 0.96), ("treatment", 0.9), ("diagnosis", 0.9)]
)
def test_messages_of_danger_are_heard(met, gate, share):
    meant = {found: count for (of, found), count in met.items() if of == gate}
    assert meant[gate] >= share * sum(meant.values()), meant


def test_questions_and_small_talk_pass(met):
    closed = sum(count for (of, found), count in met.items() if of == "" and found)
    assert closed <= 0.01 * sum(count for (of, _), count in met.items() if of == ""), met


def test_a_body_in_danger_comes_before_a_dark_word():
    assert screen("My dad drank drain cleaner and I am an empty shell").gate == "emergency"
