"""Words with their places and stems, on a form of the text of the same length, so an offset means the same in both."""

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from threading import Lock

import snowballstemmer

_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_PLAIN = str.maketrans(
    {
        **dict.fromkeys(_SPACES, " "),
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc`\u00b4", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    }
)
_LETTER = r"[^\W\d_]"
_CHARACTER = r"(?:[^\W_]|[\u0300-\u036f])"
# A digit or a lone letter after a hyphen belongs to the name before it (PD-1, CAR-T); others part words (T-cell).
_WORD = re.compile(
    rf"\d+(?:[.,]\d+)+|{_LETTER}{_CHARACTER}*(?:'{_CHARACTER}+)*(?:-\d{_CHARACTER}*|-{_LETTER}(?!{_CHARACTER}))*(?:'s(?!{_CHARACTER}))?|{_CHARACTER}+"
)
_STEMMER = snowballstemmer.stemmer("english")
_STEMMING = Lock()
"""A stemmer holds its word while it works: two threads at once crash it, or get a stem of neither word."""


@dataclass(frozen=True, slots=True)
class Word:
    """Characters `start` up to, not including, `end` of a text, and the stem they are compared by."""

    start: int
    end: int
    text: str
    stem: str


def normal(text: str) -> str:
    """Fold case, spaces, quotation marks and dashes, character by character: the result is as long as the text."""
    folded = text.casefold()
    if len(folded) != len(text):
        folded = "".join(c if len(c.casefold()) != 1 else c.casefold() for c in text)
    return folded.translate(_PLAIN)


def words(text: str) -> tuple[Word, ...]:
    """Find the words of a text; a name with a number or a lone letter in it (PD-1, CAR-T) is one word."""
    return tuple(_word(text, found) for found in _WORD.finditer(normal(text)))


def content(text: str) -> tuple[Word, ...]:
    """Find the words that carry meaning. Negations do, so they are no stop words."""
    return tuple(_word(text, found) for found in _WORD.finditer(normal(text)) if found.group() not in STOPWORDS)


def _word(text: str, found: re.Match[str]) -> Word:
    return Word(found.start(), found.end(), text[found.start() : found.end()], stem(found.group()))


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Reduce a word to what its inflections share (Porter's English stemmer, "Snowball"); PD-1 and PD1 share theirs."""
    plain = normal(word)
    plain = plain.removesuffix("'s").removesuffix("'")
    if any(c.isdigit() for c in plain):
        return plain.replace("-", "") if plain[0].isalpha() else plain.replace(",", "")
    with _STEMMING:
        return str(_STEMMER.stemWord(plain))


def _stopwords() -> frozenset[str]:
    with resources.files("rag.text").joinpath("stopwords.csv").open(encoding="utf8") as file:
        return frozenset(row["word"] for row in csv.DictReader(file))


STOPWORDS = _stopwords()
"""Function words, folded: articles, prepositions, pronouns, auxiliaries, question words."""
