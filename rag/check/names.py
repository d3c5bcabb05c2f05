"""Names in a claim and in its English rendering: a reader of the one must meet nobody whom the other does not name."""

import re
from functools import cache
from unicodedata import combining, normalize

from rag.check.reading import NAME, drugs, rows

LATIN = re.compile(r"[A-Za-zÀ-ɏ][\wÀ-ɏ]*(?:-\w+)*")
BEGINS = re.compile(r"(?:^|[.!?:¿¡«\"“(]\s*)$")
VOWELS = "aeo"
"""What a drug's name may end in elsewhere: sertraline, sertralina."""
STEM = 4
"""Letters that a name keeps at its beginning in another language: Organización, Organization."""


def names_agree(text: str, english: str) -> bool:
    """Whether each name of one stands in the other: as it is, by its beginning, or by the list of translations."""
    theirs, ours = _all(english), _all(text)
    return all(_met(name, theirs) for name in _names(text)) and all(
        _met(name, ours) for name in _names(english) if any(c.isdigit() for c in name) or _is_drug(name)
    )


def _names(text: str) -> list[str]:
    """Words with a capital where no sentence begins, with a figure in them, and drugs by their ending."""
    latin = [match for match in LATIN.finditer(text)]
    return [
        plain
        for match in latin
        if (plain := _plain(match[0])) and (_inside(text, match) or any(c.isdigit() for c in plain) or _is_drug(plain))
    ]


def _inside(text: str, match: re.Match[str]) -> bool:
    return match[0][0].isupper() and not BEGINS.search(text[: match.start()]) and len(match[0]) > 1


def _all(text: str) -> set[str]:
    found = {_plain(match[0]) for match in LATIN.finditer(text)}
    return found | {other for word in found for other in _translated().get(word, ())}


def _met(name: str, others: set[str]) -> bool:
    stem = name[: max(STEM, len(name) - 4)] if len(name) > STEM and name.isalpha() else name
    return name in others or any(other.startswith(stem) for other in others if stem != name)


def _is_drug(name: str) -> bool:
    return len(name) >= NAME and name.rstrip(VOWELS).endswith(tuple(ending.rstrip(VOWELS) for ending in drugs()))


def _plain(word: str) -> str:
    return "".join(c for c in normalize("NFD", word.casefold()) if not combining(c))


@cache
def _translated() -> dict[str, tuple[str, ...]]:
    """Words of names in either language, with those of the other."""
    found: dict[str, tuple[str, ...]] = {}
    for row in rows("names.csv"):
        pair = (_plain(row["name"]), _plain(row["english"]))
        for one, two in (pair, pair[::-1]):
            for word in one.split():
                found[word] = (*found.get(word, ()), *two.split())
    return found
