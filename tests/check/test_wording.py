"""A copy of a sentence with a word or two changed: what the change lost or gained is named."""

import pytest

from rag.check.support import check

TRIAL = "In the trial, 40 women with severe asthma may have slept better after taking the capsules for six weeks."


@pytest.mark.parametrize(
    ("claim", "kind"),
    [
        (TRIAL.replace("may have slept", "slept"), "certainty"),
        (TRIAL.replace("may have slept", "will have slept"), "certainty"),
        (TRIAL.replace("may have", "may not have"), "negation"),
        (TRIAL.replace("women", "men"), "species"),
        (TRIAL.replace("women", "mice"), "species"),
        (TRIAL.replace("after taking", "because of"), "causation"),
        (TRIAL.replace("severe asthma", "any kind of asthma"), "scope"),
    ],
)
def test_one_word_is_the_whole_lie(claim: str, kind: str) -> None:
    assert kind in {problem.kind for problem in check(claim, [TRIAL]).problems}


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            "Some of the patients said the cream was not of help to them.",
            "The patients said the cream was of help to them.",
        ),
        (
            "The tumors of patients who do not respond to the drug grew.",
            "The tumors of patients who respond to the drug grew.",
        ),
        (
            "Only people with two copies of the gene were helped by it.",
            "People with two copies of the gene were helped by it.",
        ),
        (
            "The drug was given together with chemotherapy to all patients.",
            "The drug was given on its own to all patients.",
        ),
        (
            "The team hopes to test the patch in larger animals soon.",
            "The team has started to test the patch in larger animals.",
        ),
    ],
)
def test_a_word_that_governs_the_rest_may_not_go(text: str, claim: str) -> None:
    assert not check(claim, [text]).supported


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("The panel did not agree with the report of the team.", "The panel disagreed with the report of the team."),
        ("A study of the drug is currently being done in Spain.", "A study of the drug is being done in Spain."),
        ("It not only eased pain in the adults but also improved sleep.", "It also improved sleep in the adults."),
        ("The gel may ease pain in adults, but it did not help with sleep.", "The gel may ease pain in adults."),
        (
            "The trial, which had raised hopes, did not show that the pill helps.",
            "The trial did not show that the pill helps.",
        ),
    ],
)
def test_what_is_kept_another_way_is_no_fault(text: str, claim: str) -> None:
    assert check(claim, [text]).supported, check(claim, [text]).problems


@pytest.mark.parametrize("claim", ["Rash came up. Pain went away.", "Pain went away. Rash came up."])
def test_several_sentences_are_each_held_against_the_text(claim: str) -> None:
    text = ["Pain went away.", "Rash came up.", "Some had fever."]
    assert check(claim, text).score == 1.0
    assert not check(f"{claim} All had fever.", text).supported
