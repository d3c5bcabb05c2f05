"""Model servers on this machine's own address: looked for when asked, told to the reader, never used unasked."""

import csv
import http.client
import json
import time
import urllib.request
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib import resources

WAIT = 0.3
"""Seconds for a server to answer: one that runs here takes 5 ms, one that does not refuses at once."""
LARGEST = 100_000
"""Bytes of a list of models that are read."""
NAMED = 5
"""Models of one server that are named."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A server that answers on this machine, with some of its models and what to set to use it."""

    name: str
    base_url: str
    models: tuple[str, ...]

    @property
    def text(self) -> str:
        """What is found and how to use it, in a sentence."""
        asks = f"OPENAI_BASE_URL={self.base_url} and RAG_MODEL={self.models[0]}"
        return f"{self.name} answers at {self.base_url} with {', '.join(self.models)}. To use it, set {asks}."


def offers(servers: Sequence[tuple[str, str]] | None = None) -> tuple[Offer, ...]:
    """Look for model servers (name, address), at their usual ports unless given. Sends no key and no question."""
    known = _known() if servers is None else servers
    with ThreadPoolExecutor(max(len(known), 1)) as pool:
        return tuple(offer for offer in pool.map(_asked, known) if offer)


def _known() -> Sequence[tuple[str, str]]:
    with resources.files("rag.writers").joinpath("loopback.csv").open(encoding="utf8") as file:
        return [(row["name"], f"http://127.0.0.1:{row['port']}/v1") for row in csv.DictReader(file)]


def _asked(server: tuple[str, str]) -> Offer | None:
    """Ask a server for its models; None where nobody answers, or something else does. No proxy is asked."""
    name, url = server
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _Stay())
    try:
        with opener.open(f"{url}/models", timeout=WAIT) as reply:
            listed = json.loads(_read(reply))
    except (OSError, ValueError, http.client.HTTPException):
        return None
    rows = listed.get("data") if isinstance(listed, dict) else None
    ids = [row.get("id") for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    models = tuple(one for one in ids if isinstance(one, str) and one.isprintable() and one)[:NAMED]
    return Offer(name, url, models) if models else None


def _read(reply: http.client.HTTPResponse) -> bytes:
    """Read a body within the time, however slowly it comes."""
    ends, body = time.monotonic() + WAIT, b""
    while time.monotonic() < ends and len(body) < LARGEST and (piece := reply.read1(LARGEST)):
        body += piece
    return body


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follows no server elsewhere."""

    def redirect_request(self, *_: object) -> None:
        """Refuse."""
