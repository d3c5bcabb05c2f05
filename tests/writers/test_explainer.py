"""Explainers of real articles: the parts a patient looks for, in order, the stage in the title, no advice, no hype."""

import re

import pytest

from rag.claim import Claim, Note
from rag.export.plaintext import plain_text
from rag.question import Kind, Level
from tests.leaflets import NAMES, article, article_from, written

PARTS = [
    "heading_key",
    "heading_tested",
    "heading_found",
    "heading_next",
    "heading_sure",
    "heading_gaps",
    "heading_me",
    "heading_ask",
    "heading_words",
    "heading_origin",
]
LOUD = re.compile(r"\b(cures?|cured|breakthroughs?|miracles?|proven|safe|you should)\b", re.I)


def headings(brief):
    return [section.heading.id for section in brief.sections]


def questions(brief):
    return [line.text for s in brief.sections if s.heading.id == "heading_ask" for line in s.lines]


@pytest.mark.parametrize("name", NAMES)
def test_the_parts_stand_in_the_order_of_a_patients_questions(name):
    found = [heading for heading in headings(written(article(name), Kind.EXPLAINER)) if heading in PARTS]
    assert found == [heading for heading in PARTS if heading in found]
    assert {"heading_sure", "heading_me", "heading_ask", "heading_origin"} <= set(found)


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("name", NAMES)
def test_our_own_words_neither_advise_nor_boast(name, level):
    brief = written(article(name), Kind.EXPLAINER, level)
    ours = [line.text for s in brief.sections for line in s.lines if isinstance(line, Note)]
    ours += [claim.text for claim in brief.claims if not claim.verbatim]
    bare = [re.sub(r"[“‘][^”’]*[”’]", "", text) for text in ours]
    assert [text for text in bare if LOUD.search(text)] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_simple_explainer_is_easy_and_keeps_the_limits(name):
    simple, detailed = (written(article(name), Kind.EXPLAINER, level) for level in (Level.SIMPLE, Level.DETAILED))
    assert simple.grade <= 7 and simple.grade_shown <= 9
    assert {c.kind for c in simple.caveats} == {c.kind for c in detailed.caveats}
    assert len(simple.claims) <= len(detailed.claims)


@pytest.mark.parametrize(
    ("name", "title", "asked"),
    [
        ("003", "Explained: Mice", "Has this been tested in people like me?"),
        ("001", "Explained: Phase 2 trial", "Have larger studies found the same?"),
        ("p02", "Explained: Groups of people watched", "Could something else explain this link?"),
        ("p13", "Explained: Background, no test result", "Does it change my care that this study was withdrawn?"),
    ],
)
def test_title_and_questions_fit_the_evidence(name, title, asked):
    brief = written(article(name), Kind.EXPLAINER)
    assert brief.title.text == title
    assert asked in questions(brief) and "What are my choices now?" in questions(brief)
    assert 3 <= len(questions(brief)) <= 5


@pytest.mark.parametrize("name", [name for name in NAMES if article(name).stages])
def test_a_visit_has_three_to_five_questions(name):
    assert 3 <= len(questions(written(article(name), Kind.EXPLAINER))) <= 5


def test_a_text_that_tells_of_no_research_has_no_questions_about_it():
    brief = written(article_from("A wing\n\nThe hospital opened a new wing on Monday."), Kind.EXPLAINER)
    assert questions(brief) == [] and "heading_ask" not in headings(brief)


MIXED = """Two tests of a pill

In a phase 1 trial, 48 healthy volunteers took the pill. Headache was seen in 6 of the 48.

In a phase 2 trial, 122 adults were given the pill or placebo. Pain fell by 38% with the pill and by 4% with placebo.

In mice, the pill cut scars by 20%. The company plans a trial in people.
"""


@pytest.mark.parametrize("kind", [Kind.SUMMARY, Kind.EXPLAINER])
def test_an_article_on_mice_and_people_is_not_said_to_be_on_no_people(kind):
    text = plain_text(written(article_from(MIXED), kind))
    assert "This was not tested in people" not in text and "That part was not tested in people." in text
    assert "48 healthy volunteers" in text and "with 122 " in text
    assert "(The company)" not in text and "A company is part of this work. It may gain" in text


@pytest.mark.parametrize("name", NAMES)
def test_each_kind_of_evidence_with_a_sentence_to_tell_it_has_one_when_there_is_room(name):
    about = article(name)
    brief = written(about, Kind.EXPLAINER, Level.DETAILED)
    assert {finding.stage for finding in brief.evidence} >= ({about.stage} if about.stages else set())


def explained(brief):
    """The words explained, by the heading they stand under."""
    return {
        section.heading.id: [
            line.slots["term"] for line in section.lines if isinstance(line, Note) and line.id == "word"
        ]
        for section in brief.sections
    }


@pytest.mark.parametrize("level", Level)
def test_words_explained_are_those_the_page_uses(level):
    brief = written(article("000"), Kind.EXPLAINER, level)
    words = explained(brief)
    assert dict(brief.glossary)["T cell"].startswith("A white blood cell")
    assert [term for found in words.values() for term in found] == [term for term, _ in brief.glossary]
    assert (words["heading_key"] != []) == (level is Level.SIMPLE), "at first use on the simple page alone"


@pytest.mark.parametrize("name", NAMES)
def test_a_simple_explainer_explains_hard_words_under_the_sentences_that_first_use_them(name):
    brief = written(article(name), Kind.EXPLAINER, Level.SIMPLE)
    told = [term for term, _ in brief.glossary]
    assert len(told) == len(set(told)) <= 7
    for section in brief.sections:
        kinds = [line.id == "word" if isinstance(line, Note) else False for line in section.lines]
        assert kinds == sorted(kinds), "they part no sentence from the one that goes on from it"
    ahead = [term for heading, found in explained(brief).items() if heading != "heading_words" for term in found]
    assert len(ahead) <= 4 and (ahead or not told)


def test_a_word_its_own_sentence_explains_is_left_to_the_list_at_the_end():
    told = "The trial found that gout, a painful form of arthritis, came back in 12% of 300 adults."
    words = explained(written(article_from(f"Gout again\n\n{told}"), Kind.EXPLAINER, Level.SIMPLE))
    assert "gout" not in words["heading_key"] and "arthritis" in words["heading_key"]


@pytest.mark.parametrize(("name", "said"), [("003", "6 April 2010"), ("002", "no clear date"), ("p04", "14 May 2026")])
def test_it_says_where_it_came_from_and_when(name, said):
    text = plain_text(written(article(name), Kind.EXPLAINER))
    assert said in text and "retells one news article" in text and "put together by a program" in text


def test_a_topic_names_the_article_that_was_found_for_it():
    about = article_from("In mice, zinc made sleep 12% longer.", title="Zinc " * 100)
    text = plain_text(written(about, Kind.EXPLAINER, topic="zinc and sleep"))
    assert "For “zinc and sleep” this is the news article" in text
    line = next(line for line in text.splitlines() if "For “zinc" in line)
    assert len(line) < 300 and "…" in line


def test_every_claim_cites_the_article_it_is_about():
    about = article("p14")
    brief = written(about, Kind.EXPLAINER, Level.DETAILED)
    for claim in brief.claims:
        assert isinstance(claim, Claim)
        assert all(about.text[c.span.start : c.span.end] == c.span.text for c in claim.citations)
