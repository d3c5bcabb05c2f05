"""The library page, in process: the list, one article, taking one out and back, and what cannot be shown."""

import shutil

import pytest
from streamlit.testing.v1 import AppTest

from rag.intake import take_in
from rag.retrieve.passages import passages
from rag.settings import ROOT, Settings
from rag.store.library import open_library
from rag.store.lock import LibraryLock
from rag.ui import access, parts
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
    parts.chain.clear()


@pytest.fixture
def own(unopened, seeded, tmp_path):
    """The app over a copy of the sample library, which may be changed."""
    shutil.copytree(seeded, tmp_path / "library")
    library = parts.chain().library
    yield visit(unopened)
    library.close()


@pytest.fixture(scope="module")
def many(tmp_path_factory, embedder):
    """A library of 45 short articles, two of them the same release; closed."""
    folder = tmp_path_factory.mktemp("many")
    story = " ".join(f"The researchers gave herb number {n} to mice and saw that they slept." for n in range(8))
    for n in range(43):
        date, text = f"{n % 28 + 1} May {2000 + n % 5}", f"In study {n}, mice that ate walnuts slept {n} hours longer."
        (folder / f"walnut-{n:02}.txt").write_text(f"Walnut study {n}\n{date}\n\n{text}\n", encoding="utf8")
    for name in ("Herald", "Post"):
        (folder / f"herb-{name}.txt").write_text(f"{name}: herbs and sleep\n\n{story}\n", encoding="utf8")
    with open_library(Settings(library=folder / "library"), embedder) as library:
        assert len(take_in(library, [str(path) for path in folder.glob("*.txt")]).added) == 45
    return folder / "library"


@pytest.fixture
def crowded(unopened, many, monkeypatch):
    monkeypatch.setenv("RAG_LIBRARY", str(many))
    library = parts.chain().library
    yield visit(unopened)
    library.close()


def titles(app):
    return [button.label for button in app.button if button.key.startswith("read-")]


def test_every_article_is_listed_with_its_evidence(app):
    page = shown(visit(app))
    articles = parts.chain().library.articles()
    assert f"{len(articles)} articles" in page
    assert page.count("Kind of evidence") == len(articles) == 5
    assert page.count("reported</p>") == 5


def test_an_article_opens_with_findings_caveats_and_its_whole_text(app):
    visit(app)
    found = next(a for a in parts.chain().library.articles() if a.findings)
    app.button(f"read-{found.id}").click().run()
    assert not app.exception
    page = shown(app)
    assert page.count('<li id="finding-') == len(found.findings)
    assert page.count("cv-removed") == len(found.removed) + 1  # the legend shows what it looks like
    assert app.query_params["article"] == found.id
    app.button("back").click().run()
    assert "5 articles" in shown(app)


def test_an_article_that_is_gone_is_said_to_be(app):
    visit(app)
    app.query_params["article"] = "no-such-article"
    page = shown(app.run())
    assert "not in the library any more" in page
    assert "5 articles" in page


def test_many_articles_are_shown_a_page_at_a_time(crowded):
    assert "45 articles" in shown(crowded)
    assert len(titles(crowded)) == 20
    crowded.button("more").click().run()
    assert len(titles(crowded)) == 40
    crowded.button("more").click().run()
    assert len(titles(crowded)) == 44
    assert "more" not in {button.key for button in crowded.button}


def test_the_list_can_be_narrowed_and_shown_whole_again(crowded):
    crowded.text_input("find-words").set_value("walnut 4").run()
    assert "7 of 45 articles" in shown(crowded)
    crowded.selectbox("find-year").select("2002").run()
    assert "1 of 45 articles" in shown(crowded)
    crowded.text_input("find-words").set_value("nothing like it").run()
    assert "No article fits" in shown(crowded)
    crowded.button("all").click().run()
    assert "45 articles" in shown(crowded)


def test_one_release_is_shown_once_with_the_others_under_it(crowded):
    crowded.text_input("find-words").set_value("herbs").run()
    assert len(titles(crowded)) == 1
    assert "The same press release" in shown(crowded)
    other = next(button for button in crowded.button if button.key.startswith("same-herb"))
    other.click().run()
    assert "The same press release" in shown(crowded)
    assert crowded.query_params["article"] in other.key


def test_an_article_is_removed_only_after_a_second_question_and_can_be_put_back(own):
    library = parts.chain().library
    first = library.articles()[0]
    came = '{"title": "Given with the text"}'
    library.add_all([(first, passages(first))], {first.id: came})
    own.button(f"read-{first.id}").click().run()
    own.button("remove").click().run()
    assert first in library.articles()
    own.button("remove-yes").click().run()
    assert first not in library.articles()
    assert "Removed: " in shown(own) and "4 articles" in shown(own)
    own.button("put-back").click().run()
    assert first in library.articles()
    assert "Removed" not in shown(own)
    assert library.remove(first.id) == came


def test_an_article_removed_elsewhere_meanwhile_is_no_fault(own):
    library = parts.chain().library
    first = library.articles()[0]
    own.button(f"read-{first.id}").click().run()
    own.button("remove").click().run()
    library.remove(first.id)
    own.button("remove-yes").click().run()
    assert not own.exception
    assert "not in the library any more" in shown(own)


def test_the_state_of_the_library_is_told(own, tmp_path):
    own.button("state").click().run()
    page = shown(own)
    passages = len(parts.chain().library.passages())
    for fact in (">5<", f">{passages}<", str(tmp_path / "library"), "MB", "all-MiniLM-L6-v2", "this program alone"):
        assert fact in page


def test_a_library_that_is_read_only_cannot_be_changed(own, monkeypatch):
    monkeypatch.setenv("RAG_READ_ONLY", "yes")
    own.run()
    assert "add" not in {button.key for button in own.button}
    own.query_params["view"] = "add"
    assert access.READ_ONLY in shown(own.run())
    own.query_params["view"], own.query_params["article"] = "", parts.chain().library.articles()[0].id
    assert "remove" not in {button.key for button in own.run().button}


def test_an_empty_library_offers_to_add_articles_there_and_then(unopened):
    unopened.run()
    assert "The library is empty" in shown(unopened)
    text = shown(unopened.switch_page(PAGE).run())
    parts.chain().library.close()
    assert not unopened.exception
    assert "The library is empty" in text
    assert unopened.button("add-read-paste")


@pytest.mark.parametrize("page", ["rag/ui/ask.py", PAGE, "rag/ui/summaries.py"])
def test_a_library_in_use_is_said_and_can_be_tried_again(unopened, tmp_path, page):
    lock = LibraryLock(tmp_path / "library")
    unopened.run()
    text = shown(unopened.switch_page(page).run())
    assert not unopened.exception
    assert "What to do:" in text
    lock.release()
    unopened.button("try_again").click().run()
    parts.chain().library.close()
    assert "The library is empty" in shown(unopened)


@pytest.mark.parametrize(("name", "value"), [("RAG_WRITER", "quill"), ("RAG_LIBRARY", "/dev/null/library")])
def test_a_setting_that_means_nothing_is_said(unopened, monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    text = shown(unopened.run())
    assert not unopened.exception
    assert "What to do:" in text
