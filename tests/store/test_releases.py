"""Near-identical coverage of one press release is grouped, whatever masthead and headline; like studies are not."""

import random

import pytest

from rag.domain import Article, Sentence, Source, Span
from rag.store.library import open_library
from rag.store.releases import Releases, marks

DRUGS = "Zinc Copper Iron Iodine Folate Biotin Niacin Thiamine Choline Taurine".split()
ORGANS = "knee heart liver lung kidney bladder stomach thyroid spine skin".split()


def release(n: int) -> list[str]:
    """The sentences of one release; another number gives another study, told in other words."""
    drug, organ = DRUGS[n % 10], ORGANS[n // 10 % 10]
    pick = random.Random(n)
    verbs = [pick.choice(("eased", "slowed", "stopped", "halved", "changed")) for _ in range(8)]
    return [
        f"In week {week} of {n + 3} {drug} {verb} the {organ} of adults in arm {week} by {pick.randint(9, 90)} in {n}."
        for week, verb in enumerate(verbs)
    ]


FOOT = [
    "The report was published this week in a journal that is read by doctors of all branches.",
    "The institute is one of the largest of its kind and has been at work for more than ninety years.",
    "Its staff of four hundred people look into the causes of common illnesses and how to treat them.",
]


def article(name: str, sentences: list[str]) -> Article:
    text = " ".join(sentences)
    starts = [text.index(sentence) for sentence in sentences]
    spans = [Span(start, start + len(told), told) for start, told in zip(starts, sentences, strict=True)]
    found = tuple(Sentence(name, n, 0, 0, span) for n, span in enumerate(spans))
    return Article(name, Source(f"Title of {name}", f"{name}.txt"), text, sentences=found)


def edited(sentence: str) -> str:
    """A word in the middle is another one."""
    words = sentence.split()
    return " ".join([*words[:9], "roughly", *words[10:]])


VARIANTS = {
    "the same": release(0),
    "under another foot": release(0) + FOOT,
    "its first half": release(0)[:4],
    "without its first paragraph": release(0)[2:],
    "in another order": release(0)[::-1],
    "a word changed in each sentence": [edited(sentence) for sentence in release(0)],
    "in capitals and other quotation marks": [sentence.upper().replace("'", "\u2019") for sentence in release(0)],
    "with two paragraphs more": release(0) + release(7)[:2],
}


@pytest.mark.parametrize("how", VARIANTS)
def test_one_release_is_known_however_it_was_cut(how):
    marked = {"a": marks(article("a", release(0))), "b": marks(article("b", VARIANTS[how]))}
    marked |= {f"other {n}": marks(article("c", release(n))) for n in range(1, 30)}
    assert Releases(marked).same("a") == ("b",)
    assert Releases(marked).same("b") == ("a",)


OTHERS = {
    "another study with the same foot": release(1) + FOOT,
    "a short one with the same foot": release(1)[:3] + FOOT[:1],
    "the foot alone": FOOT,
    "one sentence of it": release(0)[:1],
    "a roundup of nine": [sentence for n in range(9) for sentence in release(n)],
    "nothing": [],
}


@pytest.mark.parametrize("how", OTHERS)
def test_another_text_is_not_taken_for_it(how):
    marked = {"a": marks(article("a", release(0) + FOOT[:2])), "b": marks(article("b", OTHERS[how]))}
    assert Releases(marked).same("a") == Releases(marked).same("b") == Releases(marked).same("unknown") == ()


@pytest.mark.parametrize("place", ["embedded", "server"], indirect=True)
def test_the_library_groups_what_is_added_and_forgets_what_is_removed(settings, embedder, write):
    texts = {"one": release(0), "two": release(0)[1:], "three": [*release(0), FOOT[0]], "other": release(1)}
    pairs = [write(name, " ".join(told), f"Title of {name}") for name, told in texts.items()]
    with open_library(settings, embedder) as library:
        library.add_all(pairs[:2])
        assert library.same_release("one") == ("two",) and library.same_release("other") == ()
        library.add_all(pairs[2:])
        assert library.same_release("one") == ("three", "two")
    with open_library(settings, embedder) as library:
        assert library.same_release("three") == ("one", "two")
        library.remove("two")
        assert library.same_release("three") == ("one",) and library.same_release("two") == ()
        library.add(*write("one", " ".join(release(3))))
        assert library.same_release("three") == ()
        assert len(library.articles()) == 3
