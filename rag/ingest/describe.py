"""Where an article comes from, as far as it says: outlet, date, authors, researchers, journal. What it does not say is None."""

import csv
import re
from collections.abc import Iterator
from functools import cache
from importlib import resources

from rag.domain import Document, Source, Span
from rag.ingest.dates import dates, iso
from rag.ingest.headline import dateline, label
from rag.ingest.lines import lines
from rag.ingest.layout import Layout
from rag.text.words import normal

_PART = r"(?:[A-Z]\.|[A-Z][\w'’-]+)"
_NAME = rf"{_PART}(?:\s(?:{_PART}|de|van|von|der|la|el|al))+"
_TITLED = re.compile(
    rf"(?<!\w)(?:(?:Univ\.-)?Prof(?:essor|\.)?|Dr\.?|Doctor)\s(?:(?:Univ\.-)?Prof\.|Dr\.|Professor)?\s?(?P<name>{_NAME}|[A-Z][\w'’-]+)"
)
_SPOKE = re.compile(
    r"\b(?:says|said|explains|explained|notes|noted|adds|added|led by|lead author|first author|senior author)\s"
    rf"(?:(?:the|a|an)\s)?(?:[a-z-]+\s){{0,4}}(?P<name>{_NAME})"
)
_DEGREE = re.compile(rf"(?P<name>{_NAME}),\s(?:Ph\.?D|M\.?D|MBBS|MSc)\b")
_BYLINE = re.compile(rf"^(?:by|written by|words by|story by|reported by|text:)\s(?P<name>{_NAME})", re.I)
_FOR = re.compile(r"^by\s[^,]+?(?:,\s|\sfor\s)(?P<outlet>(?:the\s)?[A-Z][\w'’& .-]+)$", re.I)
_COPYRIGHT = re.compile(
    r"(?:©|\([Cc]\)|[Cc]opyright)\s*(?:©\s*)?(?:\d{4}(?:\s?[-–]\s?\d{4})?\s+)?(?P<outlet>[A-Z][\w'’& -]+?)(?:\s\d{4})?(?:[.|,]|$)"
)
_SIGNED = re.compile(r"\([^()]{0,40}?(?:19|20)\d\d\)\s*$")
_WORD = r"[A-Z][\w&'’-]*"
_TITLE = rf"(?:the\s)?(?P<title>{_WORD}(?:(?:,?\s(?:of|and|the|in|for|on|&)){{0,2}},?\s{_WORD}){{0,7}})"
_JOURNAL = (
    re.compile(rf"\bjournal(?:,|:)?\s[\"“”'‘]?{_TITLE}"),
    re.compile(rf"\b[Pp]ublished\s(?:[a-z]+\s){{0,3}}(?:in|by)\s(?:the\s)?(?:edition\s)?[\"“”'‘]?{_TITLE}"),
    re.compile(rf"\bin\sthe\s[\"“”'‘]?(?P<title>(?:{_WORD}\s){{0,3}}Journal\sof(?:\s(?:the|and|{_WORD}))*\s{_WORD})"),
    re.compile(rf"[\"“”'‘](?P<title>(?:{_WORD}\s){{0,3}}Journal\sof(?:\s(?:the|and|{_WORD}))*\s{_WORD})"),
)
_SEGMENT = re.compile(r"\s+[|»›>/·•–—-]\s+")
_LONGEST_MASTHEAD = 8
"""Words of a line that names a site; a slogan or a headline has more."""


def describe(document: Document, layout: Layout) -> Source:
    """Read off where an article comes from; what came with the document counts before what the text says."""
    head, prose = _head(layout), [block.span.text for block in layout.blocks]
    title = document.title or (layout.title.text if layout.title else _first_words(document.text))
    return Source(
        title=" ".join(title.split()),
        origin=document.origin,
        outlet=document.outlet or _outlet(layout, head),
        url=document.url,
        date=(iso(document.date) if document.date else None) or _date(layout, head, prose),
        authors=tuple(_authors(head)),
        researchers=tuple(_researchers(prose)),
        journal=_journal(prose),
    )


