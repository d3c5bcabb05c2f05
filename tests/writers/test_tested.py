"""What results were tested in, in a line of ours."""

import pytest

from rag.domain import Article, Finding, Role, Sentence, Source, Span, Stage
from rag.writers import tested as words
from rag.writers.tested import badges, results, stages

TEXT = "It worked."
SPAN = Span(0, 10, TEXT)


def article(*findings: tuple[Stage, int | None, str | None]) -> Article:
    found = tuple(Finding("a", stage, Role.RESULT, SPAN, n, setting=setting) for stage, n, setting in findings)
    stage = findings[0][0] if findings else Stage.REVIEW_OPINION
    return Article("a", Source("T", "t"), TEXT, (), (), (Sentence("a", 0, 0, 0, SPAN),), found, (), stage)


@pytest.mark.parametrize(
    ("findings", "line"),
    [
        ([(Stage.ANIMAL, None, "guinea pigs")], "This was tested in guinea pigs, not in people."),
        ([(Stage.ANIMAL, None, None)], "This was tested in animals, not in people."),
        ([(Stage.PHASE3, 310, None), (Stage.PHASE3, 2204, None)], "2,204 people"),
        ([(Stage.ANIMAL, None, "mice"), (Stage.PHASE1, 12, None)], "mixes several kinds of evidence: mice, phase 1"),
        ([], "Here is what the article says."),
    ],
    ids=["named", "unnamed", "the whole study", "mixed", "none"],
)
def test_a_line_says_in_what_it_was_tested(findings, line):
    found = article(*findings)
    assert line in words.tested(found, results(found), "en").text


def test_a_spanish_line_is_spanish_throughout():
    found = article((Stage.ANIMAL, None, "mice"), (Stage.CELL, None, None))
    assert badges(stages(results(found)), results(found), "es") == "Células en el laboratorio, ratones"
