"""One name for another: illnesses, drugs, institutions, groups."""

import pytest

from rag.check.kinds import kinds
from rag.check.reading import read, rows
from rag.check.support import check

GRANT = "The trial was paid for by a company that makes inhalers."
WARD = "Nurses at the University of Hove ran a singing class for people with asthma."


def problem_kinds(claim: str, *cited: str) -> set[str]:
    return {problem.kind for problem in check(claim, cited).problems}


@pytest.mark.parametrize(
    ("claim", "cited"),
    [
        ("The trial was paid for by the university.", (GRANT, WARD)),
        ("The singing class was for people with epilepsy.", (WARD,)),
        ("The drug tarsimab eased pain.", ("The drug tarsinib eased pain.",)),
        ("The drug tarsigrel eased pain.", ("The drug tarsilutamide eased pain.",)),
        (
            "The patients' cells made twice as much.",
            ("The donors' cells made twice as much.", "The patients got a dose."),
        ),
        ("Constipation was seen in 38%.", ("Nausea (38%) and constipation (15%) were common.",)),
        ("It was published in the Journal of Sleep.", ("It was published in the Journal of Pain.",)),
    ],
)
def test_another_of_its_kind_is_another_thing(claim: str, cited: tuple[str, ...]) -> None:
    assert problem_kinds(claim, *cited) & {"entity", "number"}


@pytest.mark.parametrize(
    ("claim", "cited"),
    [
        ("The injections eased pain.", ("A weekly injection of tarsimab was given.", "Tarsimab eased pain.")),
        ("Tarsimab eased pain.", ("The drug tarsimab was given.", "The drug eased pain.")),
        ("Nausea was seen in 38%.", ("Nausea (38%) and constipation (15%) were common.",)),
    ],
)
def test_another_name_of_one_thing_is_that_thing(claim: str, cited: tuple[str, ...]) -> None:
    assert "entity" not in problem_kinds(claim, *cited)


@pytest.mark.parametrize(
    ("word", "kind"),
    [("arthritis", "illness"), ("melanoma", "illness"), ("atorvastatin", "drug"), ("hospital", "institution")],
)
def test_a_word_is_known_by_its_ending_or_its_meaning(word: str, kind: str) -> None:
    assert kind in kinds(read(word).items[0])


@pytest.mark.parametrize("word", ["basis", "dose", "coma", "crisis", "peptide"])
def test_a_short_or_plain_word_is_not_taken_for_one(word: str) -> None:
    assert kinds(read(word).items[0]) <= {"drug"} if word == "peptide" else not kinds(read(word).items[0])


def test_every_row_says_where_it_comes_from_and_stands_once() -> None:
    found = rows("kinds.csv")
    assert all(row["source"] for row in found)
    assert len({tuple(row.values()) for row in found}) == len(found)
