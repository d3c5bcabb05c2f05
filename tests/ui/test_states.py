"""States that no reader wants: no library, no model, too much to read, a session that is gone."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from rag.brief import Section
from rag.chain import open_chain
from rag.question import Request
from rag.settings import ROOT, Settings
from rag.ui import answer, comfort, history, parts, session
from rag.ui.claims import OPEN
from tests.ui.driver import PATIENCE, shown

QUESTION = "Do antidepressants cure cancer?"


@pytest.fixture
def closed(seeded, monkeypatch):
    """The app before it has opened the library of the sample articles."""
    monkeypatch.setenv("RAG_LIBRARY", str(seeded))
    parts.chain.clear()
    yield AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE)
    parts.chain().library.close()
    parts.chain.clear()


def claims(app):
    return shown(app).count("cv-claim")


def test_a_library_that_is_in_use_is_told_and_opens_once_it_is_free(closed):
    held = open_chain(Settings.from_env())
    page = closed.run()
    assert "cv-welcome" in shown(page) and not page.exception
    assert "cv-failure" in shown(page) and "What to do:" in shown(page) and not page.chat_input
    held.library.close()
    page.button("try_again").click().run()
    assert "cv-failure" not in shown(page) and page.chat_input


def test_a_model_that_is_down_leaves_an_answer_and_a_line(closed, monkeypatch):
    for name, value in (("WRITER", "llm"), ("MODEL", "none")):
        monkeypatch.setenv(f"RAG_{name}", value)
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    closed.run()
    closed.chat_input[0].set_value(QUESTION).run()
    page = shown(closed)
    assert not closed.exception and "cv-failure" not in page
    assert "cv-sources" in page and "The built-in writer answered in place of the language model." in page


def test_a_very_long_answer_is_folded_and_nothing_of_it_is_lost(app):
    brief = parts.chain().invoke(Request(QUESTION))
    most = OPEN[comfort.Level.STANDARD]
    lines = (brief.claims * (2 * most))[: 2 * most]
    long = replace(brief, sections=(Section(brief.sections[0].heading, lines),))
    app.session_state[session.OPEN] = session.Conversation([session.Turn(QUESTION, begun=True, events=[long])])
    app.run()
    (folded,) = [box for box in app.expander if box.label.startswith("More from the articles")]
    assert claims(app) == 2 * most and folded.label.endswith(f"({most})")
    assert len([html for html in folded.get("html") if "cv-claim" in html.proto.body]) == most


def test_a_page_that_held_a_conversation_says_that_it_is_gone(app):
    app.query_params[history.HELD] = "yes"
    assert history.LOST in shown(app.run())
    assert history.LOST not in shown(app.run()) and history.HELD not in app.query_params


def test_a_conversation_left_on_purpose_is_not_called_lost(app):
    app.run()
    app.chat_input[0].set_value(QUESTION).run()
    assert app.query_params[history.HELD]
    app.button("start_again").click().run()
    assert history.LOST not in shown(app) and history.HELD not in app.query_params


def page_of_live():
    """A page that draws an answer as it comes, event by event, each stored first."""
    import streamlit as st

    from rag.question import Request
    from rag.ui import parts, session
    from rag.ui.live import Live

    turn = session.Turn("Do antidepressants cure cancer?")
    st.session_state[session.OPEN] = session.Conversation([turn])
    live = Live(turn, 1)
    drawn = []
    for event in parts.chain().run(Request(turn.question)):
        turn.events.append(event)
        live.update()
        drawn.append(len(turn.claims))
    st.session_state["drawn"] = drawn


def test_each_event_adds_what_is_new_and_draws_nothing_twice(app):
    page = AppTest.from_function(page_of_live, default_timeout=PATIENCE).run()
    assert not page.exception, page.exception
    assert claims(page) == page.session_state["drawn"][-1] > 2
    assert all(shown(page).count(part) == 1 for part in ("cv-bottom", "cv-evidence", '<aside class="cv-caveats"'))
    assert answer.UNFINISHED in shown(page)
