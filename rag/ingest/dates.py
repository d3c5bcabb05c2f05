"""Dates as an article states them, as precise as they are stated: 2026-02-11, 2013-03 or 2010."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.text.words import normal

_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_NAME = "|".join(f"{month[:3]}(?:{month[3:]})?" if month != "september" else "sept?(?:ember)?" for month in _MONTHS)
_DATE = re.compile(
    rf"(?<![\d.,/-])(?:(?P<y1>\d{{4}})[-/.](?P<m1>\d{{1,2}})[-/.](?P<d1>\d{{1,2}})(?!\d)"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th|\.)?(?:\s+of)?\s+(?P<m2>{_NAME})\.?,?\s+(?P<y2>\d{{4}})(?!\d)"
    rf"|(?P<d3>\d{{1,2}})(?P<by>[./])(?P<m3>\d{{1,2}})[./](?P<y3>\d{{4}})(?!\d))"
    rf"|(?<!\w)(?P<m4>{_NAME})\.?\s+(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y4>\d{{4}})(?!\d)"
    rf"|(?<!\w)(?P<m5>{_NAME})\.?,?\s+(?P<y5>\d{{4}})(?!\d)"
    r"|(?<!\w)(?:spring|summer|autumn|fall|winter)(?:\s+issue)?,?\s+(?P<y6>\d{4})(?!\d)"
)


@dataclass(frozen=True, slots=True)
class Date:
    """A date and the characters it stands at."""

    iso: str
    start: int
    end: int


def dates(text: str) -> Iterator[Date]:
    """Find the dates of a text in their order. A bare year is none; of 03/04/2024 only the year is sure."""
    for match in _DATE.finditer(normal(text)):
        form = next(n for n in "123456" if match.group(f"y{n}"))
        month, day = (match.groupdict().get(f"{part}{form}") for part in "md")
        number = None if month is None else int(month) if month.isdigit() else _month(month)
        if form == "3" and match.group("by") == "/" and day and number:
            number, day = _american(number, int(day))
        if iso := _iso(int(match[f"y{form}"]), number, int(day) if day else None):
            yield Date(iso, match.start(), match.end())


def iso(text: str) -> str | None:
    """Read the one date a text states, in any of these forms or as a bare year; None where it states none."""
    plain = text.strip()
    if re.fullmatch(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2]))?", plain):
        return plain
    return next((date.iso for date in dates(plain)), None)


def _american(middle: int, first: int) -> tuple[int | None, str | None]:
    """Month and day of two numbers parted by a stroke: both ways are in use, so only a number over 12 decides."""
    if first > 12:
        return middle, str(first)
    return (first, str(middle)) if middle > 12 else (None, None)


def _month(name: str) -> int:
    return next(i for i, month in enumerate(_MONTHS, 1) if month[:3] == name[:3])


def _iso(year: int, month: int | None, day: int | None) -> str | None:
    if not 1900 <= year <= 2100:
        return None
    if month is None:
        return str(year)
    try:
        whole = datetime.date(year, month, day or 1).isoformat()
    except ValueError:
        return None
    return whole if day else whole[:7]
