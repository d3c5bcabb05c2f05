"""What goes into the store comes out of it: the same article, the same passage, or a clear word that it is damaged."""

import json
import re

import pytest

from rag.domain import Article, Caveat, Finding, Passage, Role, Sentence, Source, Span, Stage
from rag.errors import StoreError
from rag.store import records

TEXT = "Share this\n\nMice\n\nThe drug “X” shrank tumors in 36\u00a0mice — by half. 癌症 💊 later.\nNo one knows why."


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words), words)


@pytest.fixture
def article() -> Article:
    result = span("The drug “X” shrank tumors in 36\u00a0mice — by half.")
    return Article(
        "a1",
        Source("Ein Titel", "a.html", "The Paper", "https://a.test/1", "2013-03", ("Ann Lee", "Bo Day"), (), "Nature"),
        TEXT,
        removed=(span("Share this"),),
        headings=(span("Mice"),),
        sentences=(Sentence("a1", 0, 0, 0, result), Sentence("a1", 1, 1, 0, span("No one knows why."))),
        findings=(Finding("a1", Stage.ANIMAL, Role.RESULT, result, 36, 2),),
        caveats=(
            Caveat("not_in_humans", "a1", None, {}, frozenset({0})),
            Caveat("small_sample", "a1", span("36\u00a0mice"), {"n": "36"}),
        ),
        stage=Stage.ANIMAL,
    )


def test_an_article_comes_back_equal(article):
    back = records.load(records.dump(article), "a1")
    assert back == article
    assert [type(value) for value in (back.stage, back.findings[0].role, back.caveats[0].findings)] == [
        Stage,
        Role,
        frozenset,
    ]


def test_a_record_holds_the_text_once(article):
    assert len(re.findall("shrank tumors", json.loads(records.dump(article))["text"])) == 1
    assert records.dump(article).count("shrank tumors") == 1


@pytest.mark.parametrize("title", ["A report", "", "Two\nlines", " spaces "])
def test_a_passage_comes_back_equal(title):
    passage = Passage("a1#3", "a1", title, 2, Span(7, 20, "Two.\nOr more."))
    assert records.passage(records.embedding_text(passage), records.facts(passage)) == passage
    assert records.embedding_text(passage).startswith(title)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda record: record[: len(record) // 2],
        lambda record: "",
        lambda record: "[1, 2]",
        lambda record: "null",
        lambda record: record.replace('"text":', '"txt":'),
        lambda record: record.replace("not_in_humans", "no_such_caveat"),
        lambda record: record.replace('"animal"', '"angel"'),
        lambda record: record.replace('"headings":[[12,16]]', '"headings":[[9999,9]]'),
        lambda record: record.replace('"headings":[[12,16]]', '"headings":12'),
    ],
)
def test_a_damaged_record_names_its_article_and_the_way_out(article, spoil):
    record = records.dump(article)
    assert spoil(record) != record
    with pytest.raises(StoreError, match="a1") as error:
        records.load(spoil(record), "a1")
    assert "remove a1" in error.value.hint
