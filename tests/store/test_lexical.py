"""Search by words: inflections meet, rare words count more, and nothing a reader types is an operator."""

import time
from collections.abc import Iterable

import pytest

from rag.domain import Passage, Span
from rag.store.lexical import LexicalIndex

TEXTS = {
    "mice": ("Antidepressants in the lab", "The drugs made tumors in mice smaller."),
    "people": ("A trial in people", "36 people took part; nobody knows what the drug did to the tumor."),
    "tea": ("Green tea", "Tea drinkers slept longer, said NOT one but two reports: title:tea AND mice."),
    "diet": ("Café diets", "A naïve diet of T-cells and PD-1 blockers."),
}


@pytest.fixture(scope="module")
def index() -> LexicalIndex:
    return LexicalIndex(
        [Passage(name, name, title, 0, Span(0, len(text), text)) for name, (title, text) in TEXTS.items()]
    )


def names(index: LexicalIndex, query: str, k: int = 10) -> list[str]:
    return [passage.id for passage, _ in index.search(query, k)]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("tumours? a TUMOR in a mouse mice", "mice"),
        ("sleeping and drinking tea", "tea"),
        ("antidepressant", "mice"),
        ("cafe", "diet"),
        ("PD-1", "diet"),
        ("36", "people"),
        ("Which diet?", "diet"),
    ],
)
def test_the_passage_with_the_words_comes_first(index, query, first):
    assert names(index, query)[0] == first


@pytest.mark.parametrize(
    "query",
    [
        '"tea',
        "title:tea",
        "(tea]",
        "+tea -tea",
        "tea AND NOT tea",
        "tea^9",
        "tea~2",
        "/tea/",
        "tea*",
        "tea\\",
        "[tea TO x}",
    ],
)
def test_marks_are_no_operators(index, query):
    assert names(index, query)[0] == "tea"


@pytest.mark.parametrize("query", ["", " ", "?!()[]{}:\"'", "\x00", "😀😀", "zebra", "\ud83d", "x" * 70_000])
def test_a_question_without_a_known_word_finds_nothing(index, query):
    assert index.search(query, 5) == []


def test_a_question_of_20000_characters_is_answered(index):
    assert names(index, "mice " * 4000)[0] == "mice"


def test_a_word_of_the_title_finds_the_passage_and_one_of_the_text_counts_more(index):
    assert names(index, "lab") == ["mice"]
    scores = {passage.id: score for passage, score in index.search("tea people", 5)}
    assert scores["tea"] > 0 and scores["people"] > 0


def test_results_are_ordered_and_no_more_than_asked_for(index):
    scores = [score for _, score in index.search("the drug tumors in tea people", 3)]
    assert len(scores) == 3
    assert scores == sorted(scores, reverse=True) and scores[-1] > 0


@pytest.mark.parametrize("k", [0, -1])
def test_none_asked_for_none_given(index, k):
    assert index.search("tea", k) == []


def test_an_empty_library_has_nothing_to_find():
    assert LexicalIndex([]).search("tea", 3) == []


def test_equal_passages_keep_their_order():
    alike = [Passage(str(n), "a", "", 0, Span(0, 9, "Same text")) for n in range(300)]
    assert [p.id for p, _ in LexicalIndex(alike).search("text", 300)] == [p.id for p in alike]


def articles(names: Iterable[str], text: str = "Report {} on tea and sleep") -> list[Passage]:
    return [
        Passage(f"{name}#{n}", name, "", 0, Span(30 * n, 30 * n + len(told), told))
        for name in names
        for n in range(3)
        for told in [text.format(name)]
    ]


@pytest.mark.parametrize("query", ["tea", "sleep report c", "b"])
def test_an_index_that_grew_finds_what_a_fresh_one_finds_in_the_same_order(query):
    grown = LexicalIndex(articles("bd"))
    for name in "cae":
        grown.replace([name], articles(name))
    fresh = LexicalIndex(articles("abcde"))
    for k in (1, 4, 15):
        assert grown.search(query, k) == fresh.search(query, k)
    assert grown.match(query, articles("abcde")) == fresh.match(query, articles("abcde"))


def test_an_article_taken_out_or_replaced_is_found_no_more():
    index = LexicalIndex(articles("abcdefghijkl"))
    index.replace(["b"], [])
    index.replace(["c"], articles("c", "Report {} on coffee"))
    assert {passage.article for passage, _ in index.search("tea", 99)} == set("adefghijkl")
    assert names(index, "coffee") == ["c#0", "c#1", "c#2"]
    assert not index.match("tea", articles("b")) and index.worn


def test_adding_to_many_passages_takes_a_fraction_of_building_anew():
    began = time.perf_counter()
    index = LexicalIndex(articles([f"n{n}" for n in range(3000)]))
    built = time.perf_counter() - began
    began = time.perf_counter()
    index.replace(["one"], articles(["one"]))
    assert time.perf_counter() - began < built / 3
    assert names(index, "one", 1) == ["one#0"]


def test_more_of_the_question_matches_better(index):
    held = index.match("tumors in mice", [passage for passage, _ in index.search("tumors in mice tea", 9)])
    assert 0 < held["people"] < held["mice"] <= 1 and "diet" not in held
    assert index.match("", [passage for passage, _ in index.search("tea", 9)]) == {}


def test_a_word_that_all_the_passages_hold_does_not_tell_them_apart():
    texts = (
        ["Gout gout gout gout.", "Gout is treated with rest."] + ["Gout hurts in a toe."] * 3 + ["Tea and milk."] * 90
    )
    made = [Passage(f"p{n}", f"p{n}", "T", 0, Span(0, len(text), text)) for n, text in enumerate(texts)]
    index = LexicalIndex(made)
    assert index.search("How is gout treated?", 1)[0][0].id == "p1"
    few = index.match("gout treated", made[:5])
    assert few["p1"] > 2 * few["p0"] and few["p0"] - few["p2"] < 0.1
