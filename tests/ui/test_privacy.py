"""Who sees a question: with the built-in writer nobody and no file; with a model the host, which the page names."""

import shutil

import pytest

from tests.standin import StandIn, writes
from tests.ui.driver import answers, ask, reading, serving, shown, wait_until

SECRET = "quibblewort"
QUESTION = f"Does {SECRET} help with walking after a stroke?"


@pytest.mark.browser
def test_a_question_is_in_no_log_line_and_in_no_file(seeded, chromium, tmp_path, capfd):
    library = tmp_path / "library"
    shutil.copytree(seeded, library)
    with serving(library, RAG_CACHE=str(tmp_path / "cache")) as server:
        wait_until(lambda: answers(server), "the app starts")
        with reading(chromium, server.base) as reader:
            page = reader.open()
            ask(page, QUESTION)
            assert SECRET in page.inner_text("body")
    out, err = capfd.readouterr()
    assert SECRET not in out + err
    holding = [path for path in tmp_path.rglob("*") if path.is_file() and SECRET.encode() in path.read_bytes()]
    assert holding == []


def test_with_a_model_the_ask_page_names_the_host(app, monkeypatch):
    app.run()
    assert "go to the language model" not in shown(app)
    with StandIn([writes(("A claim.", ["S1"]))]) as server:
        monkeypatch.setenv("RAG_MODEL", "stand-in<b>")
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        app.run()
        host = server.url.removeprefix("http://").removesuffix("/v1")
        assert f"go to the language model stand-in&lt;b&gt; at {host}." in shown(app)
        monkeypatch.setenv("RAG_WRITER", "extractive")
        app.run()
        assert "go to the language model" not in shown(app)
