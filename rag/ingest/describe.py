"""Where an article comes from, as far as it says; what it does not say is None and is never guessed."""

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.domain import Document, Source, Span
from rag.ingest import furniture
from rag.ingest.dates import Date, dates, iso
from rag.ingest.extract import Extract
from rag.ingest.headline import SEPARATOR, dateline, label
from rag.ingest.institutions import institutions
from rag.ingest.journals import journal
from rag.ingest.labels import labels
from rag.ingest.layout import Layout
from rag.ingest.lines import lines
from rag.ingest.people import NAME, authors, researchers
from rag.text.words import STOPWORDS, normal

GIVEN = "given with the document"
NAMED = "named in the text"
_TITLE_WORDS = 16
"""Words of the beginning that stand for a title where a text has none."""
_MASTHEAD_WORDS = 6
"""Words of a site's name at most; a slogan or a headline has more."""
_DATED = re.compile(r"(?:first\s)?(?:published|posted|released|date)\b", re.IGNORECASE)
_UPDATED = re.compile(r"(?:updated|modified|reviewed)[^|]{0,30}$", re.IGNORECASE)
_SIGNED = re.compile(r"\((?:[A-Za-z]{1,4}(?:/[A-Za-z]{1,4})?,?\s)?[^()]{6,24}\)\s*$")
_OPENING = re.compile(r"[^!?]{0,70}?(?:\)|\d)\s?[-\u2013\u2014]{1,2}\s")
_NEWS_FROM = re.compile(r"(?i:news|press\srelease)\s(?i:from)\s(?i:the\s)?(?=\S)")
"""What a masthead says before the name: "News from Westmoor Hospital"."""
_BESIDE_NAME = re.compile(rf"(?:[Bb]y|BY)\s{NAME}(?:,\s|\sfor\s)(?P<outlet>(?:[Tt]he\s)?[A-Z][\w&'\u2019. -]+)$")
_COPYRIGHT = re.compile(
    r"(?:\u00a9|\([Cc]\)|[Cc]opyright)\s{0,2}(?:\u00a9\s{0,2})?(?:(?:19|20)\d\d(?:\s?[-\u2013]\s?\d{2,4})?,?\s(?:by\s)?)?"
    r"(?P<outlet>[A-Z][\w&'\u2019 -]{2,60}?)(?:\s(?:19|20)\d\d)?\s{0,2}(?:[.|,]|[Aa]ll\s[Rr]ights|$)"
)
_FIRM = re.compile(r"\s(?:Limited|Ltd|Inc|LLC|PLC|plc|GmbH|AG|SA|BV|Corp)\b.*$")


def describe(document: Document, layout: Layout) -> Source:
    """Read off where an article comes from; what came with the document counts before what its text says.

    What its format told to be furniture says nothing: a running header may hold the day of printing.
    """
    given: tuple[str, ...] = ()
    if isinstance(document, Extract):
        given = document.authors
        layout = replace(layout, removed=tuple(s for s in layout.removed if s not in document.furniture))
    prose = [block.span.text for block in layout.blocks]
    title = document.title or (layout.title.text if layout.title else _beginning(document.text))
    head = _head(layout)
    byline = tuple(dict.fromkeys(authors(span.text for span in layout.removed)))
    dated = iso(document.date) if document.date else None
    outlet = (document.outlet, GIVEN) if document.outlet else _outlet(layout, head)
    date = (dated, GIVEN) if dated else _date(layout, head, prose)
    source = Source(
        title=" ".join(title.split()),
        origin=document.origin,
        outlet=outlet[0] if outlet else None,
        url=document.url,
        date=date[0] if date else None,
        authors=given or byline,
        researchers=researchers(prose),
        institutions=institutions(prose),
        journal=journal(prose),
    )
    how = {
        "title": GIVEN if document.title else "headline" if layout.title else "first words",
        "outlet": outlet[1] if outlet else "",
        "date": date[1] if date else "",
        "authors": (GIVEN if given else "byline") if source.authors else "",
        "researchers": NAMED if source.researchers else "",
        "institutions": NAMED if source.institutions else "",
        "journal": NAMED if source.journal else "",
    }
    return replace(source, found={fact: words for fact, words in how.items() if words})


