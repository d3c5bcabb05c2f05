"""Filters of a search: what is kept, what is said of the rest, and what no filter can be."""

import pytest

from rag.domain import Article, Finding, Role, Source, Span, Stage
from rag.errors import RagError
from rag.retrieve.filters import Filter


def article(name: str, outlet: str | None, date: str | None, stage: Stage | None = None) -> Article:
    text = "It shrank."
    findings = (Finding(name, stage, Role.RESULT, Span(0, len(text), text)),) if stage else ()
    kind = stage or Stage.REVIEW_OPINION
    return Article(name, Source("T", f"{name}.txt", outlet, date=date), text, findings=findings, stage=kind)


ARTICLES = (
    article("day", "Harbour News", "2024-03-09", Stage.ANIMAL),
    article("month", "The Harbour Post", "2024-03", Stage.PHASE2),
    article("year", "Hill Gazette", "2024"),
    article("old", "Hill Gazette", "2019-12-31", Stage.ANIMAL),
    article("undated", "Harbour News", None, Stage.ANIMAL),
)


@pytest.mark.parametrize(
    ("only", "kept"),
    [
        (Filter(), None),
        (Filter(outlet="harbour"), ["day", "month", "undated"]),
        (Filter(since="2024"), ["day", "month", "year"]),
        (Filter(until="2024"), ["day", "month", "year", "old"]),
        (Filter(since="2024-03-10"), ["month", "year"]),
        (Filter(since="2024-04", until="2024-05"), ["year"]),
        (Filter(until="2019"), ["old"]),
        (Filter(stage="animal"), ["day", "old", "undated"]),
        (Filter(stage="animal", outlet="Harbour", since="2020"), ["day"]),
        (Filter(stage="phase3"), []),
    ],
)
def test_the_articles_that_fit_are_kept(only, kept):
    assert only.chosen(ARTICLES) == kept


def test_it_is_said_what_was_not_searched():
    assert Filter().notices(ARTICLES) == Filter(outlet="hill").notices(ARTICLES) == ()
    assert "1 article is not searched" in Filter(since="2020").notices(ARTICLES)[0]
    assert Filter(stage="cell").notices(ARTICLES) == ("No article fits the filter.",)


@pytest.mark.parametrize(
    "wrong",
    [{"since": "yesterday"}, {"until": "2024-13"}, {"since": "2024-1"}, {"stage": "mouse"}]
    + [{"since": "2025", "until": "2024"}],
)
def test_a_filter_that_means_nothing_is_refused_with_what_to_write(wrong):
    with pytest.raises(RagError) as refused:
        Filter(**wrong)
    assert refused.value.hint
