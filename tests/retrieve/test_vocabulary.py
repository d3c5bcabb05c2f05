"""Words of a library: misspelt, meant alike, or of one kind among several."""

from dataclasses import replace

import pytest

from rag.retrieve.vocabulary import Vocabulary, alike
from rag.text.words import stem


@pytest.fixture(scope="module")
def vocabulary(articles) -> Vocabulary:
    return Vocabulary(articles.values())


@pytest.mark.parametrize(
    ("asked", "held"),
    [
        ("tumers", "tumors"),
        ("mellanoma", "melanoma"),
        ("melenoma", "melanoma"),
        ("garlick", "garlic"),
        ("melanomma", "melanoma"),
    ],
)
def test_a_word_spelt_by_ear_is_known(vocabulary, asked, held):
    assert vocabulary.known(stem(asked)) == stem(held)


@pytest.mark.parametrize(
    ("asked", "held"), [("paid", "funded"), ("died", "deaths"), ("jab", "injection"), ("kids", "children")]
)
def test_words_that_mean_the_same_count_as_one(asked, held):
    assert stem(held) in alike(stem(asked))


def test_a_word_that_means_something_else_does_not():
    assert alike(stem("interferon")) == {stem("interferon")}


def test_a_part_of_the_body_no_article_names_weighs_more_than_a_turn_of_phrase(vocabulary):
    assert vocabulary.weight(stem("elbow")) > vocabulary.weight(stem("hopefully"))
    assert vocabulary.weight(stem("sumatriptan")) > vocabulary.weight(stem("hopefully"))


def test_kinds_told_apart_by_a_letter_are_not_mixed(vocabulary):
    assert vocabulary.other_kind("What about hepatitis C?", "dish")
    assert not vocabulary.other_kind("What about hepatitis B?", "dish")
    assert not vocabulary.other_kind("What about hepatitis?", "dish")


def test_a_long_message_is_about_its_topics(vocabulary):
    subject = tuple(map(stem, "uncle garden yesterday knee neighbour weather brace".split()))
    assert set(vocabulary.gist(subject)) == {stem("knee"), stem("brace")}
    assert vocabulary.gist(subject[:3]) == subject[:3]


def test_a_word_that_means_the_same_as_one_that_does_is_another(articles):
    jab, injection = (
        replace(articles[name], source=replace(articles[name].source, title=title))
        for name, title in (("mice", "A jab for mice"), ("dish", "An injection for cells"))
    )
    both = Vocabulary([jab, injection])
    assert both.coverage([stem("vaccine")], jab.id) == 1.0
    assert both.coverage([stem("vaccine")], injection.id) == 0.0, "a jab may be either, an injection is no vaccine"


def test_a_word_that_names_a_topic_is_not_mended_into_another(articles):
    assert Vocabulary([*articles.values()]).known("shingl") == "shingl"


def test_of_the_words_a_slip_may_lead_to_the_one_that_more_articles_have_is_meant(articles):
    titles = {"mice": "Tumors in mice", "brace": "A brace and tumors", "dish": "What turmers are"}
    retitled = (
        replace(articles[name], source=replace(articles[name].source, title=title)) for name, title in titles.items()
    )
    library = Vocabulary(retitled)
    assert library.spread[stem("turmers")] == 1 and library.known(stem("tumers")) == stem("tumors")
