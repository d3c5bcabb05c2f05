"""Numbers a text states, with units and places: digits, words, shares, multiples. One inside a name is no figure."""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from rag.text.words import normal

SHARE = "share"
"""Unit of a part of a whole: "one in five" is 0.2."""

_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?|(?<![\d.])\.\d+"
_CLOCK = re.compile(
    r"(?<![\d:])(?:[01]?\d|2[0-3]):[0-5]\d(?![\d:])|(?<!\d)\d{1,2}[./]\d{1,2}[./]\d{4}(?!\d)|(?<![\d-])\d{4}-\d\d-\d\d(?!\d)"
)
_JOINED = re.compile(r"[\w/-]+$")
_PREFIXES = ("mid", "pre", "post", "under", "over", "age", "aged", "to", "a", "and", "per", "about", "nearly", "almost")
_PART = re.compile(r"\s(?:in(?:\severy)?|out\sof(?:\severy)?|of(?:\s(?:the|these|those|its|our|their|all))?)\s")
_RANGE = re.compile(r"\s?-\s?|\s(?:to|or)\s")
_HALF_MORE = re.compile(r"\sand\sa\shalf(?!\w)")
_YEARS = range(1900, 2101)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number at characters `start` to `end`. `unit` is a measure, "%", "share" (a part of 1) or None for a count."""

    value: float
    unit: str | None
    start: int
    end: int
    text: str

    @property
    def share(self) -> float | None:
        """The part of a whole it states, so that 50%, half and 1 in 2 are equal; None for other figures."""
        return self.value / 100 if self.unit == "%" else self.value if self.unit == SHARE else None


def figures(text: str) -> tuple[Figure, ...]:
    """Find the figures of a text, in its order. "7 of 12" gives the share and, within it, both counts."""
    plain = normal(text)
    clocks = {i for match in _CLOCK.finditer(plain) for i in range(*match.span())}
    found: list[Figure] = []
    for match in _number().finditer(plain):
        inside = match.start() in clocks or (found and match.start() < found[-1].end)
        if not inside and not _named(text, plain, match):
            found.append(_figure(text, plain, match))
    return tuple(sorted(_shares(text, plain, _ranges(plain, found)), key=lambda figure: (figure.start, -figure.end)))


def _figure(text: str, plain: str, match: re.Match[str]) -> Figure:
    """Read a number, what scales it (million, and a half) and its unit."""
    words, (start, end), unit = _forms(), match.span(), None
    if form := match["change"] or match["part"] or match["half"]:
        value = _number_of(form, "change" if match["change"] else "share") * _spoken(match["count"] or "one")
        return Figure(value, SHARE if value < 1 else "times", start, end, text[start:end])
    value = float(match["digits"].replace(",", "")) if match["digits"] else _spoken(match.group())
    if start and plain[start - 1] in words["money"] and match["digits"]:
        start, unit = start - 1, words["money"][plain[start - 1]]
    if scale := _scale(plain, end, money=unit is not None):
        value, end = value * _number_of(scale[1], "scale"), scale.end()
    if half := _HALF_MORE.match(plain, end):
        value, end = value + 0.5, half.end()
    if unit is None and (measure := _unit().match(plain, end)):
        unit, end = (words["unit"] | words["money"])[" ".join(measure[1].split())], measure.end()
    return Figure(value, unit, start, end, text[start:end])


def _scale(plain: str, end: int, money: bool) -> re.Match[str] | None:
    return _scales(money).match(plain, end)


def _spoken(phrase: str) -> float:
    """Add up number words: two hundred and four is 204, three dozen 36."""
    if phrase.startswith("half"):
        return 6.0
    total = current = 0.0
    for word in re.split(r"[\s,-]+", phrase):
        if word in _forms()["scale"]:
            current = (current or 1) * _number_of(word, "scale")
            if _number_of(word, "scale") >= 1000:
                total, current = total + current, 0.0
        elif word not in ("a", "and"):
            current += _number_of(word, "tens" if word in _forms()["tens"] else "ones")
    return total + current or (1.0 if phrase == "a" else 0.0)


def _named(text: str, plain: str, match: re.Match[str]) -> bool:
    """Whether the number is part of a name (PD-1, Th17, 5-HT, phase 2), an ordinal, or a "one" that counts nothing."""
    start, end = match.span()
    if match["change"] or match["part"] or match["half"]:
        return False
    if match.group() == "one":
        return not _counts(plain, end)
    if _named_before(text, plain, start):
        return True
    unit = _unit().match(plain, end)
    if match["digits"] and re.match(r"[^\W\d_]", plain[end : end + 1]):
        money = start > 0 and plain[start - 1] in _forms()["money"]
        return not (unit or _scale(plain, end, money) or re.match(r"s(?!\w)", plain[end : end + 2]))
    if match["digits"] and re.match(r"-[A-Z]{2,4}(?![^\W_])", text[end : end + 6]):
        return True
    return not unit and _cue().search(plain[max(0, start - 24) : start]) is not None


def _named_before(text: str, plain: str, start: int) -> bool:
    """Whether the number is joined to letters before it. A long dash joins nothing."""
    if start == 0 or text[start - 1] in "\u2014\u2015":
        return False
    if plain[start - 1] in "@#":
        return True
    joined = _JOINED.search(plain, max(0, start - 24), start)
    first = re.split(r"[-/\d]", joined.group())[0] if joined else ""
    return bool(first) and not (first in _PREFIXES and "-" in plain[start - 1])


def _counts(plain: str, end: int) -> bool:
    """Whether "one" counts: before a unit or a being, or in "one in five". Elsewhere it is mostly a pronoun."""
    return bool(_unit().match(plain, end) or _counted().match(plain, end))


def _ranges(plain: str, found: list[Figure]) -> list[Figure]:
    """Give the first number of a range the unit of the second: 3 to 10 percent, between 3 and 10 percent."""
    result = list(found)
    for i in range(len(result) - 2, -1, -1):
        here, then = result[i], result[i + 1]
        gap = plain[here.end : then.start]
        between = gap == " and " and "between" in plain[max(0, here.start - 20) : here.start]
        if here.unit is None and then.unit not in (None, SHARE) and len(gap) < 9 and (between or _RANGE.fullmatch(gap)):
            result[i] = here if _year(here) else replace(here, unit=then.unit)
    return result


def _shares(text: str, plain: str, found: list[Figure]) -> Iterable[Figure]:
    """Join one in five, 7 of 12 and 1/4 into a share; where "of" alone joins them the two counts stay."""
    i = 0
    while i < len(found):
        here, then = found[i], found[min(i + 1, len(found) - 1)]
        gap = plain[here.end : then.start]
        if (gap == "/" or (len(gap) < 16 and _PART.fullmatch(gap))) and _divides(here, then, gap):
            yield Figure(here.value / then.value, SHARE, here.start, then.end, text[here.start : then.end])
            yield from (here, then) if gap.startswith(" of") else ()
            i += 1
        else:
            yield here
        i += 1


def _divides(here: Figure, then: Figure, gap: str) -> bool:
    whole = here.unit is None and then.unit is None and here.value.is_integer() and then.value.is_integer()
    return whole and 0 < here.value < then.value and not (_year(then) and " in" in gap)


def _year(figure: Figure) -> bool:
    return figure.value in _YEARS and "," not in figure.text


def _number_of(form: str, kind: str) -> float:
    top, _, bottom = _forms()[kind].get(form, "1000000").partition("/")
    return float(top) / float(bottom or 1)


def _any(forms: Iterable[str]) -> str:
    return "|".join(re.escape(form).replace(r"\ ", r"\s") for form in sorted(forms, key=len, reverse=True))


@cache
def _forms() -> Mapping[str, dict[str, str]]:
    with resources.files("rag.text").joinpath("figures.csv").open(encoding="utf8") as file:
        rows = list(csv.DictReader(file))
    return {kind: {r["form"]: r["meaning"] for r in rows if r["kind"] == kind} for kind in {r["kind"] for r in rows}}


@cache
def _number() -> re.Pattern[str]:
    """A part of a whole, a factor, a number in words or one in digits, in normal text."""
    words = _forms()
    ones, tens, parts = _any(words["ones"]), _any(words["tens"]), _any(set(words["share"]) - {"half"})
    small = rf"(?:(?:{tens})(?:[\s-](?:{ones}))?|(?:{ones}))(?![^\W_])"
    middle = rf"(?:(?:a|{small})[\s-](?:hundred|dozen)(?![^\W_])(?:\s(?:and\s)?{small})?|{small})"
    large = rf"(?:{middle}|a)\s(?:thousand|million|billion)(?![^\W_])(?:,?\s(?:and\s)?{middle})?"
    spoken = rf"half\sa\sdozen|(?:{large}|{middle})"
    half = r"(?P<half>half)(?!-|\s(?:an?\s|hours?|way|time|life))"
    part = rf"(?P<count>{ones}|a(?=\s\w+\sof(?!\w)))[\s-](?P<part>{parts})|{half}"
    return re.compile(
        rf"(?<![^\W_])(?<![^\W_]-)(?:(?:{part})(?![^\W_])|(?P<change>{_any(words['change'])})(?![^\W_])|{spoken})|(?P<digits>{_DIGITS})"
    )


@cache
def _unit() -> re.Pattern[str]:
    units = [*_forms()["unit"], *(form for form in _forms()["money"] if form.isalpha())]
    symbols, spelled = _any(u for u in units if not u[-1].isalpha()), _any(u for u in units if u[-1].isalpha())
    return re.compile(rf"(?:\s|-)?({symbols}|(?:{spelled})(?![^\W_])(?<!second(?=-)))")


@cache
def _scales(money: bool) -> re.Pattern[str]:
    return re.compile(rf"\s?({_any(_forms()['scale'])}{'|m' if money else ''})(?![^\W_])")


@cache
def _counted() -> re.Pattern[str]:
    numbers = _any([*_forms()["ones"], *_forms()["tens"], *_forms()["scale"], "a"])
    return re.compile(
        rf"\s(?:(?:in|out\sof)\s(?:every\s)?(?:\d|(?:{numbers})(?!\w))|of\s(?:the\s)?\d|(?:{_any(_forms()['counted'])})(?!\w))"
    )


@cache
def _cue() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![^\W_])(?:{_any(_forms()['name'])})s?\.?[\s-](?:\d\w{{0,2}}(?:\s?[/-]\s?|\s(?:and|or|to)\s))?$"
    )