def _head(layout: Layout) -> list[Span]:
    """The lines around the title, before the first paragraph."""
    body = layout.blocks[0].span.start if layout.blocks else 0
    return [span for span in layout.removed if span.start < body]


def _first_words(text: str) -> str:
    first = next(line for line in text.splitlines() if line.strip())
    return " ".join(first.split()[:16])


def _date(layout: Layout, head: list[Span], prose: list[str]) -> str | None:
    """The date of a byline or page line. One that stands above the site's name is today's, on the page's header."""
    sites = [span.start for span in head if _site(span.text) and not next(dates(span.text), None)]
    title = layout.title.start if layout.title else 0
    for span in head:
        above_site = any(span.start < site < title for site in sites)
        found = next(dates(span.text), None)
        if found and not above_site and (span.start > title or _bare(span)):
            return found.iso
    for text in prose[:1]:
        opening = re.split(r"\s[-–—]{1,2}\s", text, maxsplit=1)[0]
        found = next(dates(opening), None) if len(opening) < 60 else None
        if found:
            return found.iso
    signed = (_SIGNED.search(text) for text in prose)
    return next((date.iso for match in signed if match for date in dates(match.group())), None)


def _bare(span: Span) -> bool:
    """Whether a line of the head gives little but a date."""
    return all(dateline(line) for line in lines(span.text))


def _site(text: str) -> str | None:
    """The name of a site that a line of the head gives, alone, before a separator or before a date; None where it gives none."""
    date = next(dates(text), None)
    first = _SEGMENT.split(text[: date.start] if date else text)[0].strip(" ,")
    words = first.split()
    if not words or len(words) > _LONGEST_MASTHEAD or ("," in text and not date) or _BYLINE.match(text):
        return None
    if not all(word[0].isupper() or word in ("of", "and", "&", "the", "for") for word in words):
        return None
    if label(first) or normal(first) in _words("no_outlet") or (date and len(words) < 2):
        return None
    return first.title() if first.isupper() and len(words) > 1 else first


def _outlet(layout: Layout, head: list[Span]) -> str | None:
    for span in head:
        stated = _FOR.match(span.text)
        if stated:
            return stated["outlet"].strip()
    named = next((name for span in head if (name := _site(span.text))), None)
    if named:
        return named
    for span in reversed(layout.removed):
        owner = _COPYRIGHT.search(span.text)
        if owner and not label(owner["outlet"]):
            return re.sub(r"\s+(?:All rights reserved|Limited|Ltd|Inc)\b.*$", "", owner["outlet"]).strip()
    return None


def _authors(head: list[Span]) -> Iterator[str]:
    for span in head:
        named = _BYLINE.match(span.text)
        if named and normal(named["name"]) not in _words("no_person"):
            yield re.split(r"\sfor\s|,", named["name"])[0]


def _researchers(prose: list[str]) -> Iterator[str]:
    seen: set[str] = set()
    for text in prose:
        flat = " ".join(text.split())
        found = sorted((m for p in (_TITLED, _SPOKE, _DEGREE) for m in p.finditer(flat)), key=lambda m: m.start("name"))
        for match in found:
            name = re.sub(r"^(?:(?:Univ\.-)?Prof\.?|Dr\.?|Professor)\s", "", match["name"]).rstrip(".,")
            surname = name.split()[-1]
            if surname not in seen and not name.isupper():
                seen.add(surname)
                yield name


def _journal(prose: list[str]) -> str | None:
    """The journal, conference proceedings or the like that carried the study, in the order the text names them."""
    found: list[tuple[int, str]] = []
    for text in prose:
        flat = " ".join(text.split())
        for pattern in _JOURNAL:
            found += [(m.start("title"), m["title"].strip(" ,.")) for m in pattern.finditer(flat)]
        named = sorted((at, name) for at, name in found if normal(name) not in _words("no_journal"))
        if named:
            return named[0][1]
    return None


@cache
def _words(kind: str) -> frozenset[str]:
    with resources.files("rag.ingest").joinpath("names.csv").open(encoding="utf8") as file:
        return frozenset(row["name"] for row in csv.DictReader(file) if row["kind"] == kind)
