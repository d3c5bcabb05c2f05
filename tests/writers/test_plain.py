"""A news sentence in plain words: what frames it goes, what it says stays, and the check carries it."""

import csv
import re
from collections import Counter
from datetime import date
from importlib import resources
from pathlib import Path

import pytest

from rag.check.support import check
from rag.domain import Document
from rag.intake import article_of
from rag.question import Asks
from rag.settings import ROOT
from rag.text.figures import figures
from rag.writers.plain import plain, shortened


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        (
            "OSLO (NNA) - Adults who walked daily slept longer, according to a study published in the journal Sleep.",
            "Adults who walked daily slept longer.",
        ),
        ("Furthermore, the study found that the scars shrank by a third.", "The scars shrank by a third."),
        (
            "Scientists at the University of Oslo, Norway have discovered that the salt lowers blood pressure.",
            "The salt lowers blood pressure.",
        ),
        (
            "Two of the 16 treated animals fell asleep, the team told the journal Sleep.",
            "Two of the 16 treated animals fell asleep.",
        ),
        (
            "The rash faded in a week, suggesting that the cream could be an option for millions.",
            "The rash faded in a week.",
        ),
        ("These cells were given back to the patient [2 ].", "These cells were given back to the patient."),
        (
            "The pain got less, but there was no comparison group.",
            "The pain got less. But there was no comparison group.",
        ),
        (
            "About 62 percent of individuals had approximately two attacks.",
            "About 62% of people had about two attacks.",
        ),
        (
            "Furthermore, twelve percent of the older participants fell, and all participants got 5 percent less.",
            "Twelve percent of the older participants fell, and all participants got 5% less.",
        ),
    ],
)
def test_what_frames_a_finding_is_left_out(sentence: str, said: str) -> None:
    assert plain(sentence) == said
    assert check(said, [sentence]).supported


@pytest.mark.parametrize(
    "sentence",
    [
        "Experiments in mice showed that the pill slowed the scars.",
        "A survey of 3,870 members found that 74% felt worse.",
        "The researchers suggest that the salt may help.",
        "A phase 2 trial in 40 people showed that the drops eased pain less than expected?",
        "The team said the result was “a fluke”.",
        "A bold new study has revealed that the root stops psoriasis.",
        "The cream cures eczema, according to a study.",
        "90% five-year survival",
    ],
    ids=["species", "sample", "hedge", "question", "somebody's words", "promise", "cure", "no sentence"],
)
def test_what_governs_a_finding_or_promises_much_stays_as_it_stands(sentence: str) -> None:
    assert plain(sentence) == sentence


def test_what_is_asked_for_stays() -> None:
    sentence = "Adults who walked slept longer, according to a study in the journal Sleep."
    assert plain(sentence, {Asks.JOURNAL}) == sentence
    assert "Sleep" not in plain(sentence)


SWAPS = list(csv.DictReader(resources.files("rag.writers").joinpath("plainer.csv").read_text("utf8").splitlines()))


@pytest.mark.parametrize("row", SWAPS, ids=[row["words"] for row in SWAPS])
def test_the_check_knows_each_swap(row: dict[str, str]) -> None:
    words = re.sub(r"\(\?:\(.*\)\)|\(\?<[^)]*\)", "", row["words"])  # without what must stand before it
    long, short = f"In the clinic 12 {words} the drops.", f"In the clinic 12 {row['plain']} the drops."
    assert check(short, [long]).supported


KEPT = re.compile(
    r"\b(?:not|no|never|mice|mouse|rats?|animals?|pigs|cells?|tissue|women|men|children|daily|weekly|monthly|once|twice|"
    r"a (?:day|week|month)|every|if|only|unless|until|about|nearly|up to|at least|than|may|might|could)\b|n't\b",
    re.I,
)
OPINION = re.compile(r", (?:suggesting|indicating|raising|offering|highlighting)\b.*$")
"""What is made of a finding goes as a whole, with its own "could"."""
FOOTNOTE = re.compile(r" ?\[ ?\d[\d ,–-]*\]")
ARTICLES = sorted(
    path for path in (*(ROOT / "seeds").glob("*.txt"), *(ROOT / "tests" / "gold" / "articles").glob("*.txt"))
)


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.name[:3])
def test_no_plain_sentence_loses_a_number_a_negation_a_doubt_a_species_or_a_frequency(path: Path) -> None:
    article = article_of(Document(path.read_text(encoding="utf8"), path.name, path.stem), date(2026, 11, 21))
    assert article.sentences
    for sentence in article.sentences:
        whole = FOOTNOTE.sub("", " ".join(sentence.span.text.split()))
        said = plain(whole)
        kept = OPINION.sub("", whole) if said != whole else whole
        assert not Counter(f.value for f in figures(kept)) - Counter(f.value for f in figures(said)), said
        assert not Counter(map(str.lower, KEPT.findall(kept))) - Counter(map(str.lower, KEPT.findall(said))), said


def test_a_cell_keeps_who_a_number_is_of() -> None:
    told = (
        "About 39 of 1,000 daily drinkers had gout over the years, and 25 of 1,000 among people who rarely drank them."
    )
    assert "who rarely drank" in shortened(told)
