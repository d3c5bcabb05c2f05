"""The pages Summaries and Explainers: choose an article or a topic and a level, read it, take it away."""

import shutil
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from rag.settings import ROOT
from rag.ui import parts
from tests.ui.driver import NARROW, PATIENCE, answers, reading, serving, settle, shown, wait_until

SLOW = """
import time
from rag.chain import Chain

run = Chain.run

def slowly(self, request):
    for event in run(self, request):
        yield event
        time.sleep(0.1)

Chain.run = slowly
"""
"""Run by Python at its start: the chain itself, with a wait after each event, as a language model would have."""
SUMMARIES, EXPLAINERS = "rag/ui/summaries.py", "rag/ui/explainers.py"


def visit(app, page):
    app.run()
    app.switch_page(page).run()
    assert not app.exception
    return unescape(shown(app))


@pytest.mark.parametrize(("page", "title"), [(SUMMARIES, "In short: "), (EXPLAINERS, "Explained: ")])
def test_the_first_article_is_there_at_once(app, page, title):
    text = visit(app, page)
    assert f"<h2>{title}Mice" in text and "not in people" in text and 'class="ladder" alt="Results: Animals' in text
    assert app.radio(key="level").value == "standard"
    assert len(app.get("download_button")) == 5


@pytest.mark.parametrize("page", [SUMMARIES, EXPLAINERS])
def test_another_article_and_level_are_written_anew(app, page):
    standard = visit(app, page)
    app.radio(key="level").set_value("simple").run()
    assert not app.exception
    simple = unescape(shown(app))
    assert len(simple) <= len(standard)
    phase_2 = next(a.id for a in parts.chain().library.articles() if a.stage == "phase2")
    app.selectbox(key="article").set_value(phase_2).run()
    text = unescape(shown(app))
    assert not app.exception and "36 patients" in text and "Phase 2 trial" in text


def test_a_topic_finds_its_article_and_says_which(app):
    visit(app, EXPLAINERS)
    app.radio(key="about").set_value("A topic").run()
    assert "Name a topic" in shown(app)
    app.text_input(key="topic").set_value("polyamines in tumors").run()
    assert not app.exception
    assert "For “polyamines in tumors” this is the news article" in unescape(shown(app))


@pytest.mark.parametrize("page", [SUMMARIES, EXPLAINERS])
def test_a_topic_of_several_articles_sets_their_studies_side_by_side(app, page):
    visit(app, page)
    app.radio(key="about").set_value("A topic").run()
    app.text_input(key="topic").set_value("T cells").run()
    text = unescape(shown(app))
    assert not app.exception
    assert "The studies, side by side" in text and "Where they differ" in text and text.count("<tr>") >= 3


def test_a_leaflet_is_in_spanish_and_says_that_its_quotations_are_not(app):
    visit(app, EXPLAINERS)
    app.radio(key="language").set_value("es").run()
    text = unescape(shown(app))
    assert not app.exception
    assert "Preguntas para su equipo médico" in text and "Las citas están en inglés" in text


def test_a_health_writer_sees_which_sentences_are_hard(app):
    visit(app, SUMMARIES)
    (hard,) = [box for box in app.expander if "hard to read" in box.label]
    assert "School grade of our own words" in unescape(" ".join(element.value for element in hard.get("html")))


def test_a_leaflet_is_not_written_again_where_nothing_has_changed(app):
    visit(app, EXPLAINERS)
    first = app.session_state["leaflet-brief"]
    app.run()
    assert app.session_state["leaflet-brief"] is first


@pytest.mark.parametrize(
    ("topic", "says"),
    [("football results", "could not find that"), ("I want to die", "988"), ("?!", "no question in that")],
)
def test_a_topic_that_no_article_is_on_gets_words_and_no_files(app, topic, says):
    visit(app, EXPLAINERS)
    app.radio(key="about").set_value("A topic").run()
    app.text_input(key="topic").set_value(topic).run()
    assert not app.exception
    assert says in unescape(shown(app)) and not app.get("download_button")


def test_what_was_chosen_is_there_on_the_other_page_and_after_another(app):
    visit(app, SUMMARIES)
    app.radio(key="about").set_value("A topic").run()
    app.text_input(key="topic").set_value("polyamines in tumors").run()
    visit(app, "rag/ui/about.py")
    visit(app, EXPLAINERS)
    assert app.text_input(key="topic").value == "polyamines in tumors"


@pytest.mark.parametrize("page", [SUMMARIES, EXPLAINERS])
def test_an_empty_library_says_how_to_fill_it(tmp_path, monkeypatch, page):
    monkeypatch.setenv("RAG_LIBRARY", str(tmp_path / "library"))
    parts.chain.clear()
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE)
    assert "The library is empty." in visit(app, page)
    chain = parts.chain()
    parts.chain.clear()
    chain.library.close()


@pytest.mark.browser
def test_while_a_leaflet_is_written_its_progress_is_shown(seeded, tmp_path, chromium):
    shutil.copytree(seeded, tmp_path / "library")
    (tmp_path / "sitecustomize.py").write_text(SLOW, encoding="utf8")
    with serving(tmp_path / "library", PYTHONPATH=f"{tmp_path}:{ROOT}") as server:
        wait_until(lambda: answers(server), "the app starts")
        with reading(chromium, server.base, NARROW) as someone:
            page = someone.context.new_page()
            page.goto(f"{server.base}/explainers")
            page.get_by_text("statement(s) checked so far").wait_for()
            assert page.locator(".cv-wait").get_attribute("role") == "status"
            assert not page.locator(".cv-sheet").count()
            page.locator(".cv-sheet").wait_for()
            assert not page.locator(".cv-wait").count()


@pytest.mark.browser
def test_a_page_is_read_and_saved_on_a_phone(reader):
    page = reader(width=390, scheme="dark").open("/explainers")
    page.locator(".cv-sheet .ladder").wait_for()
    settle(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator(".cv-sheet .ladder").evaluate("picture => picture.naturalWidth") > 0
    assert page.locator(".cv-sheet").bounding_box()["y"] < 700, "it is in sight, not only its controls"
    page.get_by_role("button", name="Save as a file").click()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Web page").click()
    assert saved.value.suggested_filename.startswith("explainer-000")
    assert "Questions for your care team" in saved.value.path().read_text(encoding="utf8")
    with page.expect_download() as saved:
        page.get_by_role("button", name="PDF, to print").click()
    assert saved.value.path().read_bytes().startswith(b"%PDF-")
