"""What a reader can do with a finished answer: copy it, save it, say what is wrong with it, ask it anew, go on."""

from __future__ import annotations

import time
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any

import streamlit as st

from rag.brief import FIXED, Brief
from rag.export.files import TYPES, exported, file_name
from rag.export.plaintext import plain_text
from rag.settings import Settings
from rag.ui import feedback, gate, parts, session, words
from rag.ui.session import Turn

if TYPE_CHECKING:
    from rag.chain import Chain

FILES = {
    "pdf": "PDF, to print or hand on",
    "docx": "Word",
    "md": "Markdown, plain text",
    "html": "Web page",
    "csv": "Table of sentences and quotes (CSV)",
}
SOON = 0.1
"""Seconds that the answer has to reach the page before what could be asked next is looked for."""
THANKS = "Thank you. It is kept in {place} and was sent to nobody."
KEPT_WHERE = "Kept in a file on the computer that runs this app. It is sent to nobody."


def show(turn: Turn, number: int) -> None:
    """Draw what can be done with an answer that is there."""
    brief = turn.brief
    if turn.editing or (brief and brief.outcome in FIXED):
        return
    with st.container(horizontal=True, gap="small", key=f"offers-{number}"):
        text = plain_text(brief) if brief else str((turn.told or {}).get("text", ""))
        if text:
            st.html(_copy_html(turn, text), width="content")
        if brief and brief.claims:
            files(brief, str(number))
        if brief:
            _wrong(turn, brief, number)
        _anew(turn, str(number))


def meanwhile(turn: Turn, number: int) -> None:
    """Draw the way to stop an answer that is being written, and what can be done once it is stopped.

    The box below stops only what was asked in it. Its Stop ends the script between two lines, so all this is drawn
    before the answer is there, and the style shows what is true. Any press ends the answer: this one does no more.
    """
    with st.container(key=f"offers-running-{number}"):
        st.button("Stop the answer", key=f"stop-{number}", type="tertiary")
    with st.container(horizontal=True, gap="small", key=f"offers-stopped-{number}"):
        _anew(turn, f"stopped-{number}")


def _anew(turn: Turn, name: str) -> None:
    change = "Change the question"
    st.button(change, key=f"change-{name}", type="tertiary", on_click=session.edit, args=(turn,))
    st.button("Ask again", key=f"again-{name}", type="tertiary", on_click=session.again, args=(turn,))


def _copy_html(turn: Turn, text: str) -> str:
    """A button that copies, with what it copies beside it."""
    whole = escape(f"{turn.question}\n\n{text}")
    return f'<button type="button" class="cv-copy">Copy the answer</button><pre hidden>{whole}</pre>'


def files(brief: Brief, name: str) -> None:
    """Draw the button that opens the files a brief can be saved as; each is made when it is pressed."""
    with st.popover("Save as a file", type="tertiary", key=f"save-{name}"):
        for form, label in FILES.items():
            st.download_button(
                label,
                partial(exported, brief, form),
                file_name(brief, form),
                TYPES[form],
                key=f"save-{name}-{form}",
                on_click="ignore",
                type="tertiary",
            )


def _wrong(turn: Turn, brief: Brief, number: int) -> None:
    """Take down what a reader finds wrong."""
    with st.popover("Something wrong?", type="tertiary", key=f"wrong-{number}"):
        if turn.reported:
            st.html(f'<p class="cv-note" role="status">{escape(turn.reported)}</p>')
            return
        with st.form(f"wrong-form-{number}", border=False):
            st.radio("What is wrong?", list(feedback.REASONS), format_func=feedback.REASONS.get, key=f"reason-{number}")
            st.text_input("In your own words, if you like", key=f"words-{number}", max_chars=1000)
            st.html(f'<p class="cv-stated">{KEPT_WHERE}</p>')
            st.form_submit_button("Keep this note", on_click=_report, args=(turn, brief, number))


def _report(turn: Turn, brief: Brief, number: int) -> None:
    state: Any = st.session_state
    told = {"reason": state[f"reason-{number}"], "words": state[f"words-{number}"].strip()}
    settings = Settings.from_env()
    with parts.guard(lambda error: setattr(turn, "reported", f"{error.message} {error.hint}")):
        feedback.keep(settings, {**told, "question": turn.question, "answer": plain_text(brief)})
        turn.reported = THANKS.format(place=feedback.place(settings))


def go_on(chain: Chain, turn: Turn) -> None:
    """Offer questions that go on from the last answer, once the whole page is there; none while others wait for theirs.

    They are looked for in the run that drew the page: a run of their own would draw it anew under the reader's hands,
    and a file that is being saved at that moment would be lost.
    """
    if turn.follow_ups is None and turn.brief and not gate.asked_now():
        slot = st.empty()  # Whatever is sent to the page lets Streamlit end this run where the reader asks meanwhile.
        time.sleep(SOON)
        slot.empty()
        turn.follow_ups = chain.follow_ups(turn.question, turn.earlier, turn.brief, slot.empty)
    if turn.follow_ups:
        st.html('<h3 class="cv-heading">You could ask next</h3>')
        with st.container(gap="xsmall", key="follow_ups"):
            for n, question in enumerate(turn.follow_ups):
                st.button(words.literal(question), key=f"next-{n}", on_click=session.ask, args=(question,), wrap=True)
