"""Add articles: give something, see what was read out of it and what was left out, then put it into the library."""

from dataclasses import dataclass
from datetime import date
from html import escape

import streamlit as st

from rag.chain import Chain
from rag.domain import Article, Document
from rag.errors import RagError
from rag.ingest.read import Rejected
from rag.intake import Intake, article_of, take_documents
from rag.store.library import Library, State
from rag.ui import appraisal, giving, parts, words
from rag.ui.giving import Given
from rag.ui.job import Job

OFFER, WORK, MISTAKE = "adding-offer", "adding-work", "adding-mistake"
SHOWN = 10
"""Articles of a collection that are shown before it is added; reading one takes about a fiftieth of a second."""
TICK = 0.4
"""Seconds between two looks at work under way."""
STEP = "Nothing is added yet. Look at what was read, then add it or leave it."
NOTHING_NEW = "All of it is in the library already, so there is nothing to add."
STATES = {
    State.ADDED: "New in this library",
    State.UNCHANGED: "In this library already: nothing would change",
    State.UPDATED: "Takes the place of the article of the same name in this library",
}
BROKEN = RagError(
    "Adding ended because of a fault in this program.",
    "What was added until then is in the library. The window in which the app was started says more.",
)


@dataclass(frozen=True, slots=True)
class Offer:
    """What was read and may be added: the first articles as they would be shown, and what could not be read."""

    given: Given
    previews: tuple[Article, ...]


def view(chain: Chain) -> None:
    """Draw the step that this browser tab is at."""
    work: Job[Intake] | None = st.session_state.get(WORK)
    offer: Offer | None = st.session_state.get(OFFER)
    if work and work.over:
        _ended(work, chain.library)
    elif work:
        _under_way()
    elif offer:
        _offered(offer, chain.library)
    else:
        _form()


def start(library: Library, documents: tuple[Document, ...]) -> None:
    """Begin to add documents, unless this tab is adding some already."""
    work: Job[Intake] | None = st.session_state.get(WORK)
    if work is None or work.over:
        st.session_state[WORK] = Job(lambda progress: take_documents(library, documents, progress))
        st.session_state.pop(OFFER, None)


def _form() -> None:
    st.html('<p class="cv-note">Give one article or several. You see what was read before anything is added.</p>')
    try:
        given = giving.form("add", "Read it")
    except RagError as error:
        st.html(parts.failure_html(error))
        return
    if given:
        with st.spinner("Looking for findings and limits…"):
            shown = given.documents[:SHOWN]
            st.session_state[OFFER] = Offer(given, tuple(article_of(document, date.today()) for document in shown))
        st.rerun()


def _offered(offer: Offer, library: Library) -> None:
    documents = offer.given.documents
    st.html(f'<h2 class="cv-heading">{escape(_counted(len(documents)))} read</h2>')
    if offer.given.rejected:
        st.html(rejected_html(offer.given.rejected))
    new = any(library.state(document) is not State.UNCHANGED for document in documents)
    if documents:
        st.html(f'<p class="cv-note">{STEP if new else NOTHING_NEW}</p>')
    decision = st.container(horizontal=True, gap="small", key="add-decide")
    wanted = [_preview(n, document, offer, library) for n, document in enumerate(documents[:SHOWN])]
    if len(documents) > SHOWN:
        st.html(f'<p class="cv-note">And {len(documents) - SHOWN:,} more, to be read in the library once added.</p>')
    taken = tuple(d for d, yes in zip(documents, wanted, strict=False) if yes) + documents[SHOWN:]
    with decision:
        if new:
            several = "" if len(documents) == 1 else f"{_counted(len(taken)).lower()} "
            label = f"Add {several}to the library"
            st.button(label, type="primary", key="add-all", disabled=not taken, on_click=start, args=(library, taken))
        st.button("Leave it" if new else "Try another", key="add-none", on_click=forget)


def _preview(n: int, document: Document, offer: Offer, library: Library) -> bool:
    """Show one article as it would stand in the library; returns whether it is wanted."""
    found, state = offer.previews[n], library.state(document)
    alone = len(offer.given.documents) == 1
    left_out = sum(len(gone.text.split()) for gone in found.removed)
    kept = len(found.text.split()) - left_out
    facts = f"{STATES[state]}. {kept:,} words kept, {left_out:,} words of the page left out (grey in the text)."
    with st.container(border=True, key=f"offer-{n}"):
        if alone:
            st.html(f'<p class="cv-state">{facts}</p>{appraisal.html(found)}')
            return state is not State.UNCHANGED
        title = f'<h3 class="cv-title">{escape(found.source.title)}</h3>'
        stated = f'<p class="cv-stated">{escape(words.stated(found.source))}</p>'
        st.html(f'{title}{stated}{words.article_badges_html(found)}<p class="cv-state">{facts}</p>')
        with st.expander("Findings, limits and the text", key=f"look-{n}"):
            st.html(appraisal.body_html(found, f"p{n}-"))
        return st.checkbox(
            "Add this one", state is not State.UNCHANGED, key=f"take-{n}", disabled=state is State.UNCHANGED
        )


@st.fragment(run_every=TICK)
def _under_way() -> None:
    """Show how far the work is, until it is done."""
    work: Job[Intake] | None = st.session_state.get(WORK)
    if work is None or work.over:
        st.rerun()
    st.html(work.html("Adding"))
    st.html('<p class="cv-notice">You can look at other pages meanwhile. It goes on.</p>')


def _ended(work: Job[Intake], library: Library) -> None:
    """Say what became of it, and what can be done next."""
    if work.result:
        st.html(result_html(work.result, library))
    else:
        st.html(parts.failure_html(work.failure or BROKEN))
    with st.container(horizontal=True, gap="small", key="add-next"):
        st.button("Add more", key="add-more", on_click=forget)
        if st.button("Ask about it", key="add-ask", type="primary"):
            forget()
            st.switch_page("rag/ui/ask.py")


def result_html(done: Intake, library: Library) -> str:
    """Say in words what was added, changed, or there already."""
    lines = [
        f"{_counted(len(names))} {said}"
        for names, said in (
            (done.added, "added."),
            (done.updated, "changed: the new text took the place of the old one."),
            (done.unchanged, "in the library already. Nothing changed."),
        )
        if names
    ]
    total = _counted(len(library.articles())).lower()
    body = "".join(f"<p>{line}</p>" for line in lines) or "<p>Nothing was added.</p>"
    box = f'<div class="cv-box" role="status">{body}<p>The library now holds {total}.</p></div>'
    return box + rejected_html(done.rejected)


def rejected_html(rejected: tuple[Rejected, ...] | list[Rejected]) -> str:
    """List what could not be read, each with what to do, "" where there is none."""
    if not rejected:
        return ""
    items = "".join(
        f"<li><strong>{escape(r.source)}</strong><br>{escape(r.message)}<br>What to do: {escape(r.hint)}</li>"
        for r in rejected[:SHOWN]
    )
    more = f"<p>And {len(rejected) - SHOWN:,} more.</p>" if len(rejected) > SHOWN else ""
    heading = "This could not be read" if len(rejected) == 1 else f"{len(rejected):,} could not be read"
    return f'<div class="cv-failure" role="alert"><p><strong>{heading}</strong></p><ul>{items}</ul>{more}</div>'


def forget() -> None:
    """Go back to the form; what is in the library stays."""
    for key in (OFFER, WORK):
        st.session_state.pop(key, None)


def _counted(count: int) -> str:
    return {0: "No article", 1: "1 article"}.get(count, f"{count:,} articles")
