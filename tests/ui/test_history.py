"""Conversations of one browser session: named, found, deleted, gone back to; on disk only where the reader asked."""

import pytest
import streamlit as st

from rag.settings import Settings
from rag.ui import history, kept, session
from tests.ui.driver import shown

QUESTIONS = ("Do antidepressants cure cancer?", "What do polyamines do?", "Who won the football match?")


@pytest.fixture(autouse=True)
def local():
    """The address that `.streamlit/config.toml` gives; an AppTest reads no such file."""
    before = st.get_option("server.address")
    st.config.set_option("server.address", "127.0.0.1")
    yield
    kept.forget_all(Settings.from_env())
    st.config.set_option("server.address", before)


def ask(app, question):
    if not app.chat_input:
        app.run()
    app.chat_input[0].set_value(question).run()
    assert not app.exception


def conversations(app, *questions):
    for n, question in enumerate(questions):
        if n:
            app.button("start_again").click().run()
        ask(app, question)


def names(app):
    return [button.label.replace("\\", "") for button in app.button if (button.key or "").startswith("open-")]


def press(app, start):
    next(button for button in app.button if (button.key or "").startswith(start)).click().run()
    assert not app.exception


def test_a_conversation_is_named_by_its_first_question_and_can_be_gone_back_to(app):
    conversations(app, *QUESTIONS[:2])
    ask(app, "Were they tested in people?")
    assert names(app) == [QUESTIONS[0]]
    press(app, "open-")
    assert [turn.question for turn in app.session_state[session.OPEN].turns] == [QUESTIONS[0]]
    assert "cv-sources" in shown(app) and names(app) == [QUESTIONS[1]]


def test_one_is_found_by_its_words(app):
    conversations(app, *QUESTIONS, *QUESTIONS[1:])
    assert len(names(app)) == history.MANY
    app.text_input(key="find_conversation").set_value("CANCER cure").run()
    assert names(app) == [QUESTIONS[0]]
    app.text_input(key="find_conversation").set_value("nonsense").run()
    assert names(app) == [] and "No conversation has a question" in shown(app)


def test_one_can_be_deleted(app):
    conversations(app, *QUESTIONS[:2])
    press(app, "delete-open")
    assert "cv-welcome" in shown(app) and names(app) == [QUESTIONS[0]]
    press(app, "delete-")
    assert not names(app)


def test_nothing_is_on_disk_until_the_reader_asks(app):
    conversations(app, QUESTIONS[0])
    folder = kept.folder(Settings.from_env())
    assert not folder.exists() or not list(folder.iterdir())
    app.checkbox[0].check().run()
    (file,) = folder.iterdir()
    ask(app, QUESTIONS[1])
    assert QUESTIONS[1] in file.read_text(encoding="utf8")
    app.checkbox[0].uncheck().run()
    assert not list(folder.iterdir())


def test_what_was_kept_is_there_at_the_next_start_and_read_only(app):
    conversations(app, QUESTIONS[0])
    app.checkbox[0].check().run()
    for key in (session.OPEN, session.OTHERS, history.LOADED):
        del app.session_state[key]
    app.run()
    assert names(app) == [QUESTIONS[0]]
    press(app, "open-")
    (turn,) = app.session_state[session.OPEN].turns
    assert "It was not checked again" in shown(app) and "Not shown." in shown(app)
    assert turn.brief is None and not [b for b in app.button if (b.key or "").startswith("chip-")]
    press(app, "again-")
    assert app.session_state[session.OPEN].turns[0].brief


def test_all_are_erased_at_once_after_being_asked(app):
    conversations(app, *QUESTIONS[:2])
    app.checkbox[0].check().run()
    app.button("erase").click().run()
    assert "cannot be undone" in shown(app)
    app.button("erase_no").click().run()
    assert len(app.session_state[session.OPEN].turns) == 1
    app.button("erase").click().run()
    app.button("erase_yes").click().run()
    assert not app.exception and "cv-welcome" in shown(app) and not names(app)
    assert not list(kept.folder(Settings.from_env()).iterdir())


def test_an_app_open_to_others_says_why_it_keeps_none(app):
    st.config.set_option("server.address", "0.0.0.0")
    conversations(app, QUESTIONS[0])
    assert not app.checkbox and kept.NOT_HERE in shown(app)


def test_a_file_that_cannot_be_read_is_told(app):
    folder = kept.folder(Settings.from_env())
    folder.mkdir(exist_ok=True)
    (folder / "broken.json").write_text("{", encoding="utf8")
    app.run()
    assert "1 kept conversation(s) could not be read" in shown(app)
