"""Which language a message is in: by its script, then by function words and letters.

So a short question, or a foreign name in it, is not mistaken.
"""

import csv
import re
import unicodedata
from functools import cache
from importlib import resources

LANGUAGES = ("en", "es", "fr", "de", "pt", "it", "hi", "zh")
OTHER = "other"
SAMPLE = 5000
"""Characters looked at: the language of a longer message shows long before its end."""

WORD = re.compile(r"[^\W\d_]+")
APOSTROPHE = re.compile(r"(?<=\w)['’](?=\w)")
AND = re.compile(r"[^\W\d_]{3,}(?: [^\W\d_])? y (?!chromosom|axis)(?=[^\W\d_]{3,})")
"""The Spanish "and", all that a short topic may have of a language: between words it is no variable."""
ENDING = re.compile(r"[^\W\d_]{2,}(?:ción|ciones|logía|logías|mientos?|idad)\b")
"""What Spanish words end in and those of the other languages do not."""
LETTER_WEIGHT = 1.5
"""A letter only one language writes counts more than one function word and less than two: names carry letters too."""


@cache
def _words() -> dict[str, dict[str, float]]:
    """For each word, the languages it is a function word of, each weighing less the more languages share it.

    Words are known with and without their accents, which readers leave out.
    """
    owners: dict[str, set[str]] = {}
    for row in _rows("word"):
        for word in row["entries"].split("|"):
            for form in {word, _bare(word)}:
                owners.setdefault(form, set()).add(row["language"])
    return {word: dict.fromkeys(languages, 1 / len(languages)) for word, languages in owners.items()}


@cache
def _letters() -> dict[str, str]:
    return {letter: row["language"] for row in _rows("letters") for letter in row["entries"]}


def _rows(kind: str) -> list[dict[str, str]]:
    lines = resources.files("rag.text").joinpath("languages.csv").read_text(encoding="utf8").splitlines()
    return [row for row in csv.DictReader(lines) if row["kind"] == kind]


def _bare(word: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKD", word) if not unicodedata.combining(letter))


def language(text: str) -> str:
    """Tell the ISO 639-1 code of a message's language among LANGUAGES, else "other"; "en" where nothing decides."""
    sample = unicodedata.normalize("NFKC", text[:SAMPLE])
    return _by_script(sample) or _by_words(sample.lower())


def _by_script(text: str) -> str | None:
    """Chinese and Hindi by their characters, "other" for a script of no language here, None for Latin letters."""
    scripts: dict[str, int] = {}
    for letter in filter(str.isalpha, text):
        script = unicodedata.name(letter, "").split(" ", 1)[0]
        scripts[script] = scripts.get(script, 0) + 1
    han = scripts.pop("CJK", 0) * 3  # a Chinese character says about as much as three Latin letters
    latin = scripts.pop("LATIN", 0)
    hindi = scripts.pop("DEVANAGARI", 0)
    rest = sum(count for script, count in scripts.items() if script not in ("FULLWIDTH", "MODIFIER", "MATHEMATICAL"))
    if max(han, hindi, rest) <= latin:
        return None
    if {"HIRAGANA", "KATAKANA", "HANGUL"} & scripts.keys() or rest > max(han, hindi):
        return OTHER
    return "zh" if han > hindi else "hi"


def _by_words(text: str) -> str:
    scores = dict.fromkeys((*LANGUAGES, OTHER), 0.0)
    for word in WORD.findall(APOSTROPHE.sub("", text)) + WORD.findall(text):
        if len(word) > 1 or not word.isascii():  # a letter on its own is as often an initial or a variable
            for code, weight in _words().get(word, {}).items():
                scores[code] += weight / 2
    scores["es"] += len(AND.findall(text)) + len(ENDING.findall(text))
    for letter in set(text) & _letters().keys():
        scores[_letters()[letter]] += LETTER_WEIGHT
    best = max(scores, key=lambda code: scores[code])  # the first on a tie: English
    return best if scores[best] else "en"