def _head(layout: Layout) -> list[Span]:
    """The removed lines before the first paragraph: masthead, date, byline."""
    body = layout.blocks[0].span.start if layout.blocks else 0
    return [span for span in layout.removed if span.start < body]


def _beginning(text: str) -> str:
    words = text[: _TITLE_WORDS * 40].split()
    return " ".join(words[:_TITLE_WORDS]) + (" \u2026" if len(words) > _TITLE_WORDS else "")


def _date(layout: Layout, head: Sequence[Span], prose: Sequence[str]) -> tuple[str, str] | None:
    """The date of a page line or byline, of the opening dateline, the signature or a line at the foot; and which."""
    title = layout.title.start if layout.title else 0
    sites = [span.start for span in head if span.start < title and _site(span.text)]
    for span in head:
        # A date above the site's own name is the day the page was looked at.
        header = any(span.start < site for site in sites)
        found = _first(span.text)
        if found and not header and (span.start > title or all(dateline(line) for line in lines(span.text))):
            return found.iso, "date line"
    opening = _OPENING.match(prose[0]) if prose else None
    signed = _SIGNED.search(prose[-1][-60:]) if prose else None
    foot = (span.text for span in layout.removed if span.start > title and _DATED.match(span.text))
    places = [(m.group(), how) for m, how in ((opening, "opening dateline"), (signed, "signature at the end")) if m]
    stated = ((_first(text), how) for text, how in (*places, *((text, "line at the foot") for text in foot)))
    return next(((date.iso, how) for date, how in stated if date), None)


def _first(line: str) -> Date | None:
    """The date a line gives for the article: the first that is not that of an update, else the first."""
    found = list(dates(line))
    return next((date for date in found if not _UPDATED.search(line[: date.start])), found[0] if found else None)


def _outlet(layout: Layout, head: Sequence[Span]) -> tuple[str, str] | None:
    """The outlet of the byline, the masthead, the date line or the copyright line, in that order; and which it was."""
    title = layout.title.start if layout.title else 0
    owners = [owner for span in reversed(layout.removed) if (owner := _owner(span.text))]
    for span in head:
        beside = _BESIDE_NAME.match(span.text)
        if beside and set(normal(beside["outlet"]).split()) & (labels("org") | {"the"}):
            return beside["outlet"].strip(" ."), "byline"
    for span in head:
        name = _site(span.text) if span.start < title else _organisation(span.text)
        if name:
            return name, "masthead" if span.start < title else "date line"
        section = SEPARATOR.split(span.text)[0]
        if any(normal(owner).startswith(normal(section)) and len(section.split()) > 1 for owner in owners):
            return section, "masthead"
    return (owners[0], "copyright line") if owners else None


def _site(line: str) -> str | None:
    """The name of the site in a line above the title: capitalised, short, no section, no date."""
    name = SEPARATOR.split(re.sub(r"\s[\u2013\u2014-]\s", " | ", line))[0].strip(" ,:")
    name = _NEWS_FROM.sub("", name)
    if not name or len(name.split()) > _MASTHEAD_WORDS or furniture.kind(line) or _first(line):
        return None
    if label(name) or normal(name) in labels("no_outlet"):
        return None
    proper = all(word[0].isupper() or not word[0].isalpha() or normal(word) in STOPWORDS for word in name.split())
    if not proper or re.match(NAME + "$", name) and "," in line or re.match(r"(?:[Bb]y|Home)\s", name):
        return None
    return _cased(name)


def _cased(name: str) -> str:
    """A name set in capitals, in the usual way; an acronym stays."""
    return name.title() if name.isupper() and len(name.split()) > 1 else name


def _organisation(line: str) -> str | None:
    """The organisation a date line begins with ("Evening Times, 3 May 2021"); a place is none."""
    date = next(dates(line), None)
    name = SEPARATOR.split(line[: date.start])[0].strip(" ,|") if date else ""
    words = normal(name).split()
    return (
        name if len(words) > 1 and set(words) & labels("org") and name[0].isupper() and not name[-1].isdigit() else None
    )


def _owner(line: str) -> str | None:
    """Who a copyright line names."""
    found = _COPYRIGHT.search(line[:300])
    return (
        _FIRM.sub("", found["outlet"]).strip()
        if found and not normal(found["outlet"]).startswith("all rights")
        else None
    )
