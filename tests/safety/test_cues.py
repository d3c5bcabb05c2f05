"""The cues: rows that mean something, exceptions that only count where they stand, patterns that cannot run away."""

import re

import pytest

from rag.safety.cues import GATES, cues, hits, known, mentions, read
from rag.safety.patterns import compiled, slots

ROWS = [(gate, cue) for gate in GATES for cue in cues(gate)]


def found(gate, message):
    return [match[0].strip() for clause in read(message) for _, match in hits(gate, clause)]


@pytest.mark.parametrize("gate", GATES)
def test_every_row_can_be_compiled_and_weighed(gate):
    for cue in cues(gate):
        assert cue.who in ("self", "other", "any") and cue.weight in (1, 2) and cue.kind
        assert cue.needs, "a row must need a word, or it would be tried on every clause"
        for pattern in (cue.pattern, *cue.unless):
            assert compiled(pattern).match("") is None, f"{pattern!r} matches nothing at all"


def test_no_repetition_is_unbounded_but_the_end_of_a_word():
    for _, cue in ROWS:
        for pattern in (cue.pattern, *cue.unless):
            source = re.sub(r"\\.", "", compiled(pattern).pattern.replace(r"\S*", "").replace(r"\S+ ", ""))
            assert "*" not in source and "+" not in source


def test_every_slot_is_used():
    used = {name for _, cue in ROWS for text in (cue.pattern, *cue.unless) for name in re.findall(r"@([a-z]+)", text)}
    used |= {name for words in slots().values() for word in words for name in re.findall(r"@([a-z]+)", word)}
    by_the_rules = {
        "self",
        "other",
        "they",
        "neutral",
        "asks",
        "frame",
        "report",
        "past",
        "now",
        "fill",
        "relation",
        "implied",
    }
    assert slots().keys() - used - by_the_rules == {"antidepressant", "stops", "requests"}


def test_an_exception_counts_only_where_it_overlaps():
    assert found("crisis", "I want to die") and not found("crisis", "I don't want to die")
    assert found("crisis", "I don't want to hurt anyone but I want to die")


def test_a_word_is_known_by_its_stem():
    assert known("die") and known("suicidality") and not known("zzzz")


def test_a_slot_is_found_in_a_clause():
    (clause,) = read("according to the article")
    assert mentions("frame", clause) and not mentions("relation", clause)


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        ("want ~ die", "want to just die ", True),
        ("want ~ die", "want cake or die ", False),
        ("want .. die", "want cake or die ", True),
        ("a_b|c", "a b ", True),
        ("droop*", "drooping ", True),
        ("^ go $", "go ? ", True),
        ("^ go $", "go on ", False),
        ("go ?", "go ", False),
        ("(very) bad", "bad ", True),
        ("*itis", "arthritis ", True),
    ],
)
def test_what_the_elements_of_a_pattern_mean(pattern, text, matches):
    assert (compiled(pattern).search(text) is not None) == matches


def test_a_slot_that_is_not_there_is_a_fault():
    with pytest.raises(KeyError):
        compiled("@nosuch")
