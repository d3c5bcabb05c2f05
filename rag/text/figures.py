"""Numbers a text states, with their units and places: digits, words, shares and multiples. A number inside a name is no figure."""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from rag.text.words import normal

SHARE = "share"
"""Unit of a part of a whole: "one in five" is 0.2."""

_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|(?<![\d.])\.\d+"
_CLOCK = re.compile(r"(?<![\d:])(?:[01]?\d|2[0-3]):[0-5]\d(?:\s?[ap]\.?m)?(?![\d:])")
_PART = re.compile(r"\s(?:in(?:\severy)?|out\sof|of(?:\s(?:the|these|those|its|our|their|all))?)\s")
_RANGE = re.compile(r"\s?-\s?|\s(?:to|or|and|versus|vs\.?)\s|,\s")
_YEARS = range(1900, 2101)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number at characters `start` up to, not including, `end`. `unit` is a measure, "%", "share" (a part of 1) or None for a count."""

    value: float
    unit: str | None
    start: int
    end: int
    text: str

    @property
    def share(self) -> float | None:
        """The part of a whole it states, so that 50%, half and 1 in 2 are equal; None for other figures."""
        return {"%": self.value / 100, SHARE: self.value}.get(self.unit or "")


def figures(text: str) -> tuple[Figure, ...]:
    """Find the figures of a text, in its order. "7 of 12" gives the share and, within it, both counts."""
    plain = normal(text)
    clocks = [match.span() for match in _CLOCK.finditer(plain)]
    found: list[Figure] = []
    for match in _pattern("number").finditer(plain):
        if found and match.start() < found[-1].end:
            continue  # the million of 1.5 million
        if any(start <= match.start() < end for start, end in clocks) or _named(text, plain, match):
            continue
        found.append(_measured(text, plain, match))
    return tuple(sorted(_shares(text, plain, _ranges(plain, found)), key=lambda figure: (figure.start, -figure.end)))


def _measured(text: str, plain: str, match: re.Match[str]) -> Figure:
    """Read the number, what scales it (million) and its unit."""
    value, start, end = 0.0, match.start(), match.end()
    unit: str | None = None
    kind = match.lastgroup
    if kind == "digits":
        value = float(match.group().replace(",", ""))
        if scale := _pattern("scale").match(plain, end):
            value, end = value * _numbers("scale")[scale.group(1)], scale.end()
        if plain[start - 1 : start] in _rows("money"):
            start, unit = start - 1, _rows("money")[plain[start - 1]]
    elif kind == "change":
        value = _numbers("change")[match.group()]
        return Figure(value, SHARE if value < 1 else "times", start, end, text[start:end])
    elif kind == "part":
        value = _numbers("ones").get(match["count"] or "", 1) * _numbers("share")[match["part"]]
        return Figure(value, SHARE, start, end, text[start:end])
    else:
        value = _spoken(match.group())
    if unit is None and (measure := _pattern("unit").match(plain, end)):
        unit, end = _units()[re.sub(r"\s+", " ", measure.group(1))], measure.end()
    return Figure(value, unit, start, end, text[start:end])


def _spoken(phrase: str) -> float:
    """Add up number words: two hundred and four is 204, three dozen 36."""
    total, current = 0.0, 0.0
    for word in re.split(r"[\s-]+", phrase.removesuffix("s")):
        scale = _numbers("scale").get(word)
        if scale:
            current = (current or 1) * scale
            if scale >= 1000:
                total, current = total + current, 0.0
        else:
            current += _numbers("ones").get(word, 0) + _numbers("tens").get(word, 0)
    return total + current


def _named(text: str, plain: str, match: re.Match[str]) -> bool:
    """Whether the number is part of a name: PD-1, Th17, 5-HT, phase 2, interleukin 2, IL-17C."""
    start, end = match.start(), match.end()
    before, after = plain[max(0, start - 24) : start], text[end : end + 12]
    if match.lastgroup in ("change", "part"):
        return False
    if re.search(r"[^\W\d_][^\W_]*-$|[^\W_]$|[@#/_\\]$|[^\W\d_]\.$|\d-\d*$", before) and not re.search(
        r"(?<![^\W_])(?:mid|pre|post|under|over|age|aged|per|and|a|x|to)-$|(?<![^\W_-])[\d.,]+(?:[^\W\d_]{1,3})?[-/]$",
        before,
    ):
        return True
    if _pattern("name").search(before):
        return True
    if match.lastgroup == "digits" and re.match(r"[^\W\d_]", after) and not _pattern("unit").match(plain, end):
        return not _pattern("scale").match(plain, end) and not re.match(r"(?:s|st|nd|rd|th)\b", after)
    return bool(match.lastgroup == "digits" and re.match(r"-[A-Z]{1,4}(?![^\W_])", after)) or (
        match.group() == "one" and not _counted(plain, end)
    )


def _counted(plain: str, end: int) -> bool:
    """Whether "one" counts: before a unit, or in one in five. Elsewhere it is mostly a pronoun."""
    return bool(
        _pattern("unit").match(plain, end)
        or re.match(r"\s(?:in|out\sof)\s(?:\d|[a-z]+)|\sof\sthe\s\d", plain[end : end + 24])
    )


def _ranges(plain: str, found: list[Figure]) -> list[Figure]:
    """Give the first number of a range the unit of the second: 3 to 10 percent."""
    result = list(found)
    for i in range(len(result) - 2, -1, -1):
        here, then = result[i], result[i + 1]
        gap = plain[here.end : then.start]
        if (
            here.unit is None
            and then.unit
            and len(gap) < 9
            and _RANGE.fullmatch(gap)
            and (gap.strip(" ") not in ("and", ",") or _between(plain, here))
        ):
            result[i] = replace(here, unit=then.unit)
    return result


def _between(plain: str, figure: Figure) -> bool:
    return plain[max(0, figure.start - 20) : figure.start].rstrip().endswith(("between", "from", "respectively"))


def _shares(text: str, plain: str, found: list[Figure]) -> list[Figure]:
    """Join one in five, 7 of 12 and 1/4 into a share; where "of" joins them the two counts stay."""
    result, i = [], 0
    while i < len(found):
        here, then = found[i], found[i + 1] if i + 1 < len(found) else None
        gap = plain[here.end : then.start] if then else ""
        if then and (joined := _share(here, then, gap)):
            result.append(Figure(joined, SHARE, here.start, then.end, text[here.start : then.end]))
            result += [here, then] if "of" in gap and "out" not in gap else []
            i += 2
        else:
            result.append(here)
            i += 1
    return result


def _share(here: Figure, then: Figure, gap: str) -> float | None:
    if (
        here.unit
        or then.unit
        or not 0 < here.value < then.value
        or not (here.value.is_integer() and then.value.is_integer())
    ):
        return None
    year = int(then.value) in _YEARS and "," not in then.text and "in" in gap
    return here.value / then.value if (gap == "/" or _PART.fullmatch(gap)) and not year else None


@cache
def _numbers(kind: str) -> Mapping[str, float]:
    """The number words of a kind (ones, tens, scale, share, change) with their values."""
    return {form: float(meaning) for form, meaning in _rows(kind).items()}


@cache
def _rows(kind: str) -> Mapping[str, str]:
    with resources.files("rag.text").joinpath("figures.csv").open(encoding="utf8") as file:
        return {row["form"]: row["meaning"] for row in csv.DictReader(file) if row["kind"] == kind}


@cache
def _units() -> Mapping[str, str]:
    return {**_rows("unit"), **_rows("money")}


def _any(forms: Iterable[str]) -> str:
    return "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in sorted(forms, key=len, reverse=True))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    words = _any([*_numbers("ones"), *_numbers("tens"), *_numbers("scale")])
    start = _any([*_numbers("ones"), *_numbers("tens"), "dozen", "hundred", "thousand", "million"])
    sources = {
        "number": rf"(?P<change>(?<![\w-])(?:{_any(_numbers('change'))})(?!\w))"
        rf"|(?<![\w-])(?:(?P<count>{_any(_numbers('ones'))}|a)[\s-])?(?P<part>{_any(_numbers('share'))})(?![\w-])"
        rf"|(?P<digits>{_DIGITS})"
        rf"|(?P<words>(?<![\w-])(?:{start})s?(?:(?:\s|-|\sand\s)(?:{words}))*(?!\w))",
        "scale": rf"[\s-]?({_any(_numbers('scale'))})(?!\w)",
        "unit": rf"[\s-]?({_any(_units())})(?!\w)",
        "name": rf"(?<!\w)(?:{_any(_rows('name'))})\.?[\s-]$",
    }
    return re.compile(sources[name])
