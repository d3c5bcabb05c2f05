"""The plain form: what a reader sees, whatever the characters are."""

import pytest

from rag.safety.matching import WINDOW, clauses, plain, shown


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Don’t STOP!", "dont stop"),
        ("Él se quiere morir", "el se quiere morir"),
        ("Я", "я"),
        ("раin", "pain"),
        ("ﬁne", "fine"),
        ("我不想活了", "我 不 想 活 了"),
        ("自殺", "自 杀"),
        ("मैं मरना चाहता हूँ", "मैं मरना चाहता हूं"),
        ("k1ll 13.4 mg", "kill 13 4 mg"),
        ("self-harm", "self harm"),
        ("", ""),
    ],
)
def test_words_are_reduced_to_what_they_say(text, read):
    assert plain(text) == plain(read) == read


def test_hidden_characters_and_reversed_words_are_shown():
    assert shown("a\u200bb\u00adc\x00d") == "abcd"
    assert shown("say \u202eolleh\u202c twice") == "say hello twice"


def test_a_message_falls_into_clauses():
    assert clauses("One. Two? 三。Four", lambda word: False) == ("one ", "two ? ", "三 ", "four ")


def test_a_long_clause_is_seen_in_overlapping_windows():
    parts = clauses(" ".join(f"w{n}" for n in range(150)), lambda word: False)
    assert all(len(part.split()) <= WINDOW for part in parts)
    assert {word for part in parts for word in part.split()} == {f"w{n}" for n in range(150)}


def test_a_word_stretched_or_spelt_out_is_itself():
    def die(word):
        return word == "die"

    assert clauses("diiieee", die) == ("die ",)
    assert clauses("to d i e", die) == ("to die ",)
    assert clauses("a b c", die) == ("a b c ",)


def test_a_hurried_spelling_is_read_as_what_it_stands_for():
    assert clauses("jveux mourrir", lambda word: False) == ("je veux mourir ",)
    assert clauses("i wana end my lyfe 2nite", lambda word: False) == ("i wanna end my life tonight ",)


def test_an_umlaut_spelt_out_is_undone_only_where_that_makes_a_known_word():
    def mochte(word):
        return word == "mochte"

    assert clauses("ich moechte", mochte) == ("ich mochte ",)
    assert clauses("my shoes", mochte) == ("my shoes ",)
