"""A library of another search model: the page says so, and one press makes it anew."""

import shutil

import pytest
from streamlit.testing.v1 import AppTest

from rag.settings import ROOT
from rag.ui import parts, rebuilding
from tests.ui.driver import PATIENCE, shown
from tests.ui.states import age


@pytest.fixture
def aged(seeded, tmp_path, monkeypatch):
    """The app over a library that another model made."""
    folder = tmp_path / "library"
    shutil.copytree(seeded, folder)
    age(folder)
    monkeypatch.setenv("RAG_LIBRARY", str(folder))
    parts.chain.clear()
    rebuilding.work.clear()
    yield AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE)
    parts.chain().library.close()
    parts.chain.clear()
    rebuilding.work.clear()


def test_one_press_makes_the_library_anew(aged):
    page = shown(aged.run())
    assert "was made with another model" in page and rebuilding.WHY in page
    assert rebuilding.PRESS in page and "python -m rag" not in page
    aged.button("rebuild").click().run()
    assert not aged.exception
    rebuilding.work()[0].wait()
    page = shown(aged.run())
    assert "was made with another model" not in page
    assert len(parts.chain().library.articles()) == 5


def test_a_read_only_library_is_not_made_anew_by_a_visitor(aged, monkeypatch):
    monkeypatch.setenv("RAG_READ_ONLY", "yes")
    aged.run()
    assert "rebuild" not in {button.key for button in aged.button}
    monkeypatch.setenv("RAG_READ_ONLY", "no")
    aged.run().button("rebuild").click().run()
    rebuilding.work()[0].wait()
