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
    ],
)
def test_what_is_not_understood_alone_is_not_told_alone(more: str) -> None:
    assert more not in everything(f"The weather was mild. {more}")


def test_what_takes_back_a_finding_is_told_with_it() -> None:
    more = "Zinc made 30 other mice eat 9% more. However, the difference may be due to chance."
    found = told(more)
    assert "may be due to chance" in found[found.index("Zinc made 30 other mice eat 9% more.") + 1]


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
