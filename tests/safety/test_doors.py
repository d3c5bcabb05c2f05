"""Servers that mean harm, byte by byte: a page comes whole and in time, or there is a plain refusal."""

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from rag.errors import FetchRefused, LoadError
from rag.export.table import harmless
from rag.ingest.addresses import target
from rag.ingest.fetch import Fetched, Fetcher

OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
PACKED = gzip.compress(b"<p>Walnut oil did not help, the trial found.</p>" * 50)
SECONDS = 0.6


@contextmanager
def serving(head: bytes, again: bytes = b"", pause: float = 0.0) -> Iterator[int]:
    """A server that answers everyone with `head` and then with `again` for as long as the other side listens."""
    with socket.create_server(("127.0.0.1", 0)) as door:

        def answer() -> None:
            plug, _ = door.accept()
            with plug:
                try:
                    plug.recv(65_536)
                    plug.sendall(head)
                    until = time.monotonic() + 5
                    while again and time.monotonic() < until:
                        plug.sendall(again)
                        time.sleep(pause)
                except OSError:
                    return

        threading.Thread(target=answer, daemon=True).start()
        yield door.getsockname()[1]


def fetched(head: bytes, again: bytes = b"", pause: float = 0.0) -> Fetched:
    with serving(head, again, pause) as port:
        return Fetcher(frozenset({("127.0.0.1", port)}), SECONDS).fetch(f"http://127.0.0.1:{port}/")


CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    ("head", "again", "pause"),
    [
        (CHUNKED, b"1\r\na\r\n", 0.01),
        (OK + b"\r\n", b"a", 0.01),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.01),
        (b"HTTP/1.1 200 OK\r\nX: ", b"a", 0.01),
        (OK + b"Content-Encoding: gzip\r\n\r\n", b"\x00", 0.01),
    ],
    ids=["chunks", "a body", "go on", "a header", "an archive"],
)
def test_what_never_ends_is_left_when_time_is_up(head: bytes, again: bytes, pause: float):
    began = time.monotonic()
    with pytest.raises(LoadError):
        fetched(head, again, pause)
    assert time.monotonic() - began < 3 * SECONDS


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"\x00\xff" * 500,
        b"HTTP/1.1 two hundred OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"a" * 100_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: a\r\n" * 5_000 + b"\r\n",
        CHUNKED + b"zz\r\nabc\r\n",
        CHUNKED + b"ffffffffffffffff\r\nabc",
        CHUNKED + b"5\r\nab",
        OK + b"Content-Length: 9999999999\r\n\r\nabc",
        OK + b"Content-Encoding: gzip\r\n\r\n" + PACKED[:-20],
        OK + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(PACKED[:60]) + PACKED[:60],
        b"HTTP/1.1 302 Found\r\nLocation: http://[::1\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: //[\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: http://\xe2\x84\xa1\xff/\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: data:text/html,hello\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: http://[::ffff:a9fe:a9fe]/latest/\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: http://localhost./\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: //\xc2\xb9\xc2\xb2\xc2\xb7.0.0.1/\r\n\r\n",
    ],
)
def test_an_answer_that_makes_no_sense_is_said_to_make_none(head: bytes):
    with pytest.raises((LoadError, FetchRefused)) as caught:
        fetched(head)
    assert caught.value.hint


def test_a_whole_archive_is_a_whole_page():
    assert fetched(OK + b"Content-Encoding: gzip\r\n\r\n" + PACKED).data == gzip.decompress(PACKED)


def test_an_odd_encoding_in_a_header_does_no_harm():
    kind = b"Content-Type: text/html; charset*=x'%ff'y; charset=\"\xff\"\r\n"
    assert fetched(b"HTTP/1.1 200 OK\r\n" + kind + b"Content-Length: -5\r\n\r\nHi").data == b"Hi"


@pytest.mark.parametrize(
    "host", ["①②⑦.⓪.⓪.①", "127。0。0。1", "127.0.0.１", "loc\u00adalhost", "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ", "[::ffff:7f00:1]"]
)
def test_a_host_in_fancy_letters_is_still_this_machine(host: str):
    with pytest.raises(FetchRefused, match="private or local"):
        Fetcher().fetch(f"http://{host}/")


@pytest.mark.parametrize("location", ["http://[", "//[::1", "http://]/", "http://a]b/"])
def test_a_broken_redirect_is_refused(location: str):
    with pytest.raises(FetchRefused):
        target(location, "https://news.example/a")


@pytest.mark.parametrize("cell", ["=1+1", "\t=1", " \n@SUM(A1)", "\uff1d1+1", "\uff20x", "\u00a0\uff0b1", "-2+3"])
def test_a_cell_is_never_a_formula_in_either_width(cell: str):
    assert harmless(cell) == f"'{cell}"
    assert harmless("walnut oil = no help") == "walnut oil = no help"
