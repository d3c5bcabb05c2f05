"""Passages hold every citable sentence once, in order, and never join what the article keeps apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.domain import Article, Sentence, Source, Span
from rag.retrieve.passages import SENTENCES, WORDS, passages


def article(lengths: list[tuple[int, int]], removed: int = -1, heading: int = -1) -> Article:
    """Make an article of sentences given as (words, section), with a removed line or heading before one of them."""
    text, sentences, gone, headings = "", [], [], []
    for n, (words, section) in enumerate(lengths):
        for wall, place in ((gone, removed), (headings, heading)):
            if n == place:
                wall.append(Span(len(text), len(text) + 8, "See also"))
                text += "See also\n"
        sentence = " ".join(f"w{n}" for _ in range(words)) + "."
        sentences.append(Sentence("a", n, 0, section, Span(len(text), len(text) + len(sentence), sentence)))
        text += sentence + " "
    return Article("a", Source("A title", "a.txt"), text or "-", tuple(gone), tuple(headings), tuple(sentences))


def held(found: Article) -> list[list[int]]:
    """The sentence numbers each passage holds."""
    return [
        [s.n for s in found.sentences if passage.span.start <= s.span.start and s.span.end <= passage.span.end]
        for passage in passages(found)
    ]


@pytest.mark.parametrize(
    ("lengths", "groups"),
    [
        ([], []),
        ([(10, 0)], [[0]]),
        ([(10, 0)] * 3, [[0, 1, 2]]),
        ([(10, 0)] * 6, [[0, 1, 2], [3, 4, 5]]),
        ([(10, 0), (10, 0), (10, 1), (10, 1)], [[0, 1], [2, 3]]),
        ([(10, 0), (200, 0), (10, 0)], [[0], [1], [2]]),
        ([(60, 0), (60, 0)], [[0], [1]]),
        ([(30, 0), (30, 0), (30, 0), (30, 0)], [[0, 1], [2, 3]]),
    ],
)
def test_sentences_are_grouped(lengths, groups):
    assert held(article(lengths)) == groups


@pytest.mark.parametrize("wall", ["removed", "heading"])
def test_nothing_is_joined_across_what_stands_between(wall):
    assert held(article([(10, 0)] * 4, **{wall: 2})) == [[0, 1], [2, 3]]


def test_a_passage_is_a_slice_of_the_text_under_the_title_with_its_own_id():
    found = article([(10, 0)] * 6)
    cut = passages(found)
    assert [p.id for p in cut] == ["a#0", "a#1"]
    assert {(p.article, p.title, p.section) for p in cut} == {("a", "A title", 0)}
    assert all(found.text[p.span.start : p.span.end] == p.span.text for p in cut)
    assert cut == passages(found)


@given(st.lists(st.tuples(st.integers(1, 150), st.integers(0, 2)), max_size=30), st.integers(0, 30), st.integers(0, 30))
def test_every_sentence_is_in_one_passage_and_none_is_too_long(lengths, removed, heading):
    found = article(sorted(lengths, key=lambda one: one[1]), removed, heading)
    groups = held(found)
    assert [n for group in groups for n in group] == [sentence.n for sentence in found.sentences]
    for group, passage in zip(groups, passages(found), strict=True):
        assert len(group) <= SENTENCES
        assert len(group) == 1 or len(passage.span.text.split()) <= WORDS
        assert {found.sentences[n].section for n in group} == {passage.section}
        assert found.citable(passage.span)
