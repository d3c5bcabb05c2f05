"""What goes wrong between us and a language model, in words a reader can act on. Nothing that the server or the client
library said is repeated: it may hold the key."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from rag.errors import WriterError

if TYPE_CHECKING:
    import openai

PAUSE = 0.5
"""Seconds before a server that failed is asked again, where it does not name a time itself."""
DAY = 86_400.0
"""The longest patience that is told to a reader, in seconds."""
LONGEST_PAUSE = 10.0
"""A server that asks for more patience than this is not asked again: the reader waits."""
REFUSALS = (400, 405, 415, 422, 501)
"""Statuses with which servers answer a parameter that they do not know."""
PASSING = (408, 409, 500, 502, 503, 504, 529)
"""Statuses that often mean nothing a second later."""
TOO_LONG = re.compile(r"context.{0,40}(?:length|size|window|exceed)|(?:prompt|input) is too long", re.S)
UNREAD = "the reply could not be read"
BUILT_IN = "The built-in writer needs no model: RAG_WRITER=extractive."


class Fault(Exception):
    """A request that failed: the error to show, the seconds after which asking again may help (None: it will not), and
    what the server said against the request itself (None: nothing)."""

    def __init__(self, error: WriterError, again: float | None = None, refused: str | None = None) -> None:
        super().__init__(error.message)
        self.error, self.again, self.refused = error, again, refused


@dataclass(frozen=True, slots=True)
class Named:
    """How the model and its server are named to the reader; the address never with a name and password in it."""

    model: str
    host: str

    def unset(self) -> Fault:
        """Neither a key nor an address was given, and no server is guessed."""
        return self._fault("was not asked: there is no key for it", "Set OPENAI_API_KEY or OPENAI_BASE_URL.")

    def refused_key(self) -> Fault:
        """The key is not one, or not for this."""
        return self._fault("did not accept the key", "Check OPENAI_API_KEY.")

    def unreachable(self) -> Fault:
        """Nobody answers at the address."""
        return self._fault("cannot be reached", "Start the model server, or check OPENAI_BASE_URL.")

    def late(self, seconds: float) -> Fault:
        """The time of a request is up."""
        return self._fault(f"did not finish within {seconds:.0f} seconds", f"Use a smaller model. {BUILT_IN}")

    def cut(self) -> Fault:
        """The connection or the reply ended in the middle."""
        return self._fault("stopped in the middle of its answer", f"Ask again. {BUILT_IN}", 0.0)

    def senseless(self) -> Fault:
        """The reply holds no claim that rests on a sentence it was given."""
        return self._fault("gave an answer that cannot be used", f"Use another model. {BUILT_IN}", 0.0)

    def unread(self) -> Fault:
        """The reply is not what chat-completions servers send, or not a stream though one was asked for."""
        return Fault(self.senseless().error, 0.0, UNREAD)

    def endless(self) -> Fault:
        """The reply is longer than any answer."""
        return self._fault("wrote on and on", f"Use another model. {BUILT_IN}")

    def silent(self) -> Fault:
        """The model found nothing to claim."""
        return self._fault("found nothing to write from these sentences", BUILT_IN)

    def status(self, error: "openai.APIStatusError") -> Fault:
        """Read an answer that is an error."""
        status, said = error.status_code, str(error.body or error.message).lower()
        if status in (401, 403):
            return self.refused_key()
        if status == 404:
            return self._fault(f"does not know the model “{self.model}”", "Check RAG_MODEL and OPENAI_BASE_URL.")
        if "insufficient_quota" in said:
            return self._fault("has no credit left for this key", "Check the account the key belongs to.")
        if status == 413 or TOO_LONG.search(said):
            return self._fault("cannot read that much text at once", "Use a model with a larger window.")
        if status == 429:
            return self._busy(_patience(error, 2 * PAUSE))
        if status in PASSING:
            return self._fault(f"failed (status {status})", f"Ask again later. {BUILT_IN}", _patience(error, PAUSE))
        hint = "Check RAG_MODEL, OPENAI_API_KEY and OPENAI_BASE_URL."
        return self._fault(f"refused the request (status {status})", hint, refused=said if status in REFUSALS else None)

    def _busy(self, seconds: float) -> Fault:
        return self._fault("is busy", f"Ask again in {max(seconds, 1):.0f} seconds.", seconds)

    def _fault(self, what: str, hint: str, again: float | None = None, refused: str | None = None) -> Fault:
        error = WriterError(f"The language model at {self.host} {what}.", hint)
        return Fault(error, again if again is not None and again <= LONGEST_PAUSE else None, refused)


def fault(error: BaseException, named: Named, seconds: float) -> Fault:
    """Read what the client library raised for one request that had `seconds` to be answered."""
    import httpx2
    import openai

    nobody = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.UnsupportedProtocol, httpx2.InvalidURL)

    if isinstance(error, openai.APIStatusError):
        return named.status(error)
    if isinstance(error, UnicodeEncodeError):  # headers are ASCII
        return named.refused_key()
    if any(isinstance(cause, nobody) for cause in _causes(error)):
        return named.unreachable()
    if isinstance(error, openai.APITimeoutError):
        return named.late(seconds)
    broken = isinstance(error, openai.APIConnectionError | httpx2.TransportError | OSError)
    return named.cut() if broken else named.unread()


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _patience(error: "openai.APIStatusError", default: float) -> float:
    """The seconds a server asks to be left alone for: Retry-After, as seconds or as a date (RFC 9110, 10.2.3)."""
    said = error.response.headers.get("retry-after", "").strip()
    if said.replace(".", "", 1).isdecimal():
        return min(float(said), DAY)
    try:
        until = parsedate_to_datetime(said)
    except ValueError:
        return default
    now = datetime.now(UTC)
    return min(max((until.replace(tzinfo=until.tzinfo or UTC) - now).total_seconds(), 0.0), DAY)
