import gzip
import http.server
import ipaddress
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from rag.errors import FetchRefused, LoadError
from rag.ingest import fetch
from rag.ingest.fetch import AGENT, BYTES, Fetcher
from rag.ingest.read import fetched
from rag.settings import ROOT

FILES = ROOT / "tests/files"
HTML = {"Content-Type": "text/html; charset=utf-8"}
PAGE = (FILES / "walks.html").read_bytes()
ANSWERS: dict[str, tuple[int, dict[str, str], bytes]] = {
    "/walks": (200, HTML, PAGE),
    "/walks.pdf": (200, {"Content-Type": "application/pdf"}, (FILES / "walks.pdf").read_bytes()),
    "/plain": (200, {"Content-Type": "text/plain; charset=gb18030"}, "研究人员发现药物有效。".encode("gb18030")),
    "/packed": (200, HTML | {"Content-Encoding": "gzip"}, gzip.compress(PAGE)),
    "/bomb": (200, HTML | {"Content-Encoding": "gzip"}, gzip.compress(bytes(BYTES * 20))),
    "/strange": (200, HTML | {"Content-Encoding": "br"}, PAGE),
    "/garbled": (200, HTML | {"Content-Encoding": "gzip"}, PAGE),
    "/picture": (200, {"Content-Type": "image/png"}, b"\x89PNG"),
    "/untold": (200, {}, PAGE),
    "/huge": (200, HTML, bytes(BYTES + 1)),
    "/short": (200, HTML | {"Content-Length": "99999"}, PAGE),
    "/moved": (301, {"Location": "/walks"}, b""),
    "/to-pdf": (302, {"Location": "walks.pdf"}, b""),
    "/round": (302, {"Location": "/round"}, b""),
    "/private": (302, {"Location": "http://10.0.0.1/"}, b""),
    "/metadata": (307, {"Location": "http://169.254.169.254/latest/meta-data/"}, b""),
    "/disguised": (302, {"Location": "http://0x7f000001/"}, b""),
    "/file": (302, {"Location": "file:///etc/passwd"}, b""),
    "/nowhere": (302, {}, b""),
    "/members": (302, {"Location": "/login?next=/members"}, b""),
    **{f"/{status}": (status, HTML, b"<p>No.</p>") for status in (204, 401, 403, 404, 410, 429, 500, 503)},
    **{f"/hop{n}": (302, {"Location": f"/hop{n - 1}" if n else "/walks"}, b"") for n in range(6)},
}


class Site(http.server.BaseHTTPRequestHandler):
    seen: list[dict[str, str]]

    def do_GET(self) -> None:
        self.server.seen.append(dict(self.headers))
        if self.path == "/never":
            time.sleep(5)
            return
        if self.path == "/drip":
            self._drip()
            return
        status, headers, body = ANSWERS[self.path]
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            return

    def _drip(self) -> None:
        """Send a header that has no end, a letter at a time."""
        try:
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            for _ in range(100):
                self.wfile.write(b"a")
                self.wfile.flush()
                time.sleep(0.05)
        except OSError:
            return

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[http.server.ThreadingHTTPServer]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.daemon_threads = True
    server.seen = []
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def url(site: http.server.ThreadingHTTPServer) -> str:
    return f"http://127.0.0.1:{site.server_port}"


@pytest.fixture
def fetcher(site: http.server.ThreadingHTTPServer) -> Fetcher:
    return Fetcher(allowed=frozenset({("127.0.0.1", site.server_port)}), seconds=10)


def test_a_page_comes_as_an_article_with_its_address(url: str, fetcher: Fetcher):
    document = fetched(f"{url}/walks", fetcher)
    assert document.title == "Ten-minute walks after meals lower evening blood sugar in small trial"
    assert (document.origin, document.url) == (f"{url}/walks", f"{url}/walks")
    assert document.id == f"127.0.0.1-{url.rpartition(':')[2]}-walks"


@pytest.mark.parametrize("path", ["/moved", "/hop4", "/packed"])
def test_redirects_and_packing_change_nothing(path: str, url: str, fetcher: Fetcher):
    assert fetched(url + path, fetcher).text == fetched(f"{url}/walks", fetcher).text


def test_a_redirect_to_a_pdf_and_a_text_in_its_own_encoding(url: str, fetcher: Fetcher):
    document = fetched(f"{url}/to-pdf", fetcher)
    assert document.url == f"{url}/walks.pdf" and "enrolled 126 adults" in document.text
    assert fetched(f"{url}/plain", fetcher).text == "研究人员发现药物有效。"


