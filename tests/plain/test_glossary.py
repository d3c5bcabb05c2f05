"""The glossary must itself be plain, and find what a reader meets."""

import re
import time
from collections import Counter

import pytest

from rag.plain.glossary import entries, terms, uses
from rag.plain.readability import grade
from rag.settings import ROOT


def test_there_are_enough_terms_and_none_stands_twice() -> None:
    names = [entry.term.lower() for entry in entries()]
    assert len(names) >= 700
    assert [name for name, times in Counter(names).items() if times > 1] == []


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry.term)
def test_an_entry_is_plain_and_its_pattern_means_something(entry) -> None:
    assert grade(entry.plain) <= 6
    assert entry.source
    assert entry.plain.endswith(".")
    assert not re.compile(entry.match, re.IGNORECASE).search("")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The placebo group had fewer side effects.", ["placebo", "side effect"]),
        ("Regulatory T cells calm other T cells.", ["regulatory T cells", "T cell"]),
        ("A double-blind, randomised, placebo-controlled trial", ["blinded", "randomized controlled trial"]),
        ("LEUKAEMIA and leukemia", ["leukemia"]),
        ("Phase II trials, then a phase 3 study", ["phase 2 trial", "phase 3 trial"]),
        ("She cut it in two; the pet sat; it was a bit late.", []),
        ("an MRI scan, a CT scan and a PET scan", ["MRI", "CT scan", "PET scan"]),
        ("a blind man at the bus stop", []),
        ("The hazard ratio was 0.7 (95% CI 0.5–0.9; p<0.05).", ["hazard ratio", "95% CI", "p<0.05"]),
        ("", []),
    ],
)
def test_terms_are_found_once_at_first_use_and_the_longer_one_wins(text: str, found: list[str]) -> None:
    assert [term for term, _ in terms(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("They gave Exampletinib and samplimumab.", ["Exampletinib", "samplimumab"]),
        ("Nephritis, a gastrectomy and fibromyalgia", ["Nephritis", "gastrectomy", "fibromyalgia"]),
        ("hepatitis and leukaemia", ["hepatitis", "leukemia"]),
        ("In Oklahoma a diploma in telepathy; an academic pandemic", ["pandemic"]),
        ("neurocognitive tests, a cardiologist oncoming", ["neurocognitive", "cardiologist"]),
    ],
)
def test_a_word_no_list_holds_is_explained_by_its_ending_as_it_is_written(text: str, found: list[str]) -> None:
    assert [term for term, _ in terms(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Zinc and then zinc again", ["Zinc"]),
        ("anaemia in the anaemic", ["anaemia"]),
        ("treatment-resistant depression", ["treatment-resistant"]),
        ("tumours and a tumor", ["tumor"]),
    ],
)
def test_a_meaning_stands_under_the_word_the_text_has_for_it_and_once(text: str, found: list[str]) -> None:
    assert [term for term, _ in terms(text)] == found
    assert terms(text, told=dict(terms(text))) == ()


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("treatable", "untreatable"),
        ("responder", "non-responder"),
        ("invasive", "non-invasive"),
        ("coagulation", "anticoagulation"),
        ("fertile", "infertile"),
        ("hydrated", "dehydrated"),
        ("saturated fat", "unsaturated fat"),
        ("inflammatory", "anti-inflammatory"),
        ("cystic fibrosis", "cystic"),
        ("macular degeneration", "macular edema"),
        ("menopausal", "postmenopausal"),
        ("reactive", "C-reactive protein"),
        ("an invasive test", "invasive cancer"),
    ],
)
def test_a_word_and_its_opposite_or_another_sense_of_it_have_meanings_of_their_own(word: str, other: str) -> None:
    meanings = [plain for text in (word, other) for _, plain in terms(text)]
    assert len(meanings) == len(set(meanings)) == 2


def test_what_everybody_knows_is_not_explained_and_where_few_fit_the_rarest_are() -> None:
    text = "The protein and the virus: a diagnosis of diabetes, then atherosclerosis and a biopsy."
    assert [term for term, _ in terms(text)] == ["diagnosis", "diabetes", "atherosclerosis", "biopsy"]
    assert [term for term, _ in terms(text, 2)] == ["atherosclerosis", "biopsy"]


def test_each_term_comes_with_its_plain_words() -> None:
    plain = {entry.term: entry.plain for entry in entries()}
    assert dict(terms("A placebo and a biopsy.")) == {name: plain[name] for name in ("placebo", "biopsy")}


def test_a_megabyte_takes_seconds() -> None:
    started = time.monotonic()
    terms("The randomised trial of the vaccine found no biomarker. " * 18_000)
    assert time.monotonic() - started < 10


def test_no_use_is_missed_by_looking_at_beginnings_first():
    text = "\n".join(path.read_text(encoding="utf8") for path in sorted((ROOT / "tests/gold/articles").glob("*.txt")))
    patterns = [(entry, re.compile(rf"(?<!\w)(?:{entry.match})(?!\w)", re.IGNORECASE)) for entry in entries()]
    used = {(found.start(), found.end(), entry) for entry, pattern in patterns for found in pattern.finditer(text)}
    assert len(used) > 500 and set(uses(text)) == used
