"""How soon a page is ready, beside an empty Streamlit app, and an answer shown: `python -m tests.bench.page`."""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, sync_playwright

from rag.intake import take_in
from rag.serve import flags
from rag.settings import ROOT, Settings
from rag.store.embed import open_embedder
from rag.store.library import open_library
from tests.chromium import find_chromium
from tests.ui.driver import CHROMIUM, Server, answers, reading, serving, wait_until

EMPTY = "import streamlit as st\nst.html('<p class=\"cv-standing\">Empty</p>')\n"
QUESTIONS = (
    "Do antidepressants cure cancer?",
    "What do polyamines do?",
    "How many people were in the aldesleukin study?",
)
PORT = 8599


@contextmanager
def empty(folder: Path) -> Iterator[Server]:
    """An app that shows one line."""
    (folder / "empty.py").write_text(EMPTY, encoding="utf8")
    command = [sys.executable, "-m", "streamlit", "run", str(folder / "empty.py"), *flags(PORT)]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        yield Server(f"http://127.0.0.1:{PORT}", server.pid)
    finally:
        server.terminate()
        server.wait()


def ready(browser: Browser, server: Server, rounds: int, what: str) -> list[float]:
    """Seconds from opening the page to something on it, each time in a browser that has not been there."""
    wait_until(lambda: answers(server), "the app starts")
    taken = []
    for _ in range(rounds):
        with reading(browser, server.base) as reader:
            page = reader.context.new_page()
            began = time.perf_counter()
            page.goto(server.base)
            page.locator(what).first.wait_for()
            taken.append(time.perf_counter() - began)
    return taken


def answered(browser: Browser, server: Server, rounds: int) -> list[float]:
    """Seconds from Enter to a finished answer on the screen."""
    taken = []
    with reading(browser, server.base) as reader:
        for n in range(rounds):
            page = reader.open()
            page.get_by_role("textbox").fill(QUESTIONS[n % len(QUESTIONS)])
            began = time.perf_counter()
            page.keyboard.press("Enter")
            page.locator(".cv-sources").wait_for()
            taken.append(time.perf_counter() - began)
            page.close()
    return taken


def main() -> None:
    """Measure, and print the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=10)
    rounds: int = parser.parse_args().rounds
    path = str(find_chromium())
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        folder, browser = Path(scratch), playwright.chromium.launch(executable_path=path, args=CHROMIUM)
        with open_library(Settings(library=folder / "library"), open_embedder(Settings())) as held:
            take_in(held, [str(ROOT / "seeds")])
        with empty(folder) as server:
            nothing = median(ready(browser, server, rounds, ".cv-standing"))
        with serving(folder / "library") as server:
            first, *later = ready(browser, server, rounds + 1, '[class*="st-key-suggestion-"] button')
            asked = answered(browser, server, rounds + 1)
        print(f"an empty app       {nothing:.2f} s")
        times = median(later) / nothing
        print(f"first page         {median(later):.2f} s, {times:.1f} times; at the very first {first:.2f} s")
        print(f"Enter to answer    {median(asked[1:]):.2f} s; at the very first {asked[0]:.2f} s")
        browser.close()


if __name__ == "__main__":
    main()
