"""Facts in the reader's words."""

import pytest

from rag.domain import Article, Finding, Role, Source, Span, Stage
from rag.ui import words

TEXT = "Twelve mice were treated. A phase 2 trial had 36 patients. More trials are planned."


def finding(start, stage, role=Role.RESULT, sample_size=None):
    end = TEXT.index(".", start) + 1
    return Finding("a", stage, role, Span(start, end, TEXT[start:end]), sample_size)


MICE = finding(0, Stage.ANIMAL, sample_size=12)
PHASE2 = finding(26, Stage.PHASE2, sample_size=36)
PLANNED = finding(59, Stage.PHASE3, Role.PLANNED, 300)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (Source("A title", "a.txt", outlet="The Daily", date="2024-02-11"), "The Daily, 11 February 2024"),
        (Source("A title", "a.txt", outlet="The Daily"), "The Daily, no date"),
        (Source("A title", "a.txt", date="2013-03"), "A title, March 2013"),
        (
            Source("One word after another until the line is full", "a.txt", date="2010"),
            "One word after another until the line is…, 2010",
        ),
    ],
)
def test_a_chip_names_outlet_or_title_and_date(source, said):
    assert words.short(source) == said


def test_what_is_not_stated_is_said():
    source = Source("A title", "a.txt")
    assert words.stated(source) == "outlet not stated; no date; journal not stated"
    assert words.facts_html(Article("a", source, TEXT)).count("not stated") == 6


@pytest.mark.parametrize(
    ("text", "shown"),
    [("short", "short"), ("two words", "two…"), ("  a\n b ", "a b"), ("x" * 20, "xxxxxxxx…")],
)
def test_a_long_text_is_cut_between_words(text, shown):
    assert words.clipped(text, 8) == shown


@pytest.mark.parametrize(
    ("found", "labels"),
    [
        ((MICE, PHASE2), ["Animals, a sample of 12", "Phase 2 trial, 36 people"]),
        ((PHASE2, MICE, MICE), ["Animals, a sample of 12", "Phase 2 trial, 36 people"]),
        ((PHASE2, finding(26, Stage.PHASE2)), ["Phase 2 trial, 36 people"]),
        ((finding(26, Stage.CASE_REPORT, sample_size=1),), ["One person’s case, 1 person"]),
        ((PLANNED,), []),
    ],
)
def test_only_results_are_labelled_lowest_first(found, labels):
    assert list(words.badges(found)) == labels


def test_an_article_without_results_says_so():
    assert "Background, no test result" in words.article_badges_html(Article("a", Source("T", "a.txt"), TEXT))


def test_every_stage_has_a_label_and_a_meaning():
    assert all(words.stage(stage) and words.stage_meaning(stage) for stage in Stage)
    assert set(words.ROLES) == set(Role)


@pytest.mark.parametrize(
    "text", ["[x](http://a.b)", ":red[x]", "$x$", "**x**", ":smile:", "<b>", "`x`", "# x", "1 > 0"]
)
def test_nothing_in_a_label_is_markdown(text):
    escaped = words.literal(text)
    assert escaped.replace("\\", "") == text
    for before, mark in zip(" " + escaped, escaped, strict=False):
        assert mark.isalnum() or mark in " \\" or before == "\\"
