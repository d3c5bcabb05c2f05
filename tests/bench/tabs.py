"""Many readers asking at once in a real Chromium, each its own answer: `python -m tests.bench.tabs --tabs 20`."""

import argparse
import tempfile
import time
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, sync_playwright

from rag.intake import take_in
from rag.settings import ROOT, Settings
from rag.store.embed import open_embedder
from rag.store.library import open_library
from tests.chromium import find_chromium
from tests.ui.driver import CHROMIUM, Server, answers, reading, serving, wait_until

ASKED = {
    "Do antidepressants cure cancer?": "Not shown",
    "How many people were in the aldesleukin study?": "36",
    "Who won the football match?": "could not find",
    "I want to die": "988",
}


def together(pages: list[Page]) -> list[float]:
    """Ask on every page before waiting for any; return the seconds until each has its own answer and no other."""
    questions = [list(ASKED)[n % len(ASKED)] for n in range(len(pages))]
    for page, question in zip(pages, questions, strict=True):
        page.get_by_role("textbox").fill(question)
    began = time.perf_counter()
    for page in pages:
        page.get_by_role("textbox").press("Enter")
    taken = []
    for page, question in zip(pages, questions, strict=True):
        page.locator('[class*="st-key-answer-"]').get_by_text(ASKED[question]).first.wait_for()
        taken.append(time.perf_counter() - began)
        assert page.locator(".cv-question").all_inner_texts() == [f"You asked\n{question}"]
        assert page.locator(".stException, .cv-failure").count() == 0
    return taken


def resident(server: Server) -> float:
    """MiB of memory the server holds."""
    lines = Path(f"/proc/{server.pid}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def main() -> None:
    """Open the tabs over the five articles, ask on all at once, twice, and print how long it took and the memory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tabs", type=int, default=20)
    count: int = parser.parse_args().tabs
    path = str(find_chromium())
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "library"
        with open_library(Settings(library=library), open_embedder(Settings())) as held:
            take_in(held, [str(ROOT / "seeds")])
        with serving(library) as server, sync_playwright() as playwright:
            wait_until(lambda: answers(server), "the app starts")
            browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM)
            for turn in range(2):
                with reading(browser, server.base) as reader:
                    taken = together([reader.open() for _ in range(count)])
                print(f"round {turn + 1}: {count} tabs, median {median(taken):.1f} s, last {max(taken):.1f} s")
                print(f"memory of the server: {resident(server):.0f} MiB")
            browser.close()


if __name__ == "__main__":
    main()
