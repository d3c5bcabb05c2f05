"""Grades against values worked out by hand."""

import time

import pytest

from rag.plain.readability import grade, hard_sentences, syllables


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("cat", 1), ("trial", 2), ("placebo", 3), ("immune", 2), ("treated", 2), ("showed", 1), ("doubled", 2),
        ("changes", 2), ("makes", 1), ("whole", 1), ("participants", 4), ("medication", 4), ("physician", 3),
        ("serious", 3), ("region", 2), ("mechanism", 4), ("didn't", 2), ("don’t", 1), ("isn't", 2), ("DNA", 3),
        ("COVID", 2), ("influence", 3), ("experience", 4), ("continuous", 4), ("video", 3), ("unique", 2),
        ("diabetes", 4), ("obesity", 4), ("receptor", 3), ("remission", 3), ("schizophrenia", 5), ("variety", 4),
        ("1918", 4), ("7", 1), ("naïve", 2), ("a", 1), ("药物", 1), ("shh", 1),
    ],
)  # fmt: skip
def test_syllables_are_counted_as_spoken(word: str, number: int) -> None:
    assert syllables(word) == number


# words, sentences, syllables -> 0.39 * words / sentences + 11.8 * syllables / words - 15.59
@pytest.mark.parametrize(
    ("text", "words", "parts", "spoken"),
    [
        ("The trial took in many patients with serious illness.", 9, 1, 15),
        ("The medication was given to participants. It did not help them.", 11, 2, 18),
        ("Immune activity rose by 0.52 points after the operation.", 9, 1, 19),
        ("Dr. Perez, e.g., saw no serious reaction in the trial.", 11, 1, 17),
        ("Mean age\n\nA serious illness\n\n- fatigue\n- depression", 7, 4, 13),
    ],
)
def test_the_grade_is_the_formula(text: str, words: int, parts: int, spoken: int) -> None:
    assert grade(text) == pytest.approx(max(0, 0.39 * words / parts + 11.8 * spoken / words - 15.59), abs=0.06)


@pytest.mark.parametrize("text", ["", "  \n", "…", "---", "😀", "\n\n\n"])
def test_a_text_without_words_has_no_grade(text: str) -> None:
    assert grade(text) == 0.0


def test_a_decimal_point_does_not_make_a_text_easier() -> None:
    with_point = "The median reduction in arterial pressure was 0.52 points in participants"
    assert grade(with_point + ".") == grade(with_point.replace("0.52", "052") + ".")


def test_a_wrapped_line_goes_on_and_a_heading_stands_alone() -> None:
    prose = "The children were seen every month\nby a nurse who took notes."
    assert grade(prose) == grade(prose.replace("\n", " "))
    assert grade("What was found\n" + prose) < grade("What was found " + prose)


def test_hard_sentences_are_exact_places_in_their_order() -> None:
    text = "It was a small test.\nPharmacological immunomodulation attenuated inflammatory activity. It hurt."
    hard = hard_sentences(text, above=9)
    assert [span.text[:5] for span in hard] == ["Pharm"]
    assert all(span.inside(text) for span in hard)


def test_plain_english_is_easier_than_the_jargon_it_stands_for() -> None:
    jargon = "The pharmaceutical intervention induced tumor regression."
    assert grade("The drug made the lump smaller.") < 5 < 12 < grade(jargon)


@pytest.mark.parametrize("text", ["word " * 200_000, "a" * 1_000_000, "A b. " * 200_000, "\n" * 1_000_000])
def test_a_megabyte_takes_seconds(text: str) -> None:
    started = time.monotonic()
    grade(text)
    assert time.monotonic() - started < 10
