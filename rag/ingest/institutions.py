"""The universities, hospitals and institutes an article names."""

import re
from collections.abc import Iterator, Sequence

_KIND = (
    r"(?:Universit(?:y|ies|\u00e4t|\u00e0|\u00e9)|Hospital|Institutes?|Center|Centre|College|Clinic|Infirmary|Foundation|"
    r"Academy|Laborator(?:y|ies)|Medical\sSchool|School\sof\s(?:Medicine|Public\sHealth)|Registry|Network)"
)
_WORD = r"[A-Z][\w'\u2019-]*"
_INSTITUTION = re.compile(
    rf"(?:{_WORD}\s(?:(?:and|for|&|[\u2013-])\s)?){{0,5}}{_KIND}"
    rf"(?:\s(?:of|for|in|at)\s(?:the\s)?{_WORD}(?:,?\s(?:(?:and|of)\s)?{_WORD}){{0,4}})?"
)
"""A kind of institution with the capitalised words before it, and those after of, for, in or at."""
_LEADING = re.compile(r"(?:The|At|In|From|A|An|Our|Its|This|Researchers?|Scientists?|Doctors?|Professor|Dr)\s")


def institutions(prose: Sequence[str]) -> tuple[str, ...]:
    """Return the institutions named, in the order of the text; one that is part of a longer name is left out."""
    named = list(dict.fromkeys(_named(prose)))
    return tuple(name for name in named if not any(name != other and name in other for other in named))


def _named(prose: Sequence[str]) -> Iterator[str]:
    for text in prose:
        for match in _INSTITUTION.finditer(" ".join(text.split())):
            name = _LEADING.sub("", match.group()).strip(" ,")
            if " " in name:
                yield name
