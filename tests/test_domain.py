"""The nouns of the library: what each constructor refuses, and what an article knows about itself."""

from dataclasses import FrozenInstanceError

import pytest

from rag.domain import Article, Caveat, Document, Finding, Role, Sentence, Source, Span, Stage

TEXT = "Share this page. The pill slowed tumors in mice. A trial in people is planned."
SOURCE = Source("A pill for tumors", "pill.txt")


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words), words)


MENU, RESULT, PLAN = (
    span("Share this page."),
    span("The pill slowed tumors in mice."),
    span("A trial in people is planned."),
)


def sentence(n: int, place: Span, article: str = "a") -> Sentence:
    return Sentence(article, n, 0, 0, place)


def finding(stage: Stage, role: Role, place: Span, article: str = "a") -> Finding:
    return Finding(article, stage, role, place)


SLOWED = finding(Stage.ANIMAL, Role.RESULT, RESULT)
PLANNED = finding(Stage.TRIAL_UNSPECIFIED, Role.PLANNED, PLAN)
IN_MICE = Caveat("not_in_humans", "a", findings=frozenset({0}))


def article(**changes: object) -> Article:
    whole = {
        "removed": (MENU,),
        "sentences": (sentence(0, RESULT), sentence(1, PLAN)),
        "findings": (SLOWED, PLANNED),
        "caveats": (IN_MICE,),
        "stage": Stage.ANIMAL,
    }
    return Article("a", SOURCE, TEXT, **{**whole, **changes})


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [(-1, 3, "four"), (0, 3, "four"), (0, 5, "four"), (4, 0, "four"), (3, 3, ""), (0, 2, " \n")],
    ids=["before the text", "too short", "too long", "backwards", "empty", "blank"],
)
def test_a_span_is_the_place_of_its_words(start, end, text):
    with pytest.raises(ValueError, match="is not the place of"):
        Span(start, end, text)


@pytest.mark.parametrize(
    ("other", "overlaps"),
    [(Span(0, 4, "abcd"), False), (Span(0, 5, "abcde"), True), (Span(6, 7, "g"), True), (Span(8, 9, "i"), False)],
)
def test_spans_overlap_where_they_share_a_character(other, overlaps):
    here = Span(4, 8, "efgh")
    assert here.overlaps(other) is overlaps
    assert other.overlaps(here) is overlaps


@pytest.mark.parametrize(("text", "name"), [("", "a"), (" \n", "a"), ("words", ""), ("words", " ")])
def test_a_document_has_a_text_and_an_id(text, name):
    with pytest.raises(ValueError, match="needs a text and an id"):
        Document(text, "file.txt", name)


@pytest.mark.parametrize("size", [0, -3])
def test_a_study_has_someone_in_it(size):
    with pytest.raises(ValueError, match="is none"):
        Finding("a", Stage.PHASE2, Role.RESULT, RESULT, sample_size=size)


@pytest.mark.parametrize(
    ("kind", "slots", "says"),
    [
        ("no_such_caveat", {}, "no caveat"),
        ("not_found", {}, "no caveat"),
        ("small_sample", {}, "takes the slots"),
        ("not_in_humans", {"n": "3"}, "takes the slots"),
    ],
)
def test_a_caveat_is_one_of_the_catalogue(kind, slots, says):
    with pytest.raises(ValueError, match=says):
        Caveat(kind, "a", slots=slots)


SHIFTED = Span(RESULT.start + 1, RESULT.end + 1, RESULT.text)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"removed": (SHIFTED,)}, "does not stand at"),
        ({"headings": (SHIFTED,)}, "does not stand at"),
        ({"sentences": (sentence(0, SHIFTED),)}, "does not stand at"),
        ({"findings": (finding(Stage.ANIMAL, Role.RESULT, SHIFTED),)}, "does not stand at"),
        ({"caveats": (Caveat("not_in_humans", "a", SHIFTED),)}, "does not stand at"),
        ({"sentences": (sentence(0, RESULT, "b"),)}, "holds something of"),
        ({"findings": (finding(Stage.ANIMAL, Role.RESULT, RESULT, "b"),)}, "holds something of"),
        ({"caveats": (Caveat("not_in_humans", "b"),)}, "holds something of"),
        ({"sentences": (sentence(0, MENU),)}, "must not be cited"),
        ({"findings": (finding(Stage.ANIMAL, Role.RESULT, MENU),)}, "must not be cited"),
        ({"stage": Stage.TRIAL_UNSPECIFIED}, "not the stage of any result"),
        ({"stage": Stage.REVIEW_OPINION}, "not the stage of any result"),
        ({"findings": (), "caveats": (), "stage": Stage.ANIMAL}, "not the stage of any result"),
    ],
)
def test_an_article_holds_nothing_that_is_not_its_own_words(changes, says):
    with pytest.raises(ValueError, match=says):
        article(**changes)


def test_an_article_without_a_result_is_background():
    assert article(findings=(PLANNED,), caveats=(), stage=Stage.REVIEW_OPINION).stages == ()


def test_only_results_have_a_stage():
    tissue = finding(Stage.CELL, Role.RESULT, RESULT)
    assert article(findings=(SLOWED, tissue, PLANNED)).stages == (Stage.CELL, Stage.ANIMAL)


@pytest.mark.parametrize(
    ("place", "citable"), [(RESULT, True), (MENU, False), (span("page. The pill"), False), (SHIFTED, False)]
)
def test_what_was_removed_or_never_stood_there_cannot_be_cited(place, citable):
    assert article().citable(place) is citable


@pytest.mark.parametrize(
    ("cited", "severity", "due"),
    [((RESULT,), "high", [IN_MICE]), ((PLAN,), "high", []), ((RESULT,), "medium", []), ((), "high", [])],
)
def test_a_caveat_is_due_where_its_result_is_cited(cited, severity, due):
    assert list(article().due(cited, severity)) == due


def test_a_caveat_of_the_whole_article_is_due_with_any_result():
    whole = Caveat("harms_missing", "a")
    assert list(article(caveats=(whole,)).due((RESULT,))) == [whole]
    assert list(article(caveats=(whole,)).due((PLAN,))) == []


def test_stages_have_an_order_and_those_in_people_are_known():
    assert Stage.UNCLEAR.rank < Stage.CELL.rank < Stage.ANIMAL.rank < Stage.PHASE1.rank < Stage.APPROVED.rank
    assert Stage.CASE_REPORT.in_people
    assert not any(stage.in_people for stage in (Stage.UNCLEAR, Stage.CELL, Stage.ANIMAL, Stage.HUMAN_TISSUE))
    assert not Stage.REVIEW_OPINION.in_people


def test_nothing_can_be_changed_afterwards():
    with pytest.raises(FrozenInstanceError):
        article().text = "other"
