"""Who led, who paid and what was approved, in invented sentences."""

import pytest

from rag.check.support import check

STUDY = "The study was funded by Norvia and led by Alder College."
BEFORE = "Funded by Norvia, the study was led by Alder College."
AFTER = "Alder College led the study, which was funded by Norvia."


@pytest.mark.parametrize("text", [STUDY, BEFORE, AFTER])
@pytest.mark.parametrize(
    ("claim", "carried"),
    [
        ("Alder College led the study.", True),
        ("Norvia funded the study.", True),
        ("The study was led by Alder College.", True),
        ("Norvia led the study.", False),
        ("The study was led by Norvia.", False),
        ("Alder College funded the study.", False),
        ("Alder College paid for the study.", False),
    ],
)
def test_who_leads_and_who_pays_do_not_change_places(text: str, claim: str, carried: bool) -> None:
    verdict = check(claim, [text])
    assert verdict.supported is carried
    assert carried or "entity" in {problem.kind for problem in verdict.problems}


@pytest.mark.parametrize(
    ("claim", "other", "carried"),
    [
        ("Zinc was approved for asthma.", "Another drug, corvarin, was approved in May.", False),
        ("Zinc eased asthma and was approved in May.", "Corvatinib was approved in May.", False),
        ("Zinc eased asthma and was approved in May.", "Zinc was approved in May.", True),
        ("Zinc was approved in May.", "It was approved in May.", True),
        ("Corvarin was approved in May.", "Another drug, corvarin, was approved in May.", True),
    ],
)
def test_an_approval_is_not_borrowed_from_a_sentence_on_another_drug(claim: str, other: str, carried: bool) -> None:
    assert check(claim, ["Zinc eased asthma in 40 adults.", other]).supported is carried
