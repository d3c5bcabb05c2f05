"""The door of a shared instance and its queue: who comes in, who waits, and what is said meanwhile."""

import shutil
import threading
import time

import pytest

from rag.errors import RagError, SettingsError
from rag.settings import Settings
from rag.ui import gate
from rag.ui.gate import ADDRESSES, TRIES, TURNS, WAITING, Desk, Visits
from tests.standin import StandIn, writes
from tests.ui.driver import answers, reading, serving, settle, shown, wait_until

WORD = "walnut-9"


@pytest.fixture(autouse=True)
def nobody_yet():
    """No visitor counted so far, and none left behind."""
    yield
    for counted in (gate._tries, gate._questions, gate._desk):
        counted.clear()


@pytest.fixture
def locked(app, monkeypatch):
    monkeypatch.setenv("RAG_PASSWORD", WORD)
    return app.run()


def give(app, password):
    app.text_input(key="door_password").set_value(password)
    return next(button for button in app.button if button.label == "Open").click().run()


def test_without_a_password_nothing_is_asked(app):
    app.run()
    assert not app.text_input and app.chat_input


def test_a_password_stands_before_every_page(locked):
    assert not locked.exception and not locked.chat_input
    assert "Its password opens it" in shown(locked)
    locked.switch_page("rag/ui/library.py").run()
    assert "Its password opens it" in shown(locked)


def test_the_right_password_opens_for_the_session(locked):
    give(locked, WORD)
    assert locked.chat_input and not locked.text_input
    assert locked.run().chat_input


@pytest.mark.parametrize("given", ["", "walnut-8", "walnut-99", "wälnut", WORD.upper(), "x" * 10_000])
def test_a_wrong_password_does_not(locked, given):
    give(locked, given)
    assert "That is not the password" in shown(locked)
    assert not locked.chat_input and WORD not in shown(locked)


def test_wrong_passwords_are_limited_and_then_even_the_right_one_waits(locked, monkeypatch):
    monkeypatch.setattr(gate, "SHARED", 1)
    for _ in range(TRIES):
        give(locked, "guess")
    give(locked, WORD)
    assert "wrong too often" in shown(locked) and not locked.chat_input


def test_the_password_is_never_printed():
    assert WORD not in repr(Settings(password=WORD))


def test_login_is_asked_for_where_it_is_set_up(app):
    app.secrets["auth"] = {"redirect_uri": "http://localhost/oauth2callback", "cookie_secret": "x", "client_id": "y"}
    app.run()
    assert not app.exception and not app.chat_input
    assert "Authlib" in shown(app) or [button.label for button in app.button] == ["Log in"]


def test_questions_are_limited_and_the_wait_is_said(app, monkeypatch):
    monkeypatch.setenv("RAG_QUESTIONS_A_MINUTE", "1")
    app.run()
    app.chat_input[0].set_value("How many mice were used?").run()
    assert "more than 1 questions" not in shown(app)
    app.chat_input[0].set_value("Was it tested in people?").run()
    assert "That is more than 1 questions in a minute" in shown(app) and "Please wait" in shown(app)


@pytest.mark.parametrize("name", ["RAG_QUESTIONS_A_MINUTE", "RAG_ANSWERS_AT_ONCE"])
@pytest.mark.parametrize("value", ["many", "-1", "1.5", "²", "9" * 30])
def test_a_limit_that_is_no_number_is_refused(tmp_path, name, value):
    with pytest.raises(SettingsError):
        Settings.from_env({name: value}, tmp_path / "none")


def test_nobody_can_be_answered_at_no_place():
    with pytest.raises(SettingsError):
        Settings(answers_at_once=0)


def test_a_visit_is_forgotten_after_its_window():
    visits = Visits(60)
    for now in (0.0, 10.0):
        visits.count("her", now)
    assert visits.wait("her", 2, 20.0) == 41
    assert visits.wait("her", 2, 60.5) == 0 and visits.wait("him", 1, 20.0) == 0


