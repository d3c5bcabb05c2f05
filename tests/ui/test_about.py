"""The page about the app, in process: it tells the truth under the settings in force."""

import pytest

from rag.domain import Stage
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


def test_it_says_where_the_articles_are(app, seeded):
    assert str(seeded) in visit(app)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({}, "Nothing you type leaves it."),
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
