"""What of an article a leaflet tells, and in which part."""

import pytest

from rag.claim import Claim
from rag.question import Kind, Level
from tests.leaflets import NAMES, article, article_from, written

TEXT = """Zinc and sleep

In 40 mice, zinc made sleep 12% longer. {}
"""


def told(more: str, part: str = "heading_found", level: Level = Level.DETAILED) -> list[str]:
    """The sentences of a part of the explainer of an article with some more text."""
    brief = written(article_from(TEXT.format(more)), Kind.EXPLAINER, level)
    return [line.text for section in brief.sections if section.heading.id == part for line in section.lines]


def everything(more: str) -> str:
    return "\n".join(
        text for part in ("key", "done", "tested", "found", "next") for text in told(more, f"heading_{part}")
    )


@pytest.mark.parametrize(
    "more",
    [
        "Neither they nor the nurses knew which mice got zinc.",
        "Why is this needed?",
        "Such results in mice were seen before.",
        "Research on mice is to be continued.",
        "Three said the mice had slept well.",
        "Ten weeks later, she says, the mice had calmed down.",
        "In contrast, the other mice ate 9% less.",
        "Similarly, 30 mice ate 9% less.",
        "Mice were also later looked at by nurses, which found 9% fewer wounds.",
        "In all, 12 of these mice ate 9% less.",
    ],
)
def test_what_is_not_understood_alone_is_not_told_alone(more: str) -> None:
    assert more not in everything(f"The weather was mild. {more}")


def test_what_takes_back_a_finding_is_told_with_it() -> None:
    more = "Zinc made 30 other mice eat 9% more. However, the difference may be due to chance."
    found = told(more)
    assert "may be due to chance" in found[found.index("Zinc made 30 other mice eat 9% more.") + 1]


def test_those_who_did_something_need_no_sentence_before_them() -> None:
    assert "Those given zinc, all of them mice, ate 9% more." in told(
        "The weather was mild. Those given zinc, all of them mice, ate 9% more."
    )


def test_a_result_of_a_comparison_is_found_and_not_what_was_done() -> None:
    more = "Three mice given zinc fell ill, compared with 18 others, a protection of 83%."
    assert more in told(more) and more not in told(more, "heading_tested")


@pytest.mark.parametrize(
    "more",
    [
        "The mice had a mean age of 9 weeks, and 54% were male.",
        "When the study began, the 40 mice weighed 31 grams on average.",
        "The 40 mice were randomly assigned to zinc or to no zinc.",
    ],
)
def test_who_was_studied_is_no_finding(more: str) -> None:
    assert more not in told(more) and more in told(more, "heading_tested")


@pytest.mark.parametrize(
    "start",
    [
        "BOSTON -- ",
        "DARIEN, IL - Nov. 16, 2017 - ",
        "Newswise — CHARLOTTE, N.C., July 26, 2016 /PRNewswire/ -- ",
        "-- ",
    ],
)
def test_the_town_and_day_a_report_is_sent_from_are_left_out(start: str) -> None:
    brief = written(
        article_from(f"Zinc again\n\n{start}In a study of 40 mice, zinc made sleep 12% longer."), Kind.EXPLAINER
    )
    assert [claim.text for claim in brief.claims] == ["In a study of 40 mice, zinc made sleep 12% longer."]


def test_a_harm_that_is_told_is_shown_and_is_not_the_main_message() -> None:
    text = (
        "Pills\n\nA trial tested a pill in 300 adults. Side effects were seen in 12% of those on the pill and in 9% on "
        "placebo. "
        "Pain fell by 31% with the pill and by 12% with placebo. Sleep rose by 9% and steps by 4%. Weight fell by 8%."
    )
    brief = written(article_from(text), Kind.SUMMARY, Level.SIMPLE)
    assert "Pain fell" in brief.claims[0].text
    assert any("Side effects" in claim.text for claim in brief.claims)


def test_whom_a_pronoun_means_is_not_left_out() -> None:
    more = "The team found that mice on zinc ate 9% more, which led them to test a lower dose in mice."
    assert not [text for text in told(more) if "them" in text and "team" not in text]


@pytest.mark.parametrize("name", NAMES)
def test_what_was_done_is_no_finding_and_a_finding_is_not_what_was_done(name: str) -> None:
    brief = written(article(name), Kind.EXPLAINER, Level.SIMPLE)
    done = [
        line.text
        for s in brief.sections
        if s.heading.id == "heading_tested"
        for line in s.lines
        if isinstance(line, Claim)
    ]
    assert not [text for text in done if " cannot " in text or "% " in text or " fell " in text or " rose " in text]
