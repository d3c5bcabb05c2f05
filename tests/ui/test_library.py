"""The library page, in process: what is there, what each article reports, and what to do where nothing can be shown."""

import pytest
from streamlit.testing.v1 import AppTest

from rag.settings import ROOT
from rag.ui import parts
from tests.ui.driver import PATIENCE, shown

PAGE = "rag/ui/library.py"


def visit(app):
    app.run()
    return app.switch_page(PAGE).run()


@pytest.fixture
def unopened(tmp_path, monkeypatch):
    """The app over a library folder of its own, empty; what it opens is closed."""
    monkeypatch.setenv("RAG_LIBRARY", str(tmp_path / "library"))
    parts.chain.clear()
    yield AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE)


def test_every_article_is_listed_with_its_evidence(app):
    page = shown(visit(app))
    articles = parts.chain().library.articles()
    assert f"{len(articles)} articles" in page
    assert page.count("Kind of evidence") == len(articles) == 5
    assert page.count("reported</p>") == 5
    assert parts.INGEST in page


def test_an_article_opens_with_findings_caveats_and_its_whole_text(app):
    visit(app)
    found = next(a for a in parts.chain().library.articles() if a.findings)
    app.button(f"read-{found.id}").click().run()
    assert not app.exception
    page = shown(app)
    assert page.count("<blockquote>") == len(found.findings)
    assert page.count("cv-limit") == len(found.caveats)
    assert page.count("cv-removed") == len(found.removed)
    assert app.query_params["article"] == found.id
    app.button("back").click().run()
    assert "5 articles" in shown(app)


def test_a_finding_is_shown_in_the_text(app):
    visit(app)
    found = next(a for a in parts.chain().library.articles() if a.findings)
    app.query_params["article"] = found.id
    app.run()
    app.button("finding-0").click().run()
    assert shown(app).count('<mark id="cited"') == 1


def test_an_article_that_is_gone_is_said_to_be(app):
    visit(app)
    app.query_params["article"] = "no-such-article"
    page = shown(app.run())
    assert "not in the library any more" in page
    assert "5 articles" in page


@pytest.mark.parametrize("page", ["rag/ui/ask.py", PAGE])
def test_an_empty_library_says_how_to_add_articles(unopened, page):
    unopened.run()
    text = shown(unopened.switch_page(page).run())
    parts.chain().library.close()
    parts.chain.clear()
    assert not unopened.exception
    assert "The library is empty" in text
    assert parts.INGEST in text


@pytest.mark.parametrize("page", ["rag/ui/ask.py", PAGE])
def test_a_library_in_use_is_said_and_can_be_tried_again(unopened, tmp_path, page):
    from rag.store.lock import LibraryLock

    lock = LibraryLock(tmp_path / "library")
    unopened.run()
    text = shown(unopened.switch_page(page).run())
    assert not unopened.exception
    assert "What to do:" in text
    lock.release()
    unopened.button("try_again").click().run()
    parts.chain().library.close()
    parts.chain.clear()
    assert "The library is empty" in shown(unopened)


@pytest.mark.parametrize(("name", "value"), [("RAG_WRITER", "quill"), ("RAG_LIBRARY", "/dev/null/library")])
def test_a_setting_that_means_nothing_is_said(unopened, monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    text = shown(unopened.run())
    assert not unopened.exception
    assert "What to do:" in text
