"""Take an article out of the library, after a second question, and put it back while the reader can still see it."""

from html import escape

import streamlit as st

from rag.domain import Article
from rag.errors import RagError
from rag.retrieve.passages import passages
from rag.store.library import Library
from rag.ui import parts, words

TAKEN = "removed-article"
FAILED = "removed-failure"
WARNING = (
    "Answers will not use it any more. The file or page that it came from stays as it is, so it can be added again."
)


def offer(library: Library, found: Article) -> None:
    """Draw the button that asks whether an article shall go."""
    if st.button("Remove this article…", key="remove"):
        _confirm(library, found)


@st.dialog("Remove this article?")
def _confirm(library: Library, found: Article) -> None:
    st.html(f'<p class="cv-note"><strong>{escape(found.source.title)}</strong></p><p class="cv-note">{WARNING}</p>')
    with st.container(horizontal=True, gap="small"):
        if st.button("Remove it", key="remove-yes", type="primary", on_click=_remove, args=(library, found)):
            st.rerun()
        if st.button("Keep it", key="remove-no"):
            st.rerun()


def _remove(library: Library, found: Article) -> None:
    try:
        st.session_state[TAKEN] = found, library.remove(found.id)
    except RagError as error:
        st.session_state[FAILED] = error
        return
    st.query_params.clear()


def told(library: Library) -> None:
    """Say what was just removed, with a way back, or why it could not be."""
    failure: RagError | None = st.session_state.pop(FAILED, None)
    if failure:
        st.html(parts.failure_html(failure))
    taken: tuple[Article, str] | None = st.session_state.get(TAKEN)
    if taken is None:
        return
    gone, came = taken
    with st.container(border=True, key="removed"):
        title = escape(words.clipped(gone.source.title, 110))
        st.html(f'<p class="cv-note" role="status">Removed: {title}</p>')
        with st.container(horizontal=True, gap="small"):
            st.button("Put it back", key="put-back", on_click=_put_back, args=(library, gone, came))
            st.button("Fine", key="removed-fine", on_click=st.session_state.pop, args=(TAKEN, None))


def _put_back(library: Library, gone: Article, came: str) -> None:
    """Add an article again, with what came with its text, so that a later rebuild reads it as before."""
    try:
        library.add_all([(gone, passages(gone))], {gone.id: came})
        st.session_state.pop(TAKEN, None)
    except RagError as error:
        st.session_state[FAILED] = error
