"""One answer on the screen, finished or not, drawn only from what the turn has stored."""

from collections.abc import Iterable
from html import escape

import streamlit as st

from rag.brief import FIXED, Brief, Outcome
from rag.claim import Citation, Claim
from rag.domain import Article, Caveat
from rag.ui import parts, session, words
from rag.ui.session import Turn

SAID = (Outcome.WRITTEN, Outcome.CORRECTED)
"""Outcomes whose title is the evidence badge, which stands below the bottom line already."""
READING = "Reading the articles…"
UNFINISHED = "More is being checked. This is not the whole answer yet."
STOPPED = "This answer was stopped. What is shown was checked, but it is not the whole answer."
EXACT_WORDS = "Press a source to see the exact words in the article."
STOPPED_EARLY = "This answer was stopped before anything was found."


def show(turn: Turn, number: int, live: bool = False) -> None:
    """Draw a turn. While it is `live` the citations are words, not buttons: pressing one would end the answer."""
    question = escape(words.clipped(turn.question, words.QUESTION_LENGTH))
    standing = session.standing(turn)
    help_line = f'<p class="cv-help" role="note">{escape(standing)}</p>' if standing else ""
    st.html(f'<h2 class="cv-question"><span>You asked</span> {question}</h2>{help_line}')
    with st.container(border=True):
        if turn.failure:
            st.html(parts.failure_html(turn.failure))
        elif turn.brief:
            _brief(turn.brief, number, live)
        else:
            _unfinished(turn, number, live)


def _unfinished(turn: Turn, number: int, live: bool) -> None:
    """Show what there is so far: evidence and caveats first, then the claims that have passed."""
    gathered = turn.gathered
    if gathered is None:
        st.html(_waiting(READING, STOPPED_EARLY, live))
    else:
        st.html(_waiting(UNFINISHED, STOPPED, live) + words.badges_html(gathered.evidence))
        left, right = st.columns([5, 3], gap="medium")
        with left:
            for n, claim in enumerate(turn.claims):
                _claim(claim, gathered.articles, f"{number}-{n}", live)
        with right:
            st.html(caveats_html(gathered.caveats, gathered.articles))
    if not live:
        st.button("Ask again", key=f"again-{number}", on_click=session.again, args=(turn,))


def _waiting(meanwhile: str, stopped: str, live: bool) -> str:
    """Say how far the answer is. As Stop ends the script, a live answer carries both lines and the style shows one."""
    if not live:
        return f'<p class="cv-wait">{stopped}</p>'
    return f'<p class="cv-wait cv-running">{meanwhile}</p><p class="cv-wait cv-ended">{stopped}</p>'


def _brief(brief: Brief, number: int, live: bool) -> None:
    """Show a finished answer; for a crisis, an emergency or a refusal its fixed words and nothing else."""
    bottom = "".join(f"<p>{escape(note.text)}</p>" for note in brief.bottom)
    title = "" if brief.outcome in SAID else f'<h3 class="cv-kicker">{escape(brief.title.text)}</h3>'
    if brief.outcome in FIXED:
        st.html(f'<div class="cv-fixed">{title}{bottom}</div>')
        return
    st.html(f'{title}<div class="cv-bottom">{bottom}</div>{words.badges_html(brief.evidence)}')
    if brief.to_say:
        left, right = st.columns([5, 3], gap="medium")
        with right:
            st.html(caveats_html(brief.to_say, brief.articles, brief.language))
    else:
        left = st.container()
    with left:
        _sections(brief, number, live)
        if brief.claims:
            st.html(f'<p class="cv-notice">{EXACT_WORDS}</p>')
    foot = _foot(brief)
    if foot:
        st.html(foot)


def _sections(brief: Brief, number: int, live: bool) -> None:
    n = 0
    for section in brief.sections:
        st.html(f'<h3 class="cv-heading">{escape(section.heading.text)}</h3>')
        for line in section.lines:
            n += 1
            if isinstance(line, Claim):
                _claim(line, brief.articles, f"{number}-{n}", live)
            else:
                st.html(f'<p class="cv-note">{escape(line.text)}</p>')


def _claim(claim: Claim, articles: tuple[Article, ...], key: str, live: bool) -> None:
    """Show a claim with one chip for each place it rests on."""
    st.html(f'<p class="cv-claim">{escape(claim.shown)}</p>')
    chips = chip_labels(claim.citations, articles)
    if live:
        st.html("".join(f'<span class="cv-chip">{escape(label)}</span>' for label in chips))
        return
    with st.container(horizontal=True, gap="xsmall", key=f"chips-{key}"):
        for n, (label, citation) in enumerate(zip(chips, claim.citations, strict=True)):
            st.button(
                words.literal(label),
                key=f"chip-{key}-{n}",
                on_click=session.open_citation,
                args=(citation,),
                wrap=True,
            )


def chip_labels(citations: Iterable[Citation], articles: tuple[Article, ...]) -> list[str]:
    """Name each citation by the number and name of its source; a second place in one source is said to be one."""
    numbers = {article.id: n for n, article in enumerate(articles, 1)}
    named = {article.id: words.short(article.source) for article in articles}
    labels: list[str] = []
    seen: dict[str, int] = {}
    for citation in citations:
        seen[citation.article] = seen.get(citation.article, 0) + 1
        place = f" (place {seen[citation.article]})" if seen[citation.article] > 1 else ""
        labels.append(f"{numbers[citation.article]} · {named[citation.article]}{place}")
    return labels


def caveats_html(caveats: Iterable[Caveat], articles: tuple[Article, ...], language: str = "en") -> str:
    """List caveats in words, under the source they limit where there is more than one."""
    by_article: dict[str | None, list[Caveat]] = {}
    for caveat in caveats:
        by_article.setdefault(caveat.article, []).append(caveat)
    if not by_article:
        return ""
    numbers = {article.id: (n, words.short(article.source)) for n, article in enumerate(articles, 1)}
    blocks = []
    for article, group in by_article.items():
        n, name = numbers.get(article or "", (0, ""))
        about = f"<h4>About source {n}: {escape(name)}</h4>" if n and len(by_article.keys() - {None}) > 1 else ""
        items = "".join(f"<li>{escape(said)}</li>" for said in dict.fromkeys(c.text(language) for c in group))
        blocks.append(f"{about}<ul>{items}</ul>")
    return (
        f'<aside class="cv-caveats" aria-label="Limits of this evidence"><h3>Keep in mind</h3>{"".join(blocks)}</aside>'
    )


def _foot(brief: Brief) -> str:
    """List the sources that are cited, the words explained, and every fallback in words."""
    cited = {citation.article for citation in brief.citations}
    sources = "".join(_source(n, article) for n, article in enumerate(brief.articles, 1) if article.id in cited)
    terms = "".join(f"<div><dt>{escape(term)}</dt><dd>{escape(plain)}</dd></div>" for term, plain in brief.glossary)
    return "".join(
        (
            f'<div class="cv-sources"><h3>Sources</h3><ol>{sources}</ol></div>' if sources else "",
            f'<details class="cv-terms"><summary>Words explained</summary><dl>{terms}</dl></details>' if terms else "",
            "".join(f'<p class="cv-notice">{escape(notice)}</p>' for notice in brief.notices),
        )
    )


def _source(n: int, article: Article) -> str:
    stated = escape(words.stated(article.source))
    return f'<li value="{n}"><span>{escape(article.source.title)}</span><small>{stated}</small></li>'
