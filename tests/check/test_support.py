"""Twins: one honest rewrite of a sentence and one lie made from it, for each kind of lie."""

import csv
import time
from pathlib import Path

import pytest

from rag.check.support import best_sentences, check, check_against
from rag.domain import Sentence, Span

with Path(__file__).with_name("twins.csv").open(encoding="utf8", newline="") as file:
    TWINS = [(row["kind"], row["text"], row["honest"], row["lie"]) for row in csv.DictReader(file)]


@pytest.mark.parametrize(("kind", "text", "honest", "lie"), TWINS)
def test_the_honest_rewrite_passes_and_the_lie_does_not(kind: str, text: str, honest: str, lie: str) -> None:
    true, false = check(honest, [text]), check(lie, [text])
    assert true.supported, true.problems
    assert not false.supported
    assert true.score > false.score
    assert {problem.kind for problem in false.problems} & {kind, "not_in_text", "entity"}


@pytest.mark.parametrize("text", sorted({twin[1] for twin in TWINS}))
def test_a_sentence_carries_itself(text: str) -> None:
    assert check(text, [text]).score == 1.0
    assert check(text.replace(" ", "\n "), ["Another sentence.", text]).supported


@pytest.mark.parametrize(
    ("part", "text", "supported"),
    [
        ("Falls dropped by 18 percent.", "Falls dropped by 18 percent. in the walking group", True),
        ("the cream reduced the itching", "After a week, the cream reduced the itching in children.", True),
        ("tea cures cancer", "It is not true that tea cures cancer.", False),
        (
            "the vaccine lowers the risk of shingles",
            "It is possible that the vaccine lowers the risk of shingles.",
            False,
        ),
        ("the gel closed wounds", "In mice the gel closed wounds.", False),
    ],
)
def test_a_slice_is_carried_unless_what_was_cut_off_governs_it(part: str, text: str, supported: bool) -> None:
    verdict = check(part, [text])
    assert verdict.supported is supported
    assert (verdict.score == 1.0) is supported


@pytest.mark.parametrize(
    ("claim", "cited"),
    [
        ("Schmerzen ließen nach.", "Die Schmerzen ließen nach."),
        ("dose of 5\u202fµg", "A dose of 5 µg was given."),
        ("“naïve” patients", "The “naïve” patients improved."),
        ("研究人员发现", "研究人员发现,这种药物可以增强免疫系统。"),
        ("two\n  lines", "It runs on in two lines here."),
    ],
)  # fmt: skip
def test_words_are_compared_with_white_space_collapsed_in_any_script(claim: str, cited: str) -> None:
    assert check(claim, [cited]).score == 1.0


@pytest.mark.parametrize(
    ("claim", "cited"), [("", ["A text."]), ("  \n", ["A text."]), ("A claim.", []), ("A claim.", ["", " "])]
)
def test_without_words_or_a_text_nothing_is_carried(claim: str, cited: list[str]) -> None:
    verdict = check(claim, cited)
    assert (verdict.supported, verdict.score) == (False, 0.0)


@pytest.mark.parametrize("claim", ["😀😀😀", "!!!", "12", "نتائج الدراسة", "\u0000\u0001", "a" * 1_500])
def test_a_claim_that_is_no_sentence_is_not_carried(claim: str) -> None:
    assert not check(claim, ["The trial took in 36 adults."]).supported


def article(*texts: str) -> tuple[Sentence, ...]:
    sentences, start = [], 0
    for n, text in enumerate(texts):
        sentences.append(Sentence("x", n, 0, 0, Span(start, start + len(text), text)))
        start += len(text) + 1
    return tuple(sentences)


CHOIR = article(
    "A choir in the harbor town met each week.",
    "The singers were 48 people with Parkinson's disease.",
    "After ten weeks their voices were louder.",
    "The town paid for the hall.",
)


def test_the_sentences_that_carry_a_claim_are_chosen_in_the_order_of_the_text() -> None:
    chosen = best_sentences("Ten weeks later, 48 people with Parkinson's disease had louder voices.", CHOIR)
    assert [sentence.n for sentence in chosen] == [1, 2]


def test_a_claim_without_a_citation_is_held_against_the_article() -> None:
    verdict, carried_by = check_against("After ten weeks, the voices of the 48 people were louder.", CHOIR)
    assert verdict.supported
    assert {sentence.n for sentence in carried_by} == {1, 2}
    lie, _ = check_against("After ten weeks, the voices of the 84 people were louder.", CHOIR)
    assert not lie.supported
    assert lie.score < verdict.score


def test_an_article_without_sentences_carries_nothing() -> None:
    verdict, carried_by = check_against("A claim.", ())
    assert not verdict.supported
    assert carried_by == ()


@pytest.mark.parametrize("claim", ["The choir sang. " * 1_250, "x" * 20_000, "1 in 5 " * 2_800, "not " * 5_000])
def test_a_claim_of_20_000_characters_takes_a_second_at_most(claim: str) -> None:
    started = time.monotonic()
    verdict, _ = check_against(claim, CHOIR)
    assert not verdict.supported
    assert time.monotonic() - started < 1


def test_a_megabyte_of_text_takes_seconds() -> None:
    texts = [f"Sentence {n} says that walking helped {n} adults with knee pain in town {n}." for n in range(13_000)]
    started = time.monotonic()
    verdict, carried_by = check_against("In town 77, walking helped 77 adults with knee pain.", article(*texts))
    assert verdict.supported
    assert carried_by[0].n == 77
    assert time.monotonic() - started < 20


def test_a_megabyte_without_a_full_stop_takes_seconds_too() -> None:
    text = "walking helped 40 adults, not 12, and may help more because it is safe; " * 14_000
    started = time.monotonic()
    assert not check("Walking cured 50 adults.", [text]).supported
    assert time.monotonic() - started < 5
