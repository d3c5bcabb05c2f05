"""The question above an answer, and the form that changes it in its place."""

from html import escape

import streamlit as st

from rag.ui import scroll, session, words
from rag.ui.session import Turn

CUT = "The answers after this one will go too, because they build on it."


def show(turn: Turn, number: int) -> None:
    """Draw the question, or the form in which its reader changes it; and the help line that stays after a crisis."""
    if turn.editing:
        _editor(turn, number)
    else:
        question = escape(words.clipped(turn.question, words.QUESTION_LENGTH))
        st.html(f'<h2 class="cv-question"><span>You asked</span> {question}</h2>')
    standing = session.standing(turn)
    if standing:
        st.html(f'<p class="cv-help" role="note">{words.with_numbers_html(standing)}</p>')


def _editor(turn: Turn, number: int) -> None:
    key = f"edit-{number}"
    with st.form(f"form-{key}", border=True):
        st.text_area("Change your question", turn.question, key=key, height=90)
        if turn is not session.turns()[-1]:
            st.html(f'<p class="cv-notice">{CUT}</p>')
        with st.container(horizontal=True, gap="small"):
            st.form_submit_button("Ask this instead", type="primary", on_click=_changed, args=(turn, key))
            st.form_submit_button("Leave it as it is", on_click=session.edit, args=(turn, False))
    scroll.to_editor()


def _changed(turn: Turn, key: str) -> None:
    question = str(st.session_state[key]).strip()
    if question:
        session.change(turn, question)
