import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.text.words import STOPWORDS, content, normal, stem, words


@given(st.text())
def test_normal_text_is_as_long_as_the_text(text: str):
    assert len(normal(text)) == len(text)


def test_normal_text_straightens_what_typesetting_bends():
    assert (
        normal("See\u00a0also\u2002“It’s” 2014–2019 — İSTANBUL Straße")
        == 'see also "it\'s" 2014-2019 - İstanbul straße'
    )


@given(st.text())
def test_words_are_slices_in_order(text: str):
    end = 0
    for word in words(text):
        assert word.start >= end and text[word.start : word.end] == word.text
        end = word.end


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CAR-T cells", ["CAR-T", "cells"]),
        ("anti-PD-1 drugs", ["anti", "PD-1", "drugs"]),
        ("KV-19's effect", ["KV-19's", "effect"]),
        ("T-cell and b-cell", ["T", "cell", "and", "b", "cell"]),
        ("treatment-resistant, 52-year-old", ["treatment", "resistant", "52", "year", "old"]),
        ("1,438 or 2.5mg of IL-17C", ["1,438", "or", "2.5", "mg", "of", "IL-17C"]),
        ("don’t", ["don’t"]),
    ],
)
def test_names_hold_together_and_compounds_part(text: str, expected: list[str]):
    assert [word.text for word in words(text)] == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [("patient’s", "patients"), ("PD-1", "PD1"), ("improving", "improved"), ("1,438", "1438"), ("KV-19's", "kv-19")],
)
def test_inflections_share_a_stem(one: str, other: str):
    assert stem(one) == stem(other)


def test_negations_are_content_and_function_words_are_not():
    found = [word.text for word in content("It did not cure the patients without pain")]
    assert found == ["not", "cure", "patients", "without", "pain"]
    assert {"the", "of", "is"} <= STOPWORDS and not {"not", "no", "never", "nor", "mice"} & STOPWORDS
