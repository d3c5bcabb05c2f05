"""The journal that carried the study, where the article names it."""

import re
from collections.abc import Iterable

from rag.ingest.labels import labels
from rag.text.words import normal

_WORD = r"[A-Z][\w&'\u2019-]*"
_LINK = r"(?:(?:of|and|the|in|for|on|&)\s){0,3}"
_SERIES = rf"{_WORD}(?:,\s{_WORD}){{1,3}},?\s(?:and|&)\s{_WORD}"
_PLAIN = rf"{_WORD}(?:\s{_LINK}{_WORD}){{0,7}}"
_LONGER = rf"{_WORD}(?:\s{_LINK}{_WORD}){{1,7}}"
_QUOTE = r"[\"\u201c\u201d'\u2018\u00ab]?"
_NAMED = (
    re.compile(rf"\bjournal,?\s{_QUOTE}(?:the\s)?(?P<title>{_SERIES}|{_PLAIN})"),
    re.compile(rf"(?P<title>(?:{_WORD}\s){{0,3}}Journal\sof\s{_LINK}{_PLAIN})"),
    re.compile(
        r"\b(?:published|appeared|appears|printed|reported|reporting|writing)(?:\s[a-z]+){0,4}?\sin\s(?:the\s)?"
        rf"(?:(?:edition|magazine|periodical|publication|review)\s)?{_QUOTE}(?P<title>{_SERIES}|{_LONGER})"
    ),
)
_STUDY = re.compile(
    r"\b(?:stud(?:y|ies)|trials?|research|findings|results|paper|work|report|survey|experiments?)\b", re.IGNORECASE
)
_REACH = 160
"""Characters before a journal's name in which its sentence says what appeared there."""


def journal(paragraphs: Iterable[str]) -> str | None:
    """Name the journal a study of the article appeared in, else the first it names; None where it names none."""
    found: list[tuple[bool, str]] = []
    for paragraph in paragraphs:
        flat = " ".join(paragraph.split())
        places = sorted(
            {(m.start("title"), _trimmed(m["title"])) for pattern in _NAMED for m in pattern.finditer(flat)}
        )
        found += [(_of_a_study(flat, at), name) for at, name in places if name]
        if any(sure for sure, _ in found):
            break
    return next((name for sure, name in found if sure), found[0][1] if found else None)


def _of_a_study(flat: str, at: int) -> bool:
    sentence = re.split(r"[.!?]\s", flat[max(0, at - _REACH) : at])[-1]
    return _STUDY.search(sentence) is not None


def _trimmed(title: str) -> str:
    """A title without the month or place before or after it; empty where it is a month or place itself."""
    parts = re.split(r"\s(?:in|on)\s(?:the\s)?", title.strip(" ,.&'\u2019"))
    while parts and normal(parts[-1]) in labels("no_journal"):
        parts.pop()
    while parts and normal(parts[0]) in labels("no_journal"):
        parts.pop(0)
    return title[title.index(parts[0]) : title.index(parts[-1]) + len(parts[-1])] if parts else ""
