"""Who did what to whom, and more of what than of what."""

import pytest

from rag.check.support import check


@pytest.mark.parametrize(
    ("text", "honest", "lie"),
    [
        ("Poor sleep raises stress.", "Poor sleep increases stress.", "Stress increases poor sleep."),
        (
            "The cream blocks the enzyme in skin.",
            "In skin, the cream blocks the enzyme.",
            "The enzyme blocks the cream in skin.",
        ),
        ("Gout was caused by sweet drinks.", "Sweet drinks caused gout.", "Gout caused sweet drinks."),
        (
            "Loneliness leads to heart disease.",
            "Heart disease is caused by loneliness.",
            "Heart disease leads to loneliness.",
        ),
        (
            "Nausea was more common in women than in men.",
            "Nausea was more frequent in women than in men.",
            "Nausea was more common in men than in women.",
        ),
        (
            "Falls were higher with the patch than with placebo.",
            "Falls were higher with the patch than with a dummy patch.",
            "Falls were higher with placebo than with the patch.",
        ),
        ("The vaccine protects mothers.", "Mothers are protected by the vaccine.", "Mothers protect the vaccine."),
    ],
)
def test_the_one_that_acts_and_the_one_acted_on_keep_their_places(text: str, honest: str, lie: str) -> None:
    assert check(honest, [text]).supported, check(honest, [text]).problems
    verdict = check(lie, [text])
    assert not verdict.supported


def test_what_changed_places_is_an_entity_fault_with_both_words() -> None:
    (problem, *_) = check("Stress increases poor sleep.", ["Poor sleep raises stress."]).problems
    assert problem.kind == "entity"
    assert (problem.claim, problem.text) == ("Stress increases poor sleep", "Poor sleep raises stress")


def test_a_comparison_may_be_turned_round_as_a_whole() -> None:
    text = "Pain was lower with the gel than with placebo."
    assert not check("Pain was lower with placebo than with the gel.", [text]).supported
