"""What every page shares: the frame, the one chain, and the place where a failure becomes words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import streamlit as st
from streamlit.navigation.page import Page

from rag.errors import RagError
from rag.settings import Settings
from rag.ui import comfort, rebuilding

if TYPE_CHECKING:  # It brings in all of the search, which the first page need not wait for.
    from rag.chain import Chain

THEME = Path(__file__).with_name("theme.css")
ICON = Path(__file__).with_name("icon.svg")
STANDING = "General information, not medical advice. Answers come from news articles and can be wrong."


def frame(pages: Iterable[Page]) -> None:
    """Put the style, the links to the pages and the standing line on a page."""
    st.html(THEME)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="nav"):
        st.html('<span class="cv-name">Caveat</span>', width="content")
        for page in pages:
            st.page_link(page)
        comfort.controls()
    with st.bottom:
        st.html(f'<p class="cv-standing" role="note">{STANDING}</p>')


@st.cache_resource(show_spinner="Opening the library…")
def chain() -> Chain:
    """Open the library, once for all readers. Raises RagError; a failure is not kept, so the next run tries again."""
    from rag.chain import open_chain

    rebuilding.refuse_meanwhile()
    return open_chain(Settings.from_env())


def who_sees_html() -> str:
    """Say which host sees what is asked, where a language model is set up; without one nobody does, and it is empty."""
    settings = Settings.from_env()
    if not settings.model or settings.writer == "extractive":
        return ""
    place = urlsplit(settings.base_url).netloc if settings.base_url else "its provider"
    told = f"Your question and passages of the articles go to the language model {settings.model} at {place}."
    return f'<p class="cv-note" role="note">{escape(told)}</p>'


def show_failure(error: RagError) -> None:
    """Say what happened and what to do."""
    st.html(failure_html(rebuilding.spoken(error)))
    if rebuilding.concerns(error):
        rebuilding.offer()
    st.button("Try again", key="try_again")


def failure_html(error: RagError) -> str:
    """Write a failure as a box: the message, then what to do."""
    return (
        f'<div class="cv-failure" role="alert"><p>{escape(error.message)}</p>'
        f"<p><strong>What to do:</strong> {escape(error.hint)}</p></div>"
    )


@contextmanager
def guard(failed: Callable[[RagError], None] = show_failure) -> Iterator[None]:
    """Turn a RagError into words on the page. Anything else is a fault of ours and goes on up."""
    try:
        yield
    except RagError as error:
        failed(error)


def empty_library() -> None:
    """Say that there is nothing to read yet, and how to add articles."""
    st.html(
        '<div class="cv-box"><p><strong>The library is empty.</strong></p>'
        "<p>Answers come from the articles in it and from nothing else, so add one first.</p></div>"
    )
    if st.button("Add articles", type="primary", key="fill_library"):
        st.switch_page("rag/ui/library.py", query_params={"view": "add"})
