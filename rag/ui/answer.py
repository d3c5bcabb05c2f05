"""One answer on the screen, finished or stopped, drawn only from what the turn has stored."""

from collections.abc import Iterable, Sequence
from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from rag.brief import FIXED, Brief, Outcome, Section
from rag.claim import Dropped, Note
from rag.domain import Article, Finding
from rag.export.ladder import ladder_image
from rag.question import Level
from rag.ui import asked, claims, comfort, limits, parts, words
from rag.ui.session import Turn
from rag.ui.terms import Terms

SAID = (Outcome.WRITTEN, Outcome.CORRECTED)
"""Outcomes whose title is the evidence badge, which stands below the bottom line already."""
READING = "Reading the articles…"
UNFINISHED = "More is being checked. This is not the whole answer yet."
STOPPED = "This answer was stopped. What is shown was checked, but it is not the whole answer."
EXACT_WORDS = "Press a source to see the exact words in the article."
STOPPED_EARLY = "This answer was stopped before anything was found."
LADDER = "Where this stands between the lab and approved use"
LEFT_OUT = "These sentences were written and then left out. Do not rely on them."


def show(turn: Turn, number: int) -> None:
    """Draw a turn that is not being answered at the moment: it is over, or was stopped."""
    asked.show(turn, number)
    with st.container(border=True, key=f"answer-{number}"):
        if turn.failure:
            st.html(parts.failure_html(turn.failure))
        elif turn.told is not None:
            st.html(f'<p class="cv-notice">{words.KEPT}</p><p class="cv-told">{escape(str(turn.told["text"]))}</p>')
        elif turn.brief:
            _brief(turn.brief, str(number))
        else:
            _stopped(turn, str(number))


def _stopped(turn: Turn, key: str) -> None:
    """Show what there was: evidence and limits first, then the claims that had passed."""
    gathered = turn.gathered
    if gathered is None:
        st.html(f'<p class="cv-wait">{STOPPED_EARLY}</p>')
        return
    st.html(head_html(gathered.bottom, gathered.evidence))
    said = language(gathered.bottom)
    drawing = claims.Drawing(key, gathered.articles, gathered.to_say, Terms((), key), language=said)
    _beside_limits(turn, drawing, f'<p class="cv-wait">{STOPPED}</p>')


def _brief(brief: Brief, key: str) -> None:
    """Show a finished answer; for a crisis, an emergency or a refusal its fixed words and nothing else."""
    title = "" if brief.outcome in SAID else f'<h3 class="cv-kicker">{escape(brief.title.text)}</h3>'
    if brief.outcome in FIXED:
        bottom = "".join(f"<p>{words.with_numbers_html(note.text)}</p>" for note in brief.bottom)
        st.html(f'<div class="cv-fixed">{title}{bottom}</div>')
        return
    st.html(title + head_html(brief.bottom, brief.evidence))
    drawing = claims.Drawing(key, brief.articles, brief.to_say, Terms(brief.glossary, key), language=brief.language)
    _beside_limits(brief, drawing, f'<p class="cv-notice">{EXACT_WORDS}</p>' if brief.claims else "")
    foot = _foot(brief)
    if foot:
        st.html(foot)


def _beside_limits(said: Turn | Brief, drawing: claims.Drawing, end: str) -> None:
    """Draw the panel of limits and the claims."""
    level = comfort.level()
    panel, single = limits_html(said.sections, drawing, level)
    side, column, under = places(drawing)
    if panel:
        side.html(panel)
    with column:
        claims.show(said.sections, drawing, level)
        if end:
            st.html(end)
    if single:
        under.html(single)


def limits_html(sections: Sequence[Section], drawing: claims.Drawing, level: Level) -> tuple[str, str]:
    """Write the panel of limits, and the grave limits of single articles that stand beside no claim."""
    moved = [caveat for group in claims.beside(sections, drawing, level).values() for caveat in group]
    caveats, articles, language = drawing.caveats, drawing.articles, drawing.language
    panel = limits.panel_html(caveats, articles, moved, language, level is Level.DETAILED)
    return panel, limits.single_html(caveats, articles, moved, language)


def places(drawing: claims.Drawing) -> tuple[DeltaGenerator, DeltaGenerator, DeltaGenerator]:
    """Make room for the limits, which are read first, for the claims, and for the limits under them: limits and claims
    side by side where there is one source, for several stand in a table, which takes the whole width. All that is known
    before the first claim, so nothing moves."""
    if not drawing.caveats or len(drawing.articles) > 1:
        return st.container(), st.container(), st.container()
    with st.container(key=f"parts-{drawing.key}"):
        side, column = st.columns([3, 5], gap="medium")
    return side, column, st.container()


def waiting(meanwhile: str, stopped: str) -> str:
    """Say how far the answer is. As Stop ends the script, the line carries both words and the style shows one."""
    return f'<p class="cv-wait cv-running">{meanwhile}</p><p class="cv-wait cv-ended">{stopped}</p>'


def head_html(bottom: tuple[Note, ...], evidence: Iterable[Finding]) -> str:
    """Write the bottom line and the kind of evidence."""
    lines = "".join(f"<p>{escape(note.text)}</p>" for note in bottom)
    return (f'<div class="cv-bottom">{lines}</div>' if bottom else "") + words.badges_html(evidence)


def language(notes: tuple[Note, ...]) -> str:
    """Give the language that the fixed sentences of an answer are in."""
    return notes[0].language if notes else "en"


def _foot(brief: Brief) -> str:
    """List the sources that are cited, the words explained, what was left out, and every fallback in words."""
    cited = {citation.article for citation in brief.citations}
    sources = "".join(_source(n, article) for n, article in enumerate(brief.articles, 1) if article.id in cited)
    return "".join(
        (
            f'<div class="cv-sources"><h3>Sources</h3><ol>{sources}</ol></div>' if sources else "",
            _folded(LADDER, ladder_image([a for a in brief.articles if a.id in cited]), "cv-rungs"),
            _folded("Words explained", _terms(brief.glossary), "cv-terms"),
            _folded(f"Left out by the check ({len(brief.dropped)})", _dropped(brief.dropped), "cv-dropped"),
            "".join(f'<p class="cv-notice">{escape(notice)}</p>' for notice in brief.notices),
        )
    )


def _folded(summary: str, inside: str, name: str) -> str:
    opened = " open" if comfort.level() is Level.DETAILED else ""
    return f'<details class="cv-fold {name}"{opened}><summary>{summary}</summary>{inside}</details>' if inside else ""


def _terms(glossary: tuple[tuple[str, str], ...]) -> str:
    terms = "".join(f"<div><dt>{escape(term)}</dt><dd>{escape(plain)}</dd></div>" for term, plain in glossary)
    return f"<dl>{terms}</dl>" if terms else ""


def _dropped(dropped: tuple[Dropped, ...]) -> str:
    """Say what was left out and why. It is struck out and named for what it is: nothing here is an answer."""
    items = "".join(
        f"<li><del>{escape(gone.text)}</del><small>{escape(words.why(gone.problems))}</small></li>" for gone in dropped
    )
    return f'<p class="cv-notice">{LEFT_OUT}</p><ul>{items}</ul>' if items else ""


def _source(n: int, article: Article) -> str:
    stated = escape(words.stated(article.source))
    return f'<li value="{n}"><span>{escape(article.source.title)}</span><small>{stated}</small></li>'
