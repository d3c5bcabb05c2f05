"""How many of the rare words of the gold articles the glossary explains.

`rare.csv` holds each of their words that is not among the 10,000 commonest of English (by the counts of Google Books
that SymSpell prints beside its word list), sorted by hand: words of medicine, of trials and of numbers to `explain`;
beside them names, which no glossary explains, and ordinary words.
"""

import csv
import re
from pathlib import Path

from rag.plain.glossary import entries
from rag.settings import ROOT

KINDS = ("explain", "name", "ordinary")
ROWS = list(csv.DictReader((Path(__file__).parent / "rare.csv").read_text(encoding="utf8").splitlines()))
TEXT = "\n".join(path.read_text(encoding="utf8") for path in sorted((ROOT / "tests/gold/articles").glob("*.txt")))


def uses(word: str) -> list[tuple[int, int]]:
    pattern = re.escape(word).replace("'", "['’]")
    return [match.span() for match in re.finditer(rf"(?<![^\W\d_]){pattern}(?![^\W\d_])", TEXT, re.I)]


def explained() -> set[int]:
    """The places of the text that the glossary explains."""
    patterns = (re.compile(rf"(?<!\w)(?:{entry.match})(?!\w)", re.I) for entry in entries())
    return {place for pattern in patterns for match in pattern.finditer(TEXT) for place in range(*match.span())}


def test_each_rare_word_stands_in_an_article_and_is_sorted_once() -> None:
    assert len({row["word"] for row in ROWS}) == len(ROWS)
    assert [row["word"] for row in ROWS if row["kind"] not in KINDS or not row["source"] or not uses(row["word"])] == []


def test_the_glossary_explains_almost_all_rare_words_of_medicine_trials_and_numbers() -> None:
    known = explained()
    wanted = [row["word"] for row in ROWS if row["kind"] == "explain"]
    missed = [word for word in wanted if any(start not in known for start, _ in uses(word))]
    assert len(wanted) >= 100
    assert 1 - len(missed) / len(wanted) >= 0.95, missed
