"""The list of articles: sorted, and found by title, outlet, year and kind of evidence."""

import pytest

from rag.domain import Article, Finding, Role, Source, Span, Stage
from rag.ui import words
from rag.ui.filters import NOT_STATED, Wanted, newest_first, outlet, stages, year

TEXT = "It helped."


def article(name, date=None, of=None, stage=Stage.ANIMAL):
    found = Finding(name, stage, Role.RESULT, Span(0, len(TEXT), TEXT))
    return Article(
        name, Source(f"Sleep and {name}", f"{name}.txt", of, date=date), TEXT, findings=(found,), stage=stage
    )


MICE = article("mice", "2024-05-01", "The Post")
PEOPLE = article("people", "2025", "The Herald", Stage.PHASE2)
UNDATED = article("Walnuts")
ALL = (UNDATED, MICE, PEOPLE)


def test_the_newest_comes_first_and_the_undated_last():
    assert newest_first(ALL) == [PEOPLE, MICE, UNDATED]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(), {"mice", "people", "Walnuts"}),
        (Wanted(text="SLEEP walnuts"), {"Walnuts"}),
        (Wanted(text="herald"), {"people"}),
        (Wanted(outlet="The Post"), {"mice"}),
        (Wanted(outlet=NOT_STATED), {"Walnuts"}),
        (Wanted(year="2025"), {"people"}),
        (Wanted(year=NOT_STATED), {"Walnuts"}),
        (Wanted(stage=words.stage(Stage.ANIMAL)), {"mice", "Walnuts"}),
        (Wanted(outlet="The Post", year="2025"), set()),
    ],
)
def test_what_is_looked_for_is_found(wanted, found):
    assert {a.id for a in ALL if wanted.fits(a)} == found


def test_what_an_article_does_not_tell_has_a_name():
    assert (outlet(UNDATED), year(UNDATED)) == (NOT_STATED, NOT_STATED)
    assert stages(PEOPLE) == (words.stage(Stage.PHASE2),)
