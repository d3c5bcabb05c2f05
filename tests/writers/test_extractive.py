"""The built-in writer: plain words where the check can carry them, a quotation where it cannot, nothing invented."""

from dataclasses import replace

from rag.claim import Draft, Note
from rag.question import Asks, Part
from rag.writers.extractive import Extractive, quote


def drafts(evidence) -> list[tuple[str, Draft]]:
    lines = list(Extractive().write(evidence))
    return [(heading.id, line) for heading, line in lines if not isinstance(line, Note)]


def test_a_plain_sentence_rests_on_the_whole_of_the_one_it_is_from(evidence, article):
    found = article(("Furthermore, the study found that the kidney scars shrank.", "The pill slowed scars in mice."))
    ((_, draft),) = drafts(evidence(0, of=found))
    assert draft.text == "The kidney scars shrank."
    assert draft.citations[0].span == found.sentences[0].span


def test_what_fails_its_check_is_quoted_and_a_quotation_is_given_up(evidence):
    given = evidence(1)
    whole = quote(given.picks[0].sentence)
    assert Extractive().repair(Draft("It cures.", whole.citations), (), given) == whole
    assert Extractive().repair(whole, (), given) is None


def test_each_part_of_an_answer_stands_under_its_heading(evidence):
    given = evidence(1, 0, 3)
    parts = (Part.ANSWER, Part.TESTED, Part.NEXT)
    given = replace(given, picks=tuple(replace(p, part=part) for p, part in zip(given.picks, parts, strict=True)))
    assert [heading for heading, _ in drafts(given)] == ["heading_says", "heading_tested", "heading_next"]


def test_a_summary_leaves_hopes_out_and_says_what_is_not_said(evidence):
    lines = list(Extractive().write(evidence(asks=Asks.SUMMARY)))
    text = " ".join(line.text for _, line in lines)
    assert "30% smaller" in text and "planned" in text
    assert "one day change" not in text
    assert any(isinstance(line, Note) and line.id == "dose_missing" for _, line in lines)
