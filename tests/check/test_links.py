"""The account of a claim: each word with what it rests on, what was left out, what came from nowhere."""

import pytest

from rag.check.links import HOWS, Link, account

TEXT = "In mice, the tablets may cut pain by 30% more than placebo over 52 weeks."


def hows(claim: str, *cited: str) -> dict[str, str]:
    return {link.word: link.how for link in account(claim, cited or (TEXT,)).links}


def test_each_word_says_by_what_right_it_stands() -> None:
    found = hows("In mice, a pill reduced pain by 30% in a year, a breakthrough.")
    assert found["mice"] == "same"
    assert found["pill"] == "meaning"
    assert found["30%"] == "number"
    assert found["a year"] == "number"
    assert found["breakthrough"] == "nowhere"
    assert set(found.values()) <= set(HOWS)


def test_a_contrary_and_another_form_are_told_apart() -> None:
    found = hows("In mice, the tablet raised pain.")
    assert (found["tablet"], found["raised"]) == ("form", "opposite")


def test_what_was_left_out_is_named_by_what_it_does() -> None:
    losses = {(loss.what, loss.words) for loss in account("The tablets cut pain.", (TEXT,)).losses}
    assert {("hedge", "may"), ("species", "mice"), ("number", "30%"), ("time", "52 weeks")} <= losses
    assert "comparison" in {what for what, _ in losses}


def test_nothing_is_left_out_of_a_copy() -> None:
    assert account(TEXT, (TEXT,)).losses == ()


def test_the_places_are_those_of_the_claim() -> None:
    claim = "In mice, pain fell."
    for link in account(claim, ("Another.", TEXT)).links:
        assert claim[link.start : link.end] == link.word
        assert link.sentence == 1


def test_a_claim_is_traced_to_something() -> None:
    with pytest.raises(ValueError, match="at least one sentence"):
        account("A claim.", ())
    with pytest.raises(ValueError, match="no way to rest"):
        Link(0, 1, "a", "nowhere", 0, "mice")