def test_the_visitors_remembered_are_bounded():
    visits = Visits(60)
    for n in range(ADDRESSES + 5):
        visits.count(f"visitor {n}", 0.0)
    assert len(visits.seen) == ADDRESSES and "visitor 0" not in visits.seen


def test_answers_are_computed_so_many_at_once_in_their_order():
    desk, order, inside, most = Desk(2), [], [], []

    def ask(name):
        with desk.place(lambda ahead: None, patience=0.01):
            order.append(name)
            inside.append(name)
            most.append(len(inside))
            time.sleep(0.03)
            inside.remove(name)

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
        time.sleep(0.005)
    for thread in threads:
        thread.join()
    assert max(most) == 2 and order == sorted(order) and not desk.queue


def test_one_who_leaves_gives_up_the_place():
    desk = Desk(1)

    def leave(ahead):
        assert ahead == 1
        raise KeyboardInterrupt

    with desk.place(lambda ahead: None):
        with pytest.raises(KeyboardInterrupt), desk.place(leave):
            pass
        assert len(desk.queue) == 1
    with desk.place(leave):
        pass


def test_the_queue_is_bounded():
    desk = Desk(1)
    desk.queue.extend(object() for _ in range(WAITING + 1))
    with pytest.raises(RagError, match="Too many people"), desk.place(lambda ahead: None):
        pass


def test_a_conversation_is_bounded():
    with pytest.raises(RagError) as refused, gate.turn(TURNS + 1):
        pass
    assert "New conversation" in refused.value.hint


@pytest.mark.parametrize(("ahead", "said"), [(1, "Yours comes next"), (3, "2 more come before yours")])
def test_a_waiting_reader_is_told_where_they_stand(ahead, said):
    lines = []
    gate._stand(lines.append, ahead)
    assert "Others are asking" in lines[0] and said in lines[0]


@pytest.mark.browser
def test_in_a_browser_the_password_opens_the_page_and_a_wrong_one_does_not(seeded, chromium, tmp_path):
    library = tmp_path / "library"
    shutil.copytree(seeded, library)
    with serving(library, RAG_PASSWORD=WORD) as server:
        wait_until(lambda: answers(server), "the app starts")
        with reading(chromium, server.base) as reader:
            page = reader.open()
            for given in ("walnut", WORD):
                assert page.get_by_test_id("stChatInput").count() == 0
                page.locator("input[type=password]").fill(given)
                page.get_by_role("button", name="Open").click()
                settle(page)
            page.get_by_test_id("stChatInput").wait_for()
            other = reader.open("/library")
            assert other.locator("input[type=password]").count() == 1, "a tab of its own is a session of its own"


@pytest.mark.browser
def test_in_a_browser_one_who_waits_is_told_so_and_then_answered(seeded, chromium, tmp_path):
    library, let_go = tmp_path / "library", threading.Event()
    shutil.copytree(seeded, library)

    def slowly(exchange):
        let_go.wait(60)
        writes(("It eased pain.", ["S1"]))(exchange)

    with StandIn([slowly]) as model:
        own = {"RAG_WRITER": "llm", "RAG_MODEL": "stand-in", "OPENAI_BASE_URL": model.url, "OPENAI_API_KEY": "none"}
        with serving(library, RAG_ANSWERS_AT_ONCE="1", **own) as server:
            wait_until(lambda: answers(server), "the app starts")
            with reading(chromium, server.base) as reader:
                first, second = reader.open(), reader.open()
                for page in (first, second):
                    page.get_by_role("textbox").fill("What was tested in mice?")
                    page.keyboard.press("Enter")
                    wait_until(lambda: bool(model.requests), "the first question reaches the model")
                second.get_by_text(gate.NEXT).wait_for()
                let_go.set()
                for page in (first, second):
                    page.locator(".cv-sources").first.wait_for()
                assert second.get_by_text(gate.NEXT).count() == 0
