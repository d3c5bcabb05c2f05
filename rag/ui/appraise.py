"""Appraise a text: what it reports, each finding and caveat marked in place. It is added only if the reader says so."""

from datetime import date

import streamlit as st

from rag.domain import Article, Document
from rag.errors import RagError
from rag.intake import article_of
from rag.ui import access, adding, appraisal, giving, parts, words
from rag.ui.giving import Given

DOCUMENTS, APPRAISED, FAILED = "appraise-documents", "appraised", "appraise_failed"
INTRODUCTION = (
    "See what kind of evidence a health news text reports, and what a careful reader would ask. "
    "Nothing is added to the library unless you say so."
)


def page() -> None:
    """Draw the form, and the appraisal of what was given last."""
    st.html(f'<h1 class="cv-page">Appraise a text</h1><p class="cv-note">{INTRODUCTION}</p>')
    try:
        given = giving.form("appraise", "Appraise")
        if given:
            _take(given)
    except RagError as error:
        st.session_state[FAILED] = parts.failure_html(error)
        st.session_state.pop(APPRAISED, None)
    if failure := st.session_state.get(FAILED):
        st.html(failure)
    documents: tuple[Document, ...] = st.session_state.get(DOCUMENTS, ())
    if APPRAISED in st.session_state:
        _result(st.session_state[APPRAISED], documents)


def _take(given: Given) -> None:
    """Keep what was read, and what was wrong, for this browser tab."""
    st.session_state.pop(FAILED, None)
    st.session_state.pop(APPRAISED, None)
    if given.rejected:
        st.session_state[FAILED] = adding.rejected_html(given.rejected)
    st.session_state[DOCUMENTS] = given.documents[: adding.SHOWN]
    if given.documents:
        with st.spinner("Looking for findings and limits…"):
            st.session_state[APPRAISED] = [article_of(d, date.today()) for d in given.documents[: adding.SHOWN]]


def _result(appraised: list[Article], documents: tuple[Document, ...]) -> None:
    """Show an appraisal; of several texts the one that is chosen."""
    at = 0
    if len(appraised) > 1:
        titles = [words.clipped(article.source.title, 110) for article in appraised]
        at = st.selectbox("Which text", range(len(titles)), format_func=titles.__getitem__, key="appraise-which")
    st.html(appraisal.html(appraised[at]))
    if access.may_change() and st.button("Add this to the library", key="appraise-add"):
        adding.start(parts.chain().library, (documents[at],))
        st.switch_page("rag/ui/library.py", query_params={"view": "add"})


with parts.guard():
    page()
