import datetime

import pytest

from rag.domain import Article, Sentence, Source, Span
from rag.evidence.appraise import appraise

TODAY = datetime.date(2026, 11, 21)
RECIPE = "Lentil soup\n\nRinse the lentils. Fry the onion in oil. Simmer for 20 minutes and season to taste."
CODE = "def mean(values):\n    return sum(values) / len(values)\n"
LONG = "In mice the drug reduced tumors by 50 percent and "


def one_sentence(text: str) -> Article:
    sentence = Sentence("x", 0, 0, 0, Span(0, len(text), text))
    return Article("x", Source(title="A title", origin="x"), text, sentences=(sentence,))


@pytest.mark.parametrize(
    "text", [RECIPE, CODE, "Links\n\nHome\n\nAbout us\n\nContact", "\u200b\u200bhello\u200b there."]
)
def test_a_text_without_a_finding_has_no_result(read, text):
    article = read(text)
    assert article.stages == () and article.stage == "review_opinion"
    assert not {caveat.severity for caveat in article.caveats} & {"high"}


def test_an_article_without_sentences_has_nothing():
    empty = Article("x", Source(title="Nothing", origin="x"), "Advertisement", (Span(0, 13, "Advertisement"),))
    assert appraise(empty, TODAY) == empty


@pytest.mark.timeout(10)
@pytest.mark.parametrize("text", ["A" * 1_000_000, LONG * 20_000, "Alpha Beta " * 90_000, "1 in 2 of the " * 70_000])
def test_a_line_without_an_end_is_left_alone(text):
    assert appraise(one_sentence(text), TODAY).findings == ()


def test_removed_lines_carry_no_finding_and_no_caveat(read):
    article = read(
        "Gel and wounds\n\nby admin\n\nResearchers gave a gel to 40 mice. Their wounds healed 20 percent faster "
        "than those of "
        "untreated mice.\n\nThis website uses cookies to improve your experience. We'll assume you're ok with this.\n\n"
        "Copyright © 2023 Health Daily. All rights reserved."
    )
    assert article.removed
    spans = [finding.span for finding in article.findings] + [caveat.span for caveat in article.caveats if caveat.span]
    assert spans and not any(span.overlaps(gone) for span in spans for gone in article.removed)


def test_every_span_is_a_slice_of_the_text(read):
    article = read(
        "Tea and sleep\n\n“We saw a 20% drop in waking,” said Dr. Öz – the lead author. The study enrolled 60 "
        "adults; a larger "
        "trial is planned."
    )
    spans = [finding.span for finding in article.findings] + [caveat.span for caveat in article.caveats if caveat.span]
    assert spans and all(article.text[span.start : span.end] == span.text for span in spans)


def test_a_sentence_is_cut_where_its_role_changes(read):
    article = read(
        "Nasal spray\n\nThe trial enrolled 90 adults. No serious adverse reactions were seen in the spray "
        "group, suggesting that "
        "the spray could one day become a safe option."
    )
    assert [str(finding.role) for finding in article.findings] == ["result", "aspiration"]
    assert article.findings[0].span.text == "No serious adverse reactions were seen in the spray group"
