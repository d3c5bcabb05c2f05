"""A message as the gates read it: lower case, no accents, one space between words, disguises of letters undone.

Only for matching; what the reader wrote is never changed. A Chinese character counts as a word, so that one kind of
pattern serves all languages.
"""

import csv
import re
import unicodedata
from collections.abc import Callable
from functools import cache
from importlib import resources

WINDOW, OVERLAP = 60, 20
"""Words of a clause looked at together, and shared with the next look: bounds the time on text without full stops."""

BREAKS = re.compile(r"([.!?…]+(?=\s|$|[\"'”’»)])|[。！？；।॥]+|;\s|\n\s*\n|\s[-–—]\s)")
APOSTROPHES = re.compile(r"['’‘`´ʼ＇]")
HAN = re.compile(r"([\u3400-\u9fff\uf900-\ufaff])")
NO_WORD = re.compile(r"[^\w\u0300-\u036f\u0900-\u0963\u0966-\u097f]+|_")
ACCENTS = re.compile(r"[\u0300-\u036f\u093c]")
BACKWARDS = re.compile(r"\u202e([^\u202c\n]{0,2000})\u202c?")
LETTER_DIGIT = re.compile(r"(?<=[a-z])[0134](?=[a-z])")
DIGITS = {"0": "o", "1": "i", "3": "e", "4": "a"}
SPELT_OUT = re.compile(r"(?<![^ ])(?:[a-z] ){2,40}[a-z](?![^ ])")
STRETCHED = re.compile(r"([a-z])\1{2,}")


@cache
def _variants() -> dict[int, str]:
    lines = resources.files("rag.safety").joinpath("variants.csv").read_text(encoding="utf8").splitlines()
    return {ord(row["character"]): row["reads_as"] for row in csv.DictReader(lines)}


def _hidden(character: str) -> bool:
    return character not in "\t\n\r" and unicodedata.category(character) in ("Cf", "Cc", "Co", "Cs")


def plain(text: str) -> str:
    """Reduce a text to the words of its plain form, one space between them.

    Cues go through the same function, so they can be written with their accents.
    """
    text = unicodedata.normalize("NFKC", text).casefold().translate(_variants())
    text = unicodedata.normalize("NFKD", APOSTROPHES.sub("", text))
    text = ACCENTS.sub("", text).replace("\u0901", "\u0902")
    text = LETTER_DIGIT.sub(lambda found: DIGITS[found[0]], text)
    return " ".join(NO_WORD.sub(" ", HAN.sub(r" \1 ", text)).split())


def shown(text: str) -> str:
    """Undo a right-to-left override and drop what has no form: zero-width, control and direction characters."""
    text = BACKWARDS.sub(lambda found: found[1][::-1], text)
    return "".join(character for character in text if not _hidden(character))


def clauses(text: str, known: Callable[[str], bool]) -> tuple[str, ...]:
    """Cut a message into plain clauses of at most WINDOW words, each once, ending in a space (a question in "? ").

    Hidden characters are read both as nothing and as a space. A stretched or spelt-out word ("dieee", "d i e") becomes
    the word it stands for where `known` knows that word.
    """
    readings = [shown(text)]
    if any(map(_hidden, text)):
        readings.append("".join(" " if _hidden(character) else character for character in text))
    found: dict[str, None] = {}
    for reading in readings:
        parts = [*BREAKS.split(reading), ""]
        for part, end in zip(parts[::2], parts[1::2], strict=True):
            words = _respelt(plain(part), known).split()
            for window in _windows([*words, "?"] if words and ("?" in end or "？" in end) else words):
                found[window] = None
    return tuple(found)


def _windows(words: list[str]) -> list[str]:
    starts = range(0, max(1, len(words) - OVERLAP), WINDOW - OVERLAP)
    return [" ".join(words[start : start + WINDOW]) + " " for start in starts if words]


def _respelt(clause: str, known: Callable[[str], bool]) -> str:
    def joined(found: re.Match[str]) -> str:
        word = found[0].replace(" ", "")
        return word if known(word) else found[0]

    def squeezed(word: str) -> str:
        tries = (STRETCHED.sub(r"\1", word), STRETCHED.sub(r"\1\1", word))
        return next((again for again in tries if known(again)), word)

    clause = SPELT_OUT.sub(joined, clause)
    return " ".join(squeezed(word) if STRETCHED.search(word) else word for word in clause.split())
