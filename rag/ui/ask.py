"""The chat: a question, and the answer with its evidence, caveats and exact words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from rag.claim import Citation
from rag.question import Request
from rag.ui import answer, article, comfort, gate, history, offers, parts, scroll, session, words
from rag.ui.live import Live
from rag.ui.session import Turn

if TYPE_CHECKING:  # It brings in all of the search, which the first page need not wait for.
    from rag.chain import Chain

QUESTION = "question"
PLACEHOLDER = "Type your question"
WELCOME = """<div class="cv-welcome"><h1>Caveat</h1>
<p>Ask a question about health research, and get a plain answer from the news articles in this library.</p>
<p>Each sentence shows the exact words it comes from, and what the research was tested in.</p>
<p>Where the articles do not say, you are told so.</p></div>"""


def page() -> None:
    """Draw the page from the session, and answer the question that is waiting."""
    history.load()
    history.controls()
    history.tell_of_loss()
    if not session.turns():
        st.html(WELCOME)  # Before the library is open, which takes seconds the first time.
    chain = parts.chain()
    if not chain.library.articles():
        parts.empty_library()
        return
    draft = session.take_draft()
    if draft is not None:
        st.session_state[QUESTION] = draft
    with st.bottom:  # Left to itself the box moves there too, but then the page keeps scrolling to its end.
        st.chat_input(PLACEHOLDER, key=QUESTION, submit_mode="stop", on_submit=_ask)
        if seen := parts.who_sees_html():
            st.html(seen)
    if session.turns():
        _conversation(chain)
    else:
        _suggestions(chain)
    scroll.listen_for_copy()
    if session.take_arrival():
        scroll.to_newest_question()
    citation = session.take_citation()
    if citation is not None:
        _reading(chain, citation)
    elif session.turns():
        offers.go_on(chain, session.turns()[-1])


def _ask() -> None:
    question = st.session_state[QUESTION]
    if question:
        session.ask(str(question))


def _conversation(chain: Chain) -> None:
    st.html('<h1 class="cv-hidden">Ask</h1>')
    turns = session.turns()
    for number, turn in enumerate(turns, 1):
        slot, meanwhile = st.empty(), st.empty()
        if turn.begun or turn.over:
            with slot.container():
                answer.show(turn, number)
        else:
            with meanwhile.container():
                offers.meanwhile(turn, number)
            _answer(chain, turn, number, slot)
            meanwhile.empty()
        offers.show(turn, number)


def _suggestions(chain: Chain) -> None:
    suggestions = chain.suggestions()
    if suggestions:
        st.html('<h2 class="cv-heading">Questions these articles can answer</h2>')
    for n, question in enumerate(suggestions):
        st.button(words.literal(question), key=f"suggestion-{n}", on_click=session.ask, args=(question,), wrap=True)


def _answer(chain: Chain, turn: Turn, number: int, slot: DeltaGenerator) -> None:
    """Answer a question event by event. Each is stored before it is shown: a stopped answer keeps what was shown."""
    turn.begun = True
    with slot.container():
        drawn = Live(turn, number)
    scroll.to_newest_question()
    with parts.guard(turn.fail), gate.turn(number):
        for event in chain.run(Request(turn.question, earlier=turn.earlier, level=comfort.level())):
            turn.events.append(event)
            drawn.update()
    if turn.failure:
        session.keep_draft(turn.question)
        st.rerun()
    with slot.container():
        answer.show(turn, number)
    scroll.tell_answer()
    history.keep()


@st.dialog("The article", width="large", on_dismiss="rerun")
def _reading(chain: Chain, citation: Citation) -> None:
    """Show the whole article at the cited words."""
    found = chain.library.article(citation.article)
    st.html(article.brief_heading_html(found))
    article.show_text(found, citation.span)
    if st.button("Findings and limits of this article", key="to_library"):
        st.switch_page("rag/ui/library.py", query_params={"article": found.id})


with parts.guard():
    page()
