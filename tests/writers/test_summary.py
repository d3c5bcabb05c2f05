"""Summaries of real articles: in whom first, the comparison with the figure, every weighty limit, and short."""

import pytest

from rag.brief import Outcome
from rag.export.plaintext import plain_text
from rag.question import Kind, Level
from tests.leaflets import NAMES, article, article_from, written


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("name", NAMES)
def test_a_summary_says_every_weighty_limit_at_every_level(name, level):
    about = article(name)
    text = plain_text(written(about, Kind.SUMMARY, level))
    weighty = {caveat.kind: caveat for caveat in about.caveats if caveat.severity == "high"}
    for kind, caveat in weighty.items():
        told_otherwise = {"not_in_humans": "not in people", "retracted": "withdrawn", "small_sample": "took part"}
        assert caveat.text() in text or told_otherwise.get(kind, "\n") in text or "one person" in text
    assert "Talk with your doctor or pharmacist" in text
    assert text.count("This is general information, not medical advice") == 1


@pytest.mark.parametrize("name", NAMES)
def test_a_simple_summary_is_easy_and_short(name):
    brief = written(article(name), Kind.SUMMARY, Level.SIMPLE)
    assert brief.outcome is Outcome.WRITTEN
    assert brief.grade <= 7 and brief.grade_shown <= 9
    assert len(plain_text(brief).split()) <= 330


@pytest.mark.parametrize("name", NAMES)
def test_a_standard_summary_stays_below_grade_eleven(name):
    assert written(article(name), Kind.SUMMARY).grade_shown <= 11


@pytest.mark.parametrize("level", Level)
def test_a_figure_keeps_what_it_is_compared_with(level):
    text = plain_text(written(article("p04"), Kind.SUMMARY, level))
    assert "worked no better than a dummy pill" in text
    assert "5.1 fewer migraine days" not in text or "Those taking placebo had 4.8 fewer" in text


def test_a_withdrawn_study_is_said_to_be_withdrawn_before_anything_else():
    brief = written(article("p13"), Kind.SUMMARY)
    assert brief.bottom_line == "The study behind this was withdrawn."
    assert "retracted" in brief.claims[0].text


def test_a_study_without_results_is_not_told_as_one_with():
    brief = written(article("p11"), Kind.SUMMARY)
    assert brief.bottom_line.startswith("There are no results yet")
    assert "What was found" not in plain_text(brief)


def test_one_line_is_enough_to_be_told_and_no_sentence_is_said_to_be_none():
    one = written(article_from("The drug made tumors shrink in 12 mice, the team reported."), Kind.SUMMARY)
    assert "12 mice" in plain_text(one) and "not in people" in one.bottom_line
    none = written(article_from("Home\nAbout us\nContact"), Kind.SUMMARY)
    assert none.outcome is Outcome.NOT_SAID and not none.claims
    assert none.bottom_line == "The article reports no test results on this."


@pytest.mark.timeout(60)
def test_a_very_long_article_gives_a_summary_of_the_same_length():
    filler = "The weather was mild and many visitors walked along the river in the afternoon. " * 2_200
    text = f"Zinc and sleep\n\nIn mice, zinc made sleep 12% longer.\n\n{filler}"
    assert len(plain_text(written(article_from(text), Kind.SUMMARY)).split()) < 330
