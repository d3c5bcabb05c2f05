"""Adding articles: nothing goes in unseen, nothing twice, others ask meanwhile; in process and in a real Chromium."""

import shutil

import pytest
from streamlit.testing.v1 import AppTest

from rag.settings import ROOT
from rag.ui import adding, parts
from tests.ui.driver import NARROW, PATIENCE, answers, ask, reading, serving, settle, shown, wait_until
from tests.ui.states import FILES, GOLD, give

TEXT = (GOLD / "p01.txt").read_text(encoding="utf8")
SEED = next((ROOT / "seeds").glob("003*.txt")).read_text(encoding="utf8")


@pytest.fixture
def form(seeded, tmp_path, monkeypatch):
    """The way in of a copy of the sample library."""
    shutil.copytree(seeded, tmp_path / "library")
    monkeypatch.setenv("RAG_LIBRARY", str(tmp_path / "library"))
    parts.chain.clear()
    library = parts.chain().library
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE)
    app.run()
    app.switch_page("rag/ui/library.py")
    app.query_params["view"] = "add"
    yield app.run()
    parts.chain.clear()
    library.close()


def paste(form, text):
    form.text_area("add-text").set_value(text)
    form.button("add-read-paste").click().run()
    assert not form.exception
    return shown(form)


def add(form):
    form.button("add-all").click().run()
    form.session_state[adding.WORK].wait()
    return shown(form.run())


def test_what_was_read_is_seen_before_it_is_added(form):
    library = parts.chain().library
    page = paste(form, TEXT)
    assert "Nothing is added yet" in page and "New in this library" in page
    assert "Phase 2 trial, 84 people" in page and "cv-removed" in page and "Keep in mind" in page
    assert len(library.articles()) == 5
    page = add(form)
    assert "1 article added." in page and "now holds 6 articles" in page
    assert len(library.articles()) == 6


def test_a_rerun_adds_nothing_twice(form):
    paste(form, TEXT)
    add(form)
    revision = parts.chain().library.revision
    assert "1 article added." in shown(form.run())
    assert parts.chain().library.revision == revision


def test_what_is_there_already_cannot_be_added_again(form):
    assert "In this library already" in paste(form, SEED)
    assert adding.NOTHING_NEW in shown(form)
    assert "add-all" not in {button.key for button in form.button}


def test_what_was_read_can_be_left(form):
    paste(form, TEXT)
    form.button("add-none").click().run()
    assert form.button("add-read-paste") and len(parts.chain().library.articles()) == 5


def test_a_text_of_nothing_is_said(form):
    assert "nothing to read" in paste(form, " ")


def test_an_appraised_text_can_be_added_from_there(form):
    form.switch_page("rag/ui/appraise.py").run()
    form.text_area("appraise-text").set_value(TEXT)
    form.button("appraise-read-paste").click().run()
    form.button("appraise-add").click().run()
    form.session_state[adding.WORK].wait()
    assert len(parts.chain().library.articles()) == 6


@pytest.fixture
def own(seeded, tmp_path, chromium):
    shutil.copytree(seeded, tmp_path / "library")
    with serving(tmp_path / "library") as server:
        wait_until(lambda: answers(server), "the app starts")
        yield server


@pytest.mark.browser
def test_files_are_previewed_chosen_added_and_then_answered_from(own, chromium):
    with reading(chromium, own.base) as one, reading(chromium, own.base, NARROW) as other:
        asking = other.open()
        page = one.open("/library?view=add")
        give(page, GOLD / "p01.txt", GOLD / "p02.html", FILES / "walks.docx", FILES / "locked.pdf")
        page.get_by_text("3 articles read").wait_for()
        settle(page)
        assert "locked.pdf is locked with a password" in page.locator(".cv-failure").inner_text()
        page.get_by_text("Add this one").last.click()
        page.get_by_role("button", name="Add 2 articles to the library").click()
        page.get_by_text("2 articles added.").wait_for()
        ask(asking, "Did ostrimab help people with asthma?")
        assert "Tallow Bay" in asking.locator(".cv-sources").inner_text()
        page.reload()
        page.get_by_role("button", name="Read it").first.wait_for()
        page.get_by_role("button", name="Back to all articles").click()
        page.get_by_text("7 articles").wait_for()


@pytest.mark.browser
def test_a_collection_is_added_with_its_progress_while_another_tab_asks(own, chromium, tmp_path):
    rows = [
        f'{{"id": "row-{n}", "title": "Walnut study {n}", "text": "{"The mice slept longer. " * 40}{n}"}}'
        for n in range(60)
    ]
    (tmp_path / "walnuts.jsonl").write_text("\n".join([*rows, "no JSON"]), encoding="utf8")
    with reading(chromium, own.base) as one, reading(chromium, own.base) as other:
        asking, page = other.open(), one.open("/library?view=add")
        give(page, tmp_path / "walnuts.jsonl")
        page.get_by_text("And 50 more").wait_for()
        assert "walnuts.jsonl, line 61" in page.locator(".cv-failure").inner_text()
        page.get_by_role("button", name="Add 60 articles to the library").click()
        ask(asking, "Do antidepressants cure cancer?")
        assert asking.locator(".cv-sources").is_visible()
        page.get_by_text("60 articles added.").wait_for()
        assert page.get_by_text("now holds 65 articles").is_visible()
