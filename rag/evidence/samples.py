"""How many took part: counts of people where a sentence tells who was studied, never an age, a dose or an event."""

import re
from dataclasses import dataclass

from rag.evidence import cues
from rag.text.figures import figures

NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty|dozen|hundred|thousand)\b"
)
JOINED = re.compile(r"(\d[\d,]*)-(\w+?)s?")
AND = re.compile(r"(?: [\w',-]+){0,10}? and (?:from |in |of |with |another |a further |on )?")


@dataclass(frozen=True, slots=True)
class Sample:
    """`size` people, in the article's own words ("36 patients"), at `start` to `end` of the sentence.

    `event` where the sentence counts those to whom something happened: "151 participants developed gout".
    """

    size: int
    words: str
    start: int
    end: int
    event: bool = False


def sample(text: str) -> Sample | None:
    """Read the number of people studied out of a sentence: the largest group, or the sum of two joined ones."""
    text = text[: cues.LONGEST]
    plain = cues.plain(text)
    if not NUMBER.search(plain):
        return None
    groups = [
        found
        for figure in figures(text)
        if figure.unit is None and (found := _group(text, plain, figure.value, figure.start, figure.end))
    ]
    groups += [
        Sample(int(m[1].replace(",", "")), text[m.start() : m.end()], m.start(), m.end())
        for m in cues.patterns("samples")["equation"].finditer(plain)
    ]
    if len(groups) == 2 and AND.fullmatch(plain[groups[0].end : groups[1].start]):
        one, two = groups
        return Sample(one.size + two.size, f"{one.words} and {two.words}", one.start, two.end)
    return max(groups, key=lambda group: group.size, default=None)


def _group(text: str, plain: str, value: float, start: int, end: int) -> Sample | None:
    """Take a figure as a group of people where the words around it say so."""
    patterns = cues.patterns("samples")
    if (
        not value.is_integer()
        or value < 1
        or "illion" in plain[start:end]
        or patterns["bad_before"].search(plain[:start])
    ):
        return None
    before = plain[max(0, start - 110) : start]
    noun = patterns["noun"].match(plain, end)
    if noun and patterns["yearly"].match(plain, noun.end()):
        return None
    if noun and (patterns["good_before"].search(before) or patterns["good_after"].match(plain, noun.end())):
        event = bool(patterns["happened"].match(plain, noun.end()))
        return Sample(int(value), _plural(text[start : noun.end()]), start, noun.end(), event)
    if not noun and patterns["bare"].match(plain, end) and patterns["among"].search(before):
        return Sample(int(value), f"{text[start:end]} people", start, end)
    return None


def _plural(words: str) -> str:
    """The words as they are said of people: a 36-patient trial has 36 patients."""
    joined = JOINED.fullmatch(words)
    if not joined:
        return words
    return f"{joined[1]} people" if joined[2] == "person" else f"{joined[1]} {joined[2]}s"
