"""Many processes on one library of a Chroma server: each sees what the others do, and a server may go and come back."""

import json
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import chromadb
import pytest

from rag.errors import StoreError
from rag.settings import ROOT
from rag.store import database
from rag.store.changes import EVERY
from rag.store.library import open_library
from tests.store.conftest import Server

pytestmark = pytest.mark.parametrize("place", ["server"], indirect=True)


def rows(url: str, collection: str) -> list[str]:
    """The ids a server holds, seen without the library."""
    client = chromadb.HttpClient(url, settings=chromadb.config.Settings(anonymized_telemetry=False))
    found = client.get_collection(collection, embedding_function=None).get()["ids"]
    for server in (client._server, client._admin_client._server):
        server._session.close()
    client.close()
    return found


def test_one_process_sees_what_another_adds_changes_and_removes(settings, embedder, write):
    with open_library(settings, embedder) as one, open_library(settings, embedder) as two:
        one.add(*write("tea", "Green tea slowed tumor cells. It was a dish."))
        time.sleep(EVERY)
        assert two.article("tea").text.startswith("Green tea")
        assert two.dense("a drink", 3)[0][0].article == two.lexical("tea", 3)[0][0].article == "tea"
        two.add(*write("tea", "Black coffee kept drivers awake."))
        two.add(*write("knee", "A brace eased knee pain."))
        time.sleep(EVERY)
        before = one.revision
        assert [article.text[:5] for article in one.articles()] == ["A bra", "Black"]
        assert one.lexical("tumor", 3) == [] and one.lexical("coffee", 3)[0][0].article == "tea"
        one.remove("tea")
        time.sleep(EVERY)
        assert [article.id for article in two.articles()] == ["knee"] and one.revision > before
        assert {passage.article for passage, _ in two.dense("coffee", 5)} == {"knee"}
        assert one.passages() == two.passages()


def test_what_a_killed_process_added_without_a_word_is_seen_too(settings, embedder, write):
    with open_library(settings, embedder) as one, open_library(settings, embedder) as two:
        one._shelf._changes.note = lambda articles: None
        one.add(*write("tea", "Green tea slowed tumor cells."))
        time.sleep(EVERY)
        assert [article.id for article in two.articles()] == ["tea"]


def test_two_that_add_one_id_at_once_agree_in_the_end_and_nothing_is_doubled(settings, embedder, write):
    with open_library(settings, embedder) as one, open_library(settings, embedder) as two:
        for n in range(4):
            with ThreadPoolExecutor(2) as pool:
                list(
                    pool.map(
                        lambda pair: pair[0].add(*pair[1]),
                        [(one, write("a", f"One {n}.")), (two, write("a", f"Two {n}."))],
                    )
                )
        time.sleep(EVERY)  # the one that was earlier learns that the other was later
        assert one.articles() == two.articles() and one.passages() == two.passages()
        assert len(one.articles()) == len(one.passages()) == 1
        assert one.lexical("one two", 5) == two.lexical("one two", 5)
        assert len(rows(settings.chroma_url, "passages")) == 1


def test_what_another_process_is_writing_is_not_cleared_away(settings, embedder, write):
    """Its passages are there and its record is not: the opening of a third must leave them."""
    article, passages = write("tea", "Green tea slowed tumor cells.")
    with open_library(settings, embedder) as one:
        made = one._shelf.lay({"tea": (article, passages)})
        with open_library(settings, embedder) as two:
            assert two.articles() == () and two.dense("tea", 3) == []
        one._shelf.enter([article], made, {})
    with open_library(settings, embedder) as three:
        assert three.articles() == (article,) and three.dense("tea", 3)[0][0] == passages[0]


def test_a_server_that_goes_is_said_and_one_that_comes_back_is_used(place, settings, embedder, write, tmp_path):
    server = Server(tmp_path / "own")
    server.start()
    with open_library(replace(settings, chroma_url=server.url), embedder) as library:
        library.add(*write("tea", "Green tea slowed tumor cells."))
        server.stop()
        for ask in (
            lambda: library.dense("tea", 3),
            lambda: library.add(*write("knee", "A brace eased pain.")),
            lambda: library.remove("tea"),
        ):
            with pytest.raises(StoreError, match=server.url) as error:
                ask()
            assert "server runs" in error.value.hint
        server.start()
        time.sleep(EVERY)
        assert [article.id for article in library.articles()] == ["tea"]
        assert library.dense("tea", 3)[0][0].article == "tea"
        library.add(*write("knee", "A brace eased pain."))
        assert len(library.articles()) == 2
    server.stop()


