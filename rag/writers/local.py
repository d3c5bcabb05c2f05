"""Short words out of an English article, for a sentence of ours in the reader's language (`local.csv`)."""

import csv
import re
from functools import cache
from importlib import resources


def local(words: str, language: str) -> str:
    """Put a slot's words into a language, word by word; those it has no word for are quoted as they are."""
    if language == "en":
        return words
    plain = words.strip().lower()
    if whole := _words(language).get(plain):
        return whole
    count = re.fullmatch(r"(?P<n>[\d,.]+|one) (?P<what>.+)", plain)
    if count and (what := _words(language).get(count["what"])):
        return f"{count['n']} {what}"
    return f"“{words}”"


@cache
def _words(language: str) -> dict[str, str]:
    with resources.files("rag.writers").joinpath("local.csv").open(encoding="utf8") as file:
        return {row["en"]: row[language] for row in csv.DictReader(file) if row.get(language)}
