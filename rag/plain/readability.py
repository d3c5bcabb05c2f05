"""How hard a text is to read, as a United States school grade; ours, since a decimal point must not end a sentence."""

import csv
import re
import unicodedata
from functools import cache
from importlib import resources

from rag.domain import Span
from rag.text import sentences

WORD = re.compile(r"\d+(?:[.,:/]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*")
"""A figure with its decimals is one word; a hyphen parts two words, an apostrophe does not."""
VOWELS = re.compile(r"[aeiouy]+")
SILENT = re.compile(
    r"(?<=[^aeiouyl])e$|(?<=[aeiouy]l)e$|(?<=[^aeiouyscgxzhl])es$|(?<=[aeiouy]l)es$"
    r"|(?<=[^aeioutdl])ed$|(?<=[aeiouylr]l)ed$|(?<=[qg])ue[sd]?$"
)
"""A last e that is not spoken: `made`, `whole`, `makes`, `showed`; not `table`, `changes`, `treated`, `doubled`."""
INNER = re.compile(r"(?<=[aeiouy][^aeiouy])e(?=(?:ly|ments?|less|ful|ness|some|thing|body|where)$)")
"""The same inside a word: `lately`, `something`."""
APART = re.compile(
    r"(?<![ctsg])ia(?!ge|r$)|[ct]iat[ei]|(?<![ctsgxln])io|(?<![ctsgx])iu"
    r"|ie(?=t[yi]|t$|ts$)|(?<![ct])ie(?=n[ct])|(?<=[lrsnh])ie(?=r$)"
    r"|(?<![gq])ua(?!d)|(?<![gq])u(?:ou|e(?=n[ct]))|ui(?=d$|ds$|ne$|ci|ti|ty)|(?<![gc])eo|creat|[aeiouy]ing$"
    r"|coo(?=[pr])|(?:sm|thm)s?$|(?<=[ds])n't$"
)
"""Neighbouring vowels that are spoken apart (`tri-al`, `flu-id`), and endings that are a syllable without a vowel."""
LINE = re.compile(r"[^\n]+(?:\n(?=[a-z])[^\n]+)*")
"""A line, with the next one where that goes on in lower case (wrapped prose); a heading or list item stands alone."""
SPELLED = 4
"""Capitals up to this length are read letter by letter (DNA, SSRI), longer ones as a word (COVID)."""
FIGURE = 4
"""A figure counts a syllable a digit, as it is read aloud, up to this many."""


def grade(text: str) -> float:
    """Grade a text by Flesch and Kincaid: 0.39 words/sentences + 11.8 syllables/words - 15.59, never below 0.

    Source: Kincaid, Fishburne, Rogers and Chissom 1975, Naval Technical Training Command report 8-75. A heading or list
    line without a full stop is a sentence of its own. 0.0 for a text without words.
    """
    return _grade(text, len(_sentences(text)))


def hard_sentences(text: str, above: float) -> tuple[Span, ...]:
    """Find the sentences of a text whose own grade is above a limit, in their order."""
    return tuple(span for span in _sentences(text) if _grade(span.text, 1) > above)


def syllables(word: str) -> int:
    """Count the syllables of an English word as it is spoken; at least 1."""
    if word[0].isdigit():
        return min(sum(letter.isdigit() for letter in word), FIGURE)
    if word.isupper() and 1 < len(word) <= SPELLED:
        return len(word) + 2 * word.count("W")
    plain = unicodedata.normalize("NFKD", word.replace("’", "'")).encode("ascii", "ignore").decode().lower()
    plain = plain.removesuffix("'s").removesuffix("'")
    known = _exceptions().get(plain) or _exceptions().get(plain.removesuffix("s"))
    if known:
        return known
    spoken = INNER.sub("", plain)
    return max(1, len(VOWELS.findall(spoken)) - len(SILENT.findall(spoken)) + len(APART.findall(spoken)))


def _grade(text: str, parts: int) -> float:
    words = WORD.findall(text)
    if not words or not parts:
        return 0.0
    spoken = sum(map(syllables, words))
    return round(max(0.0, 0.39 * len(words) / parts + 11.8 * spoken / len(words) - 15.59), 1)


def _sentences(text: str) -> list[Span]:
    lines = LINE.finditer(text)
    return [span for line in lines for span in sentences.split(line[0], line.start()) if WORD.search(span.text)]


@cache
def _exceptions() -> dict[str, int]:
    """The words the rules get wrong, from `syllables.csv`."""
    lines = resources.files("rag.plain").joinpath("syllables.csv").read_text(encoding="utf8").splitlines()
    return {row["word"]: int(row["syllables"]) for row in csv.DictReader(lines)}