def test_we_say_who_we_are_and_tell_nothing_else(url: str, fetcher: Fetcher, site: http.server.ThreadingHTTPServer):
    fetcher.fetch(f"{url}/walks")
    assert site.seen[-1]["User-Agent"] == AGENT
    assert site.seen[-1].keys() == {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/private", "a private or local address"),
        ("/metadata", "a private or local address"),
        ("/disguised", "a number in disguise"),
        ("/file", "only http and https"),
        ("/round", "leads on and on"),
        ("/hop5", "leads on and on"),
        ("/members", "login page"),
        ("/401", "closed to us"),
        ("/403", "closed to us"),
        ("/picture", "it is image/png"),
        ("/untold", "it is of no stated kind"),
        ("/strange", "packed as br"),
        ("/huge", "over 10 MB"),
        ("/bomb", "over 10 MB"),
    ],
)
def test_what_must_not_be_fetched_is_refused(path: str, message: str, url: str, fetcher: Fetcher):
    with pytest.raises(FetchRefused, match=message) as caught:
        fetcher.fetch(url + path)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/404", "does not exist"),
        ("/410", "does not exist"),
        ("/429", "not working at present"),
        ("/500", "not working at present"),
        ("/503", "not working at present"),
        ("/204", "answered with status 204"),
        ("/short", "broken off"),
        ("/garbled", "makes no sense"),
        ("/nowhere", "leads nowhere"),
    ],
)
def test_what_does_not_come_says_why(path: str, message: str, url: str, fetcher: Fetcher):
    with pytest.raises(LoadError, match=message) as caught:
        fetcher.fetch(url + path)
    assert caught.value.hint


@pytest.mark.parametrize("path", ["/never", "/drip"])
def test_a_server_that_never_ends_is_left_when_time_is_up(path: str, url: str, site: http.server.ThreadingHTTPServer):
    hasty = Fetcher(allowed=frozenset({("127.0.0.1", site.server_port)}), seconds=0.5)
    began = time.perf_counter()
    with pytest.raises(LoadError, match="did not answer in time"):
        hasty.fetch(url + path)
    assert time.perf_counter() - began < 2


def test_without_permission_this_machine_is_closed(url: str, site: http.server.ThreadingHTTPServer):
    asked = len(site.seen)
    other = Fetcher(allowed=frozenset({("127.0.0.1", site.server_port + 1)}))
    for fetcher in (Fetcher(), other):
        with pytest.raises(FetchRefused, match="private or local"):
            fetcher.fetch(f"{url}/walks")
    with pytest.raises(FetchRefused, match="private or local"):
        Fetcher().fetch(f"http://localhost:{site.server_port}/walks")
    assert len(site.seen) == asked


def test_a_name_is_looked_up_once_and_every_address_of_it_counts(
    url: str, site: http.server.ThreadingHTTPServer, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
):
    """A host that answers differently the second time is never asked a second time."""
    looked: list[str] = []

    def rebound(host: str, port: int, seconds: float) -> list[ipaddress.IPv4Address]:
        looked.append(host)
        return [ipaddress.IPv4Address("127.0.0.1" if len(looked) == 1 else "127.0.0.2")]

    monkeypatch.setattr(fetch, "resolve", rebound)
    assert fetcher.fetch(f"http://news.example:{site.server_port}/walks").data == PAGE
    assert looked == ["news.example"] and site.seen[-1]["Host"] == f"news.example:{site.server_port}"
    mixed = [ipaddress.ip_address("93.184.216.34"), ipaddress.ip_address("192.168.0.1")]
    monkeypatch.setattr(fetch, "resolve", lambda *_: mixed)
    with pytest.raises(FetchRefused, match="private or local"):
        fetcher.fetch("http://news.example/walks")


def test_nothing_answers():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(LoadError, match="nothing answers there"):
        Fetcher(allowed=frozenset({("127.0.0.1", port)})).fetch(f"http://127.0.0.1:{port}/")


def test_ids_of_two_sites_differ_and_long_ones_are_cut(url: str, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch):
    long = "/walks?" + "a" * 300
    monkeypatch.setitem(ANSWERS, long + "1", ANSWERS["/walks"])
    monkeypatch.setitem(ANSWERS, long + "2", ANSWERS["/walks"])
    one, two = (fetched(f"{url}{long}{n}", fetcher).id for n in (1, 2))
    assert one != two and len(one) == len(two) < 100
