"""The claims of an answer on the screen: each with its chips and its own limits, as lines or as a table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from rag.brief import Section
from rag.claim import Citation, Claim, Note
from rag.domain import Article, Caveat
from rag.question import Level
from rag.ui import limits, session, words
from rag.ui.terms import Terms

OPEN = {Level.SIMPLE: 2, Level.STANDARD: 12}
"""Claims that stand open, by level: few, or what a reader takes in at one go."""
WIDE = 2.5
"""How much wider than a fact a column of a table is that holds claims."""


@dataclass(slots=True)
class Drawing:
    """What the claims of one answer are drawn with. While it is `live` the chips are words: a press would end it."""

    key: str
    articles: tuple[Article, ...]
    caveats: tuple[Caveat, ...]
    terms: Terms
    live: bool = False
    language: str = "en"
    beside: dict[int, list[Caveat]] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)
    drawn: int = 0
    places: dict[tuple[bool, int], "Place"] = field(default_factory=dict)
    folded: DeltaGenerator | None = None


@dataclass(slots=True)
class Place:
    """Where the lines of a section stand, how many rows are there, and how wide the columns of a table are."""

    box: DeltaGenerator
    name: str
    rows: int = 0
    widths: tuple[float, ...] = ()


def show(sections: Sequence[Section], drawing: Drawing, level: Level = Level.STANDARD) -> None:
    """Draw the sections, of which only what `drawing` has not drawn; what goes beyond a level is folded."""
    drawing.beside = beside(sections, drawing, level)
    first, rest = _split(sections, level)
    for n, section in enumerate(first):
        _section(section, drawing, (False, n))
    if rest and drawing.folded is None:
        more = len(_claims(rest))
        count = "" if drawing.live else f" ({more})"  # While claims still come the count would be wrong.
        drawing.folded = st.expander(f"More from the articles{count}", key=f"more-{drawing.key}")
    if drawing.folded is not None:
        with drawing.folded:
            for n, section in enumerate(rest):
                _section(section, drawing, (True, n))


def beside(sections: Sequence[Section], drawing: Drawing, level: Level) -> dict[int, list[Caveat]]:
    """Give each claim, by its place, the limits that stand beside it."""
    return limits.beside(_claims(sections), drawing.caveats, drawing.articles, len(_claims(_split(sections, level)[0])))


def _claims(sections: Sequence[Section]) -> list[Claim]:
    return [line for section in sections for line in section.lines if isinstance(line, Claim)]


def _split(sections: Sequence[Section], level: Level) -> tuple[tuple[Section, ...], tuple[Section, ...]]:
    """Part the sections so that as many claims stand in the first part as a level shows; a table is not cut."""
    if level not in OPEN:
        return tuple(sections), ()
    most = OPEN[level]
    first: list[Section] = []
    rest: list[Section] = []
    count = 0
    for section in sections:
        if count >= most:
            rest.append(section)
            continue
        kept = 0
        for line in section.lines:
            if count >= most and not section.columns:
                break
            count += isinstance(line, Claim)
            kept += 1
        first.append(Section(section.heading, section.lines[:kept]))
        if section.lines[kept:]:
            rest.append(Section(section.heading, section.lines[kept:]))
    return tuple(first), tuple(rest)


def _section(section: Section, drawing: Drawing, number: tuple[bool, int]) -> None:
    place = drawing.places.get(number)
    if place is None:
        st.html(f'<h3 class="cv-heading">{escape(section.heading.text)}</h3>')
        if len(drawing.articles) > 1:
            drawing.named.clear()
        name = f"{drawing.key}-{len(drawing.places)}"
        place = _table(section, name) if section.columns else Place(st.container(), name)
        drawing.places[number] = place
    with place.box:
        for row in section.rows[place.rows :]:
            if section.columns:
                _row(section, row, place, drawing)
            else:
                _line(row[0], drawing)
            place.rows += 1


def _table(section: Section, name: str) -> Place:
    box = st.container(key=f"table-{name}", gap="small")
    heads = [escape(head.text) for head in section.columns]
    widths = tuple(
        WIDE if any(isinstance(cell, Claim) for cell in cells) else 1.0 for cells in zip(*section.rows, strict=True)
    )
    cells = "".join(f'<span style="flex: {w:g} 1 0">{head}</span>' for head, w in zip(heads, widths, strict=True))
    box.html(f'<div class="cv-heads" aria-hidden="true">{cells}</div>')
    return Place(box, name, widths=widths)


def _row(section: Section, row: Sequence[Claim | Note], place: Place, drawing: Drawing) -> None:
    columns = st.container(key=f"row-{place.name}-{place.rows}").columns(place.widths, gap="small")
    for head, cell, column in zip(section.columns, row, columns, strict=True):
        with column:
            st.html(f'<p class="cv-head">{escape(head.text)}</p>')
            _line(cell, drawing)


def _line(line: Claim | Note, drawing: Drawing) -> None:
    if isinstance(line, Note):
        st.html(f'<p class="cv-note">{escape(line.text)}</p>')
        return
    n, drawing.drawn = drawing.drawn, drawing.drawn + 1
    st.html(f'<p class="cv-claim">{drawing.terms.html(line.shown)}</p>')
    labels = chip_labels(line.citations, drawing.articles, drawing.named)
    with st.container(horizontal=True, gap="xsmall", key=f"chips-{drawing.key}-{n}"):
        for place, (label, citation) in enumerate(zip(labels, line.citations, strict=True)):
            _chip(label, citation, f"chip-{drawing.key}-{n}-{place}", drawing.live)
    said = limits.beside_html(drawing.beside.get(n, ()), drawing.articles, drawing.language)
    if said:
        st.html(said)


def _chip(label: str, citation: Citation, key: str, live: bool) -> None:
    if live:
        st.html(f'<span class="cv-chip">{escape(label)}</span>', width="content")
    else:
        st.button(words.literal(label), key=key, on_click=session.open_citation, args=(citation,), wrap=True)


def chip_labels(citations: Iterable[Citation], articles: Sequence[Article], named: set[str]) -> list[str]:
    """Name each citation: by number, outlet and date where its source stands first, then by number; a second place in
    one source is said to be one. `named` holds the sources named so far, and takes those named here."""
    known = {article.id: (n, words.short(article.source)) for n, article in enumerate(articles, 1)}
    labels: list[str] = []
    seen: dict[str, int] = {}
    for citation in citations:
        number, name = known[citation.article]
        seen[citation.article] = seen.get(citation.article, 0) + 1
        place = f", place {seen[citation.article]}" if seen[citation.article] > 1 else ""
        labels.append(f"Source {number}{place}" if citation.article in named else f"{number} · {name}")
        named.add(citation.article)
    return labels
