"""A reader at a browser: starts the app as `make run` does, opens it in Chromium, notes every call outside."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, Route
from streamlit.testing.v1 import AppTest

from rag.settings import ROOT

PATIENCE = 60
"""Seconds for the server to answer on a busy machine; it takes 2 on an idle one."""
CHROMIUM = ["--no-sandbox", "--disable-dev-shm-usage"]
WIDE, NARROW = 1280, 390
"""Pixels: a small laptop, and a phone."""


def shown(app: AppTest) -> str:
    """All the HTML on an AppTest's page, without styles and scripts."""
    bodies = (element.proto.body for element in app.get("html"))
    return "\n".join(body for body in bodies if not body.startswith(("<style", "<script")))


@dataclass(frozen=True, slots=True)
class Server:
    """A running app."""

    base: str
    pid: int


@contextmanager
def serving(library: Path, *before: str, **environment: str) -> Iterator[Server]:
    """Start the app over a library, as `make run` does, and stop it. `before` is what to start it under."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    command = [*before, sys.executable, "-m", "rag", "serve", "--port", str(port)]
    own = {"RAG_LIBRARY": str(library), "RAG_CACHE": str(ROOT / ".cache"), "RAG_WRITER": "extractive", **environment}
    server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **own}, stdout=subprocess.DEVNULL)
    try:
        yield Server(f"http://127.0.0.1:{port}", server.pid)
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=PATIENCE)


def wait_until(done: Callable[[], bool], what: str) -> None:
    """Wait for something, or fail saying what."""
    until = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < until, f"{what}: waited {PATIENCE} s"
        time.sleep(0.2)


def answers(server: Server) -> bool:
    """Whether the app can be opened."""
    try:
        return urllib.request.urlopen(f"{server.base}/_stcore/health", timeout=5).status == 200
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


@dataclass
class Reader:
    """Someone at a browser. Whatever the page asks of any machine but the app's is refused and kept in `outside`."""

    context: BrowserContext
    base: str
    outside: list[str] = field(default_factory=list)

    def open(self, path: str = "/") -> Page:
        """Open a page of the app in a new tab and wait until it is there."""
        page = self.context.new_page()
        page.on("websocket", lambda socket: self._ask(socket.url.replace("ws://", "http://", 1)))
        page.goto(self.base + path)
        page.locator(".cv-standing").wait_for()
        settle(page)
        return page

    def refuse(self, route: Route) -> None:
        """Let through what goes to the app, and nothing else."""
        route.continue_() if self._ask(route.request.url) else route.abort()

    def _ask(self, url: str) -> bool:
        own = url.startswith((f"{self.base}/", "data:", "blob:"))
        if not own:
            self.outside.append(url)
        return own


@contextmanager
def reading(browser: Browser, base: str, width: int = WIDE, scheme: str = "light") -> Iterator[Reader]:
    """A reader with a window of some width; in the end nothing may have been asked of the world outside."""
    context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme)
    context.set_default_timeout(PATIENCE * 1000)
    reader = Reader(context, base)
    context.route("**/*", reader.refuse)
    yield reader
    context.close()
    assert reader.outside == []


QUIET = """() => new Promise(done => {
  let timer;
  const seen = new MutationObserver(() => again());
  const still = () => {
    if (document.querySelector(".stApp")?.dataset.testScriptState !== "notRunning") return again();
    seen.disconnect();
    done();
  };
  const again = () => { clearTimeout(timer); timer = setTimeout(still, 150); };
  seen.observe(document.body, {subtree: true, childList: true, characterData: true});
  again();
})"""
"""No script runs, and for 150 ms nothing on the page has changed."""


def settle(page: Page) -> None:
    """Wait until the script has run and the page has drawn what it made."""
    page.evaluate(QUIET)


FAULT = ".stException, .stAlert"
"""What Streamlit shows where a script of ours has failed; no page of ours draws one itself."""


def whole(page: Page) -> None:
    """Fail where the page says that its script has failed."""
    assert page.locator(FAULT).count() == 0, page.locator(FAULT).first.inner_text()


def ask(page: Page, question: str) -> None:
    """Type a question, press Enter, and wait for the whole answer."""
    settle(page)  # A question that is just being taken off the page must not be counted.
    before = page.locator(".cv-question").count()
    page.get_by_role("textbox").fill(question)
    page.keyboard.press("Enter")
    page.locator(".cv-question").nth(before).wait_for()
    settle(page)
    whole(page)