class Odd(BaseHTTPRequestHandler):
    """A server that is no Chroma: it never answers, or with a page."""

    def do_GET(self) -> None:
        if self.server.silent:
            time.sleep(3)
            return
        self.send_response(502)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<p>Bad gateway")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.mark.parametrize("silent", [True, False])
def test_a_server_that_is_silent_or_no_chroma_is_said_at_once(place, settings, embedder, silent, monkeypatch):
    monkeypatch.setattr(database, "REACH", 0.5)
    odd = ThreadingHTTPServer(("127.0.0.1", 0), Odd)
    odd.silent, odd.daemon_threads = silent, True
    threading.Thread(target=odd.serve_forever, daemon=True).start()
    began = time.monotonic()
    with pytest.raises(StoreError, match="No Chroma server answers") as error:
        open_library(replace(settings, chroma_url=f"http://127.0.0.1:{odd.server_port}"), embedder)
    assert "chroma run" in error.value.hint and time.monotonic() - began < 3
    odd.shutdown()
    odd.server_close()


APP = """
import json, sys, time
from pathlib import Path
from rag.chain import open_chain
from rag.intake import take_in
from rag.question import Request
from rag.settings import Settings

folder, url, own, other, question = Path(sys.argv[1]), *sys.argv[2:]
chain = open_chain(Settings(library=folder / own, chroma_url=url, writer="extractive"))
library = chain.library

def until(condition):
    for _ in range(300):
        if condition():
            return
        time.sleep(0.1)
    raise SystemExit("waited in vain")

added = take_in(library, [str(folder / f"{own}.txt")]).added
until(lambda: {a.id for a in library.articles()} == {own, other})
seen = sorted(a.id for a in library.articles())
brief = chain.invoke(Request(question))
sources = [article.id for article in brief.articles]
(folder / f"{own}.answered").touch()
until((folder / f"{other}.answered").exists)
if own < other:
    library.remove(other)
searched = []
def gone():
    searched.append(len(chain.hits(question, 5)))
    return {a.id for a in library.articles()} == {min(own, other)}
until(gone)
last = chain.invoke(Request(question))
print(json.dumps({"added": added, "seen": seen, "outcome": brief.outcome, "sources": sources,
                  "searched": len(searched), "last": [article.id for article in last.articles]}))
library.close()
"""
TEXTS = {
    "tea": "Green tea slows liver tumors in mice\n\nMarch 3, 2026\n\nForty mice with liver tumors were given green "
    "tea for eight weeks. The liver tumors of those mice grew 30% slower than those of untreated mice.\n",
    "knee": "Knee brace eases pain on stairs\n\nMarch 4, 2026\n\nForty-eight adults with sore knees wore a knee "
    "brace for six weeks in a trial. The knee brace lowered pain on stairs by 2 points more than a bandage.\n",
}


def test_two_apps_on_one_library_both_add_see_answer_and_one_removes(settings, tmp_path: Path):
    for name, text in TEXTS.items():
        (tmp_path / f"{name}.txt").write_text(text)
    asked = (
        ("knee", "tea", "What does green tea do to liver tumors?"),
        ("tea", "knee", "Does a knee brace ease pain?"),
    )

    def run(row: tuple[str, str, str]) -> dict[str, object]:
        command = [sys.executable, "-c", APP, str(tmp_path), settings.chroma_url, *row]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=100)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    with ThreadPoolExecutor(2) as pool:
        knee, tea = pool.map(run, asked)
    assert knee["added"] == ["knee"] and tea["added"] == ["tea"]
    assert knee["seen"] == tea["seen"] == ["knee", "tea"]
    assert knee["outcome"] == tea["outcome"] == "written"
    assert knee["sources"] == ["tea"] and tea["sources"] == ["knee"], "each answers from what the other added"
    assert knee["last"] == [] and tea["last"] == ["knee"] and tea["searched"]
