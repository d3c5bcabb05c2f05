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
UMLAUT = re.compile(r"(?<=[a-z])([aou])e(?=[a-z]{2})")
"""An umlaut written as two letters ("moechte"), in a word that is long enough not to be another one."""


def _read(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(resources.files("rag.safety").joinpath(name).read_text(encoding="utf8").splitlines()))


@cache
def _variants() -> dict[int, str]:
    return {ord(row["character"]): row["reads_as"] for row in _read("variants.csv")}


@cache
def _spellings() -> dict[str, str]:
    return {plain(row["word"]): plain(row["reads_as"]) for row in _read("spellings.csv")}


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
    if text.isprintable():
        return text
    text = BACKWARDS.sub(lambda found: found[1][::-1], text)
    return "".join(character for character in text if not _hidden(character))


def clauses(text: str, known: Callable[[str], bool]) -> tuple[str, ...]:
    """Cut a message into plain clauses of at most WINDOW words, each once, ending in a space (a question in "? ").

    Hidden characters are read both as nothing and as a space. A stretched or spelt-out word ("dieee", "d i e") becomes
    the word it stands for where `known` knows that word, and a hurried spelling ("jveux", "moechte") what it
    stands for.
    """
    readings = [shown(text)]
    if readings[0] != text:
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

    def meant(word: str) -> str:
        tries: tuple[str, ...] = ()
        if STRETCHED.search(word):
            tries = (STRETCHED.sub(r"\1", word), STRETCHED.sub(r"\1\1", word))
        elif UMLAUT.search(word) and not known(word):
            tries = (UMLAUT.sub(r"\1", word),)
        word = next((again for again in tries if known(again)), word)
        return _spellings().get(word, word)

    return " ".join(meant(word) for word in SPELT_OUT.sub(joined, clause).split())
