"""Make a library anew that another search model made: offered where it cannot be opened, one press, then it is open."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from rag.errors import IndexMismatch, RagError
from rag.settings import Settings
from rag.ui import access
from rag.ui.job import Job

if TYPE_CHECKING:  # It brings in the readers of every file format.
    from rag.intake import Intake, Progress

TICK = 0.4
"""Seconds between two looks at work under way."""
WHY = "Your articles are all there. They have to be read once more before they can be searched."
PRESS = "Press “Make the library anew”."
BROKEN = "Making the library anew ended because of a fault in this program. The old library is as it was."


@st.cache_resource
def work() -> list[Job[Intake]]:
    """Hold the one rebuild there may be, for all readers."""
    return []


def refuse_meanwhile() -> None:
    """Raise RagError while the library is being made anew: to open it now would take it from the one at work."""
    if any(not job.over for job in work()):
        raise RagError("The library is being made anew.", "Wait until it is done. This page then opens by itself.")


def concerns(error: RagError) -> bool:
    """Whether a library that cannot be opened is to be made anew, or is being made anew and closed for that."""
    return isinstance(error, IndexMismatch) or any(not job.over for job in work())


def spoken(error: RagError) -> RagError:
    """Put a failure into the words of a page, where a button does what the command line is told to type."""
    return RagError(error.message, PRESS) if isinstance(error, IndexMismatch) and access.may_change() else error


def offer() -> None:
    """Draw the button that makes the library anew, or how far that is."""
    jobs = work()
    if jobs and not jobs[0].over:
        _under_way()
        return
    if jobs and jobs[0].result is None:
        said = jobs[0].failure.message if jobs[0].failure else BROKEN
        st.html(f'<p class="cv-note" role="alert">{escape(said)}</p>')
    if access.may_change():
        st.html(f'<p class="cv-note">{WHY}</p>')
        st.button("Make the library anew", key="rebuild", type="primary", on_click=_start)


def _start() -> None:
    """Begin, unless another tab has begun already."""
    jobs = work()
    if not jobs or jobs[0].over:
        jobs[:] = [Job(_anew)]


def _anew(progress: Progress) -> Intake:
    from rag.intake import rebuild
    from rag.store.embed import open_embedder

    settings = Settings.from_env()
    return rebuild(settings, open_embedder(settings), progress)


@st.fragment(run_every=TICK)
def _under_way() -> None:
    """Show how far it is; when it is done the page opens as ever."""
    jobs = work()
    if not jobs or jobs[0].over:
        st.rerun()
    st.html(jobs[0].html("Reading anew"))
