"""People an article names: those who wrote it, and those who did the research or speak about it."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from rag.ingest.labels import labels
from rag.text.sentences import speech
from rag.text.words import STOPWORDS, normal

_UPPER = "(?:(?![a-z\u00df-\u00ff])[^\\W\\d_])"
_LOWER = "[^\\W\\d_A-Z]"
_GIVEN = rf"(?:{_UPPER}\.(?:-?{_UPPER}\.)?|(?:Mc|Mac|[OD]['\u2019])?{_UPPER}{_LOWER}+(?:[-'\u2019]{_UPPER}{_LOWER}+)?)"
_PARTICLE = r"(?:(?:van|von|der|den|de|da|di|del|della|dos|la|le|el|al|bin|ibn|ter|ten|zu)\s)"
NAME = rf"{_GIVEN}(?:\s{_PARTICLE}{{0,2}}{_GIVEN}){{1,3}}"
"""Two to four capitalised words, initials and particles among them."""
_LAST = rf"{_PARTICLE}{{0,2}}{_GIVEN}"
_TITLE = r"(?:(?:Univ\.-)?Prof(?:essor|\.)?|Dr\.?|Doctor)(?:\s(?:Prof|Dr|med|h\.c)\.?){0,3}"
_THING = re.compile(r"(?<!\w)(?:journal|magazine|edition|of|in|at|from|the)\s$")
_AGED = re.compile(r",\s\d\d\b")
_BYLINE = re.compile(
    r"(?:[Bb]y|BY|[Ww]ritten by|[Ww]ords:?|[Tt]ext:|[Aa]uthors?:|[Ss]tory by|\(?[Rr]eporting by)\s+"
    rf"(?P<name>{NAME})(?P<more>(?:(?:,|\sand|\s&|,\sand)\s{NAME}){{0,5}})"
)
_SIGNATURE = re.compile(rf"(?P<name>{NAME}),\s(?P<role>[\w\s-]{{3,40}})$")


def authors(lines: Iterable[str]) -> Iterator[str]:
    """Name those a byline gives; a login or a desk is no person."""
    for line in lines:
        if found := _BYLINE.match(line):
            for name in re.findall(NAME, f"{found['name']} , {found['more']}"):
                if _person(name):
                    yield name
        elif (signed := _SIGNATURE.match(line)) and set(normal(signed["role"]).split()) & labels("role"):
            yield signed["name"]


def researchers(paragraphs: Iterable[str]) -> tuple[str, ...]:
    """Name those with a title, a profession or a degree, at the head of a study, or heard in a quotation."""
    found: list[str] = []
    for paragraph in paragraphs:
        flat = " ".join(paragraph.split())
        matches = [match for pattern in _patterns() for match in pattern.finditer(flat)]
        for match in sorted(matches, key=lambda match: match.start("name")):
            name = _bare(match["name"])
            spoken = "voice" in match.re.groupindex
            thing = _THING.search(flat, max(0, match.start("name") - 12), match.start("name"))
            if _person(name) and not thing and not (spoken and _AGED.match(flat, match.end("name"))):
                found.append(name)
    return _distinct(found)


def _bare(name: str) -> str:
    words = name.rstrip(".,").split()
    while len(words) > 1 and (
        normal(words[0]) in STOPWORDS or normal(words[0]).rstrip(".") in ("dr", "prof", "doctor", "professor")
    ):
        words = words[1:]
    return " ".join(words)


def _person(name: str) -> bool:
    words = {normal(word) for word in name.split()}
    return not words & (labels("org") | labels("no_person") | labels("place")) and not words <= STOPWORDS


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    """Each person once, by the fullest name, in the order of first mention."""
    fullest: dict[str, str] = {}
    for name in names:
        last = name.split()[-1]
        if len(name) > len(fullest.get(last, "")):
            fullest[last] = name
    return tuple(fullest.values())


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    verbs = "|".join(speech())
    role = rf"(?:[a-z-]+(?:{'|'.join(sorted(labels('calling_ending')))})|{'|'.join(sorted(labels('calling')))})"
    return tuple(
        re.compile(pattern)
        for pattern in (
            rf"(?<!\w){_TITLE}\s(?P<name>{NAME}|{_LAST})",
            rf"(?<!\w)[Ll]ed by (?:{_TITLE}\s)?(?P<name>{NAME})",
            rf"(?<![\w-])(?:{role}|{role.capitalize()})\s(?P<name>{NAME}|{_GIVEN}(?=\s(?:{verbs}|pointed|who)\b))",
            rf"(?P<name>{NAME}),\s(?:an?\s|the\s|who\s)?(?:[\w-]+\s){{0,6}}{role}(?!\w)",
            rf"(?P<name>{NAME}),\s(?:Ph\.?D|M\.?D|MBBS|M\.?Sc)\b",
            rf"(?<!\w)(?P<voice>{verbs})\s(?:the\s)?(?:[a-z-]+\s){{0,4}}(?P<name>{NAME})",
            rf"(?P<name>{NAME})\s(?P<voice>{verbs})(?!\w)",
        )
    )
