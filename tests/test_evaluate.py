"""The gold sets through the product, held against their floors; and the measuring itself, on answers known wrong."""

import json
from dataclasses import replace

import pytest

from rag.domain import Article, Caveat, Document, Span
from rag.evaluate import answers, appraisals, gold, suites
from rag.evaluate.marks import Mark, Metric, metrics
from rag.evaluate.suites import Held, raise_floors, read_floors, run
from rag.intake import article_of


@pytest.mark.timeout(400)
@pytest.mark.parametrize("suite", suites.SUITES)
def test_no_figure_is_below_its_floor(suite):
    found = list(run(suite))
    assert {held.metric.name for held in found} == set(read_floors()[suite])
    assert [f"{h.metric.name} {h.metric.value:.4f} < {h.floor}: {h.metric.missed}" for h in found if h.fell] == []


def test_a_metric_is_the_mean_of_its_marks_and_names_the_rows_that_fell_short():
    marks = [Mark("dates", "a", 1), Mark("stage", "a", 0), Mark("dates", "b", 0), Mark("dates", "b", 0)]
    dates, stage = metrics(marks)
    assert dates == Metric("dates", 1 / 3, 3, ("b",))
    assert stage.value == 0


def test_floors_rise_and_never_fall(tmp_path):
    path = tmp_path / "floors.json"
    path.write_text(json.dumps({"check": {"pairs": 0.5, "supported_recall": 0.9}}))
    measured = [Held("check", Metric(name, 2 / 3, 3, ()), None) for name in ("pairs", "supported_recall", "new")]
    raise_floors(measured, path)
    floors = read_floors(path)["check"]
    assert floors == {"pairs": 0.6666, "supported_recall": 0.9, "new": 0.6666}
    assert not Held("check", measured[0].metric, floors["pairs"]).fell
    assert Held("check", measured[1].metric, floors["supported_recall"]).fell


@pytest.fixture(scope="module")
def row():
    return gold.articles()["p02"]


@pytest.fixture(scope="module")
def read(row) -> Article:
    text = row.path.read_bytes().decode("utf8")
    return article_of(Document(text, row.path.name, row.id), appraisals.TODAY)


def scores(row, article):
    return {metric.name: metric.value for metric in metrics(appraisals.marked(row, article))}


def test_an_appraisal_that_says_nothing_loses_what_it_owes(row, read):
    empty = replace(read, findings=(), caveats=(), stage="review_opinion")
    found = scores(row, empty)
    assert found["stage"] == found["findings_joint"] == found["caveats_recall"] == 0
    assert found["caveats_clean"] == 1 and "findings_precision" not in found


def test_a_caveat_that_is_not_due_counts_against_it(row, read):
    wrong = Caveat(sorted(row.undue & {"undated", "retracted", "aggregator_source", "garbled_text"})[0], row.id)
    assert (
        scores(row, replace(read, caveats=(*read.caveats, wrong)))["caveats_clean"] < scores(row, read)["caveats_clean"]
    )


@pytest.mark.parametrize(
    ("found", "wanted", "same"),
    [
        ("2026-02-11", "2026-02-11", True),
        ("2026-02", "2026-02-11", True),
        ("2026-03-11", "2026-02-11", False),
        (None, "2026", False),
        (None, None, True),
        ("2026", None, False),
    ],
)
def test_dates_are_the_same_at_the_precision_given(row, read, found, wanted, same):
    article = replace(read, source=replace(read.source, date=found))
    assert scores(replace(row, date=wanted), article)["dates"] == same


def test_a_quote_is_found_however_its_blanks_and_quotation_marks_are_written():
    text = "He said:\u00a0“It\n  works.” It works."
    assert list(gold.places(text, '"It works."')) == [Span(9, 22, "“It\n  works.”")]
    with pytest.raises(ValueError, match="not in its article"):
        list(gold.places(text, "It fails"))


@pytest.mark.parametrize(
    ("expression", "text", "trips"),
    [
        ("cures?", "It cures cancer.", True),
        ("cures?", "It does not cure cancer.", True),
        ("(?#unless denied)cures?", "It does not cure cancer.", False),
        ("(?#unless denied)cures?", "It is not tested, but it cures cancer.", True),
    ],
)
def test_what_a_clause_denies_is_not_said(expression, text, trips):
    row = {"must_include": [], "must_not_include": [expression]}
    assert answers.says(row, text) is not trips
