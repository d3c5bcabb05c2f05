"""Pages from the web, when a reader asks for one: public addresses only, within limits, and under our own name.

The address that was checked is the one that is connected to: a name is looked up once, so it cannot change in between.
"""

import http.client
import re
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from rag.errors import FetchRefused, LoadError
from rag.ingest.addresses import HINT, Address, Target, public, resolve, target

AGENT = "Caveat/0.1 (+health-news reader)"
BYTES = 10 * 1024 * 1024
SECONDS = 20.0
REDIRECTS = 5
_KINDS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
}
_LOGIN = re.compile(r"/(?:log-?in|sign-?in|sso|auth|oauth2?|account/login|wp-login\.php)(?:[/?.]|$)", re.IGNORECASE)
_HEADERS = {
    "User-Agent": AGENT,
    "Accept": "text/html,application/xhtml+xml,application/pdf,text/plain",
    "Accept-Encoding": "identity",
    "Connection": "close",
}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address held: where it was found in the end, its bytes, the ending of its format, its stated encoding."""

    url: str
    data: bytes
    suffix: str
    charset: str | None


class Fetcher:
    """Fetches one address at a time. `allowed` names hosts that may be local, for a test's own server."""

    def __init__(self, allowed: frozenset[tuple[str, int]] = frozenset(), seconds: float = SECONDS) -> None:
        """Take the (address, port) pairs that are let through though they are not public, and the time for one page."""
        self._allowed = allowed
        self._seconds = seconds

    def fetch(self, address: str) -> Fetched:
        """Fetch a page or file. Raises FetchRefused for one that must not be, LoadError for one that does not come."""
        until = time.monotonic() + self._seconds
        aim = target(address)
        for _ in range(REDIRECTS + 1):
            with self._answer(aim, until) as answer:
                if answer.status not in (301, 302, 303, 307, 308):
                    return _read(aim, answer, until)
                if not (location := answer.getheader("Location")):
                    raise LoadError(f"{aim.url} leads nowhere.", "Open it in your browser and save the article.")
                aim = target(location, aim.url)
            if _LOGIN.search(aim.path):
                message = f"{address} leads to a login page."
                raise FetchRefused(message, "Log in with your browser, save the article and give the file.")
        raise FetchRefused(f"{address} leads on and on, over more than {REDIRECTS} other addresses.", HINT)

    @contextmanager
    def _answer(self, aim: Target, until: float) -> Iterator[http.client.HTTPResponse]:
        """Ask for a page. A clock ends the connection when time is up, however slowly the other side sends."""
        places = self._checked(aim, resolve(aim.host, aim.port, until - time.monotonic()))
        plug: socket.socket | None = None
        over = threading.Event()

        def cut() -> None:
            over.set()
            if plug is not None:
                _shut(plug)

        clock = threading.Timer(max(until - time.monotonic(), 0), cut)
        clock.daemon = True
        clock.start()
        try:
            plug = _connected(places, aim.port, until)
            if aim.scheme == "https":
                secured = ssl.create_default_context()
                plug = secure = secured.wrap_socket(plug, server_hostname=aim.host, do_handshake_on_connect=False)
                secure.do_handshake()
            connection = http.client.HTTPConnection(aim.host, aim.port)
            connection.sock = plug
            connection.request("GET", aim.path, headers=_HEADERS)
            with connection.getresponse() as answer:
                _in_time(over)
                yield answer
            _in_time(over)
        except (OSError, http.client.HTTPException, zlib.error) as error:
            if over.is_set() or isinstance(error, TimeoutError):
                raise LoadError(f"{aim.url} did not answer in time.", "Try again later, or save the page.") from error
            message = f"{aim.url} cannot be reached: {_why(error)}."
            raise LoadError(
                message, "Check the address and the network, or save the page and give the file."
            ) from error
        finally:
            clock.cancel()
            if plug is not None:
                plug.close()

    def _checked(self, aim: Target, places: list[Address]) -> list[Address]:
        """The addresses of a host. One that is not public is enough: a public one beside it is a disguise."""
        if any(not public(place) and (str(place), aim.port) not in self._allowed for place in places):
            raise FetchRefused(f"{aim.url} is not fetched: it leads to a private or local address.", HINT)
        return places


def _in_time(over: threading.Event) -> None:
    """A connection that was cut looks like one whose answer has ended."""
    if over.is_set():
        raise TimeoutError


def _connected(places: list[Address], port: int, until: float) -> socket.socket:
    for n, place in enumerate(places, 1):
        try:
            return socket.create_connection((str(place), port), max(until - time.monotonic(), 0.01))
        except OSError:
            # A host with several addresses may be down at one of them.
            if n == len(places):
                raise
    raise ValueError("a host without an address")


def _shut(plug: socket.socket) -> None:
    try:
        # The plain socket's own way: TLS would first wait for the other side.
        socket.socket.shutdown(plug, socket.SHUT_RDWR)
    except OSError:
        # Closed already.
        return


def _why(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return "its certificate is not valid"
    if isinstance(error, ConnectionRefusedError):
        return "nothing answers there"
    if isinstance(error, http.client.HTTPException | zlib.error):
        return "its answer is broken off or makes no sense"
    return str(getattr(error, "strerror", None) or "the connection failed")


def _read(aim: Target, answer: http.client.HTTPResponse, until: float) -> Fetched:
    _refuse_status(aim, answer.status)
    kind = answer.headers.get_content_type() if "Content-Type" in answer.headers else "of no stated kind"
    if kind not in _KINDS:
        raise FetchRefused(f"{aim.url} is not fetched: it is {kind}, not a page, a text or a PDF.", HINT)
    data = _body(aim, answer, until)
    return Fetched(aim.url, data, _KINDS[kind], answer.headers.get_content_charset())


def _refuse_status(aim: Target, status: int) -> None:
    if status in (401, 402, 403, 407, 451):
        message = f"{aim.url} is closed to us (status {status})."
        raise FetchRefused(message, "Open it in your browser, save the article and give the file.")
    if status in (404, 410):
        raise LoadError(f"{aim.url} does not exist (status {status}).", "Check the spelling of the address.")
    if status == 429 or status >= 500:
        raise LoadError(f"{aim.url} is not working at present (status {status}).", "Try again later.")
    if status != 200:
        raise LoadError(f"{aim.url} answered with status {status}.", "Open it in your browser and save the article.")


def _body(aim: Target, answer: http.client.HTTPResponse, until: float) -> bytes:
    packed = (answer.getheader("Content-Encoding") or "identity").strip().lower()
    if packed not in ("identity", "gzip", "deflate"):
        raise FetchRefused(f"{aim.url} is not fetched: it is packed as {packed}, which was not asked for.", HINT)
    unpack = None if packed == "identity" else zlib.decompressobj(zlib.MAX_WBITS | 32)
    data = bytearray()
    while chunk := answer.read1(65_536):
        data += chunk if unpack is None else unpack.decompress(chunk, BYTES + 1 - len(data))
        if len(data) > BYTES:
            raise FetchRefused(f"{aim.url} is not fetched: it is over {BYTES // 2**20} MB.", HINT)
        if time.monotonic() > until:
            raise TimeoutError
    if answer.length or (unpack is not None and not unpack.eof):
        raise http.client.IncompleteRead(bytes(data), answer.length or None)
    return bytes(data)
