"""Leaflets on several articles: a table of their studies, what they share and what parts them, nothing mixed."""

import re

import pytest

from rag.brief import Outcome
from rag.claim import Claim, Note
from rag.export.plaintext import plain_text
from rag.question import Kind, Level
from tests.leaflets import article, article_from, side_by_side

MORE = article_from("A trial\n\nIn a trial of 40 adults, zinc led to 30% more asthma attacks.", name="more")
FEWER = article_from("A trial\n\nIn a trial of 90 adults, zinc led to 20% fewer asthma attacks.", name="fewer")
SAME = article_from("A trial\n\nIn a trial of 60 adults, zinc worked no better than a dummy pill.", name="same")


def section(brief, name):
    return next((s for s in brief.sections if s.heading.id == name), None)


def notes(brief, name):
    found = section(brief, name)
    return {line.id: line for line in found.lines if isinstance(line, Note)} if found else {}


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("kind", [Kind.SUMMARY, Kind.EXPLAINER])
def test_each_article_has_a_row_of_its_own(kind, level):
    names = ("000", "001", "003")
    brief = side_by_side(names, kind, level)
    rows = section(brief, "heading_studies").rows
    assert brief.outcome is Outcome.WRITTEN and len(rows) == 3
    for name, (title, tested, *_, saw) in zip(names, rows, strict=True):
        about = article(name)
        assert title.article == tested.article == about.id
        assert isinstance(saw, Claim) and {citation.article for citation in saw.citations} == {about.id}
    assert [row[2].text for row in rows] == ["no people took part", "36 patients", "no people took part"]
    assert [row[3].text for row in rows] == ["28 May 2025", "no clear date", "6 April 2010"]


@pytest.mark.parametrize("level", Level)
def test_no_claim_rests_on_two_articles_and_every_weighty_limit_is_said(level):
    names = ("000", "001", "002", "003", "004")
    brief = side_by_side(names, Kind.EXPLAINER, level)
    assert all(len({citation.article for citation in claim.citations}) == 1 for claim in brief.claims)
    said = {(caveat.kind, caveat.article) for caveat in brief.caveats}
    assert {(c.kind, a.id) for a in map(article, names) for c in a.caveats if c.severity == "high"} <= said
    assert "not medical advice" in plain_text(brief)


def test_a_simple_one_is_easy():
    brief = side_by_side(("000", "001", "003"), Kind.EXPLAINER, Level.SIMPLE)
    assert brief.grade <= 7 and brief.grade_shown <= 9


def test_it_says_what_was_tested_and_where_people_took_part():
    brief = side_by_side(("000", "001", "003"), Kind.EXPLAINER)
    differ = notes(brief, "heading_differ")
    assert differ["differ_people"].slots["list"] == "[2]"
    assert differ["differ_kind"].text.endswith("[1] mice, human cells or tissue in a lab; [2] phase 2 trial; [3] mice.")


def test_opposite_directions_on_one_thing_are_told_with_both_sources():
    brief = side_by_side((MORE, FEWER), Kind.EXPLAINER)
    told = notes(brief, "heading_differ")["differ_opposite"]
    assert told.slots == {"thing": "asthma attacks", "up": "[1]", "down": "[2]"}
    assert "differ_opposite" not in notes(side_by_side((FEWER, SAME), Kind.EXPLAINER), "heading_differ")


def test_a_result_that_nothing_was_seen_is_set_against_one_that_something_was():
    told = notes(side_by_side((FEWER, SAME), Kind.SUMMARY), "heading_differ")["differ_effect"]
    assert told.slots == {"none": "[2]", "some": "[1]"}
    assert "agree_people" in notes(side_by_side((FEWER, SAME), Kind.SUMMARY), "heading_agree")


def test_numbers_are_never_put_together():
    brief = side_by_side((MORE, FEWER, SAME), Kind.EXPLAINER)
    ours = " ".join(line.text for s in brief.sections for line in s.lines if isinstance(line, Note))
    assert not {"190", "130", "150", "50%"} & set(re.findall(r"\d+%?", ours))


def test_a_withdrawn_study_is_not_one_of_those_that_agree():
    brief = side_by_side(("p13", "001"), Kind.EXPLAINER)
    assert not notes(brief, "heading_differ") and not notes(brief, "heading_agree")
    assert "The study behind this was withdrawn." in plain_text(brief)


def test_a_spanish_one_quotes_and_does_not_translate():
    brief = side_by_side(("000", "001"), Kind.EXPLAINER, language="es")
    assert "Los estudios, uno al lado del otro" in plain_text(brief)
    assert all(claim.verbatim for claim in brief.claims)
