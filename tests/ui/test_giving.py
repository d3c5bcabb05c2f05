"""What a reader gives: files by their own names, an address, a pasted text; and a word on each that cannot be read."""

import http.server
import threading
from dataclasses import dataclass
from pathlib import Path

import pytest

from rag.errors import RagError
from rag.ingest.fetch import Fetcher
from rag.ui import giving
from tests.ui.states import FILES

TEXT = "Walnuts and sleep\n\nThe study gave walnuts to 40 mice. They slept longer, the researchers said."


@dataclass
class Chosen:
    """A file as the browser hands it over."""

    name: str
    data: bytes

    def getvalue(self):
        return self.data


def chosen(name):
    return Chosen(name, (FILES / name).read_bytes())


@pytest.mark.parametrize("name", ["walks.txt", "walks.md", "walks.html", "walks.pdf", "walks.docx", "walks.jsonl"])
def test_every_format_is_read(name):
    given = giving.from_files([chosen(name)])
    assert given.documents and not given.rejected
    assert all(document.origin for document in given.documents)


def test_what_cannot_be_read_goes_by_the_name_the_reader_knows():
    rows = Chosen("my news.jsonl", b'{"text": "The mice slept longer."}\nnot json\n')
    given = giving.from_files([chosen("locked.pdf"), rows, chosen("walks.txt")])
    assert [document.id for document in given.documents] == ["my-news-1", "walks"]
    assert [rejected.source for rejected in given.rejected] == ["locked.pdf", "my news.jsonl, line 2"]
    assert all(rejected.hint and "/tmp" not in rejected.message for rejected in given.rejected)


@pytest.mark.parametrize("name", ["../../evil.txt", "..\\..\\evil.txt", "/etc/evil.txt", "C:\\evil.txt", ".evil.txt"])
def test_a_name_leads_nowhere(name):
    (document,) = giving.from_files([Chosen(name, TEXT.encode())]).documents
    assert document.id == "evil" and document.origin == "evil.txt"


@pytest.mark.parametrize("name", ["\U0001f600.txt", "x" * 300 + ".txt", "....txt", "a/b.txt"])
def test_a_strange_name_is_no_obstacle(name):
    assert len(giving.from_files([Chosen(name, TEXT.encode())]).documents) == 1


def test_two_files_of_one_name_are_two_articles():
    given = giving.from_files([Chosen("a.txt", TEXT.encode()), Chosen("a.txt", TEXT.upper().encode())])
    assert len({document.id for document in given.documents}) == 2


def test_a_pasted_text_keeps_its_id_and_another_gets_another():
    one, same, other = (giving.from_paste(text).documents[0].id for text in (TEXT, TEXT, TEXT + " More."))
    assert one == same != other


def test_a_text_far_too_long_is_refused():
    given = giving.from_paste("The mice slept longer. " * 75_000)
    assert not given.documents
    assert "300,000 words" in given.rejected[0].message


@pytest.mark.parametrize("give", [lambda: giving.from_paste(" \n"), lambda: giving.from_files([]),
                                  lambda: giving.from_address("  ")])  # fmt: skip
def test_nothing_is_said_to_be_nothing(give):
    with pytest.raises(RagError, match="nothing to read"):
        give()


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1/x", "192.168.0.1/x", "file:///etc/passwd", "http://[::1]/", "not a page"]
)
def test_an_address_that_is_not_fetched_is_said_with_what_to_do(address):
    given = giving.from_address(address)
    assert not given.documents
    assert given.rejected[0].source == address and given.rejected[0].hint


def test_a_page_is_fetched(tmp_path):
    page = Path(FILES / "walks.html").read_bytes()

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self):  # noqa: N802 (the name http.server calls)
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, *_):
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    port = server.server_address[1]
    given = giving.from_address(f" http://127.0.0.1:{port}/walks ", Fetcher(frozenset({("127.0.0.1", port)})))
    server.shutdown()
    server.server_close()
    assert given.documents[0].url == f"http://127.0.0.1:{port}/walks"
