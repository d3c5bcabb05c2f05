"""The page about the app, in process: it tells the truth under the settings in force."""

from html import escape

import pytest

from rag.domain import Stage
from rag.evaluate.figures import SUITES, figures
from rag.evaluate.suites import read_floors
from rag.ui import words
from tests.ui.driver import shown


def visit(app):
    app.run()
    return shown(app.switch_page("rag/ui/about.py").run())


def test_it_says_how_answers_are_made_and_what_it_cannot_do(app):
    page = visit(app)
    assert not app.exception
    assert "How an answer is made" in page
    assert "What it cannot do" in page
    assert "Version " in page
    assert all(words.stage(stage) in page for stage in Stage)
    assert "Apache License" in page and "seeds/NOTICE" in page


def test_it_tells_how_often_it_is_right_and_on_how_many_rows(app):
    page = visit(app)
    kept = list(figures())
    assert kept
    for figure in kept:
        assert escape(figure.title) in page and escape(figure.means) in page
        assert f"of {figure.rows:,} (" in page


def test_every_measure_has_words_and_every_figure_is_shown():
    """A measure that is added needs a row in `measures.csv`, and `evaluate --update` for its figure."""
    told = {(figure.suite, figure.metric) for figure in figures()}
    floors = {(suite, metric) for suite, found in read_floors().items() for metric in found}
    assert floors <= told
    assert {suite for suite, _ in told} == set(SUITES)


def test_no_figure_is_rounded_up_to_perfect(app):
    wrong = [figure for figure in figures() if figure.value < 1]
    page = visit(app)
    assert all(f"of {figure.rows:,} (100%)" not in page.partition(escape(figure.title))[2][:120] for figure in wrong)


def test_it_says_what_is_kept_where(app, seeded):
    page = visit(app)
    assert all(str(place) in page for place in (seeded, seeded / "conversations", seeded / "feedback.jsonl"))


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({}, "No password is asked for (RAG_PASSWORD)."),
        ({"RAG_QUESTIONS_A_MINUTE": "0"}, "Visitors may ask as often as they like (RAG_QUESTIONS_A_MINUTE)."),
        ({"RAG_ANSWERS_AT_ONCE": "3"}, "3 answers are written at once, the others wait in line (RAG_ANSWERS_AT_ONCE)."),
    ],
)
def test_it_says_who_may_come_in(app, monkeypatch, settings, said):
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    assert said in visit(app)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({}, "Nothing you type leaves it."),
        ({"RAG_CHROMA_URL": "http://there:8000"}, "The articles lie on the server there:8000."),
        ({"RAG_MODEL": "some-model", "RAG_WRITER": "extractive"}, "Nothing you type leaves it."),
        (
            {"RAG_MODEL": "some-model", "OPENAI_BASE_URL": "http://there/v1"},
            "are sent to the language model some-model at http://there/v1",
        ),
    ],
)
def test_it_says_what_leaves_the_machine(app, monkeypatch, settings, said):
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    assert said in visit(app)
