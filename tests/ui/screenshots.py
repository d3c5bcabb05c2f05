"""Write a picture of every page and state, wide and narrow, light and dark: `python -m tests.ui.screenshots FOLDER`."""

import argparse
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from rag.intake import take_in
from rag.settings import ROOT, Settings
from rag.store.embed import open_embedder
from rag.store.library import open_library
from tests.chromium import find_chromium
from tests.ui.driver import CHROMIUM, NARROW, WIDE, Server, answers, ask, reading, serving, settle, wait_until

Do = Callable[[Page], None]
QUESTION = "Do antidepressants cure cancer?"


def asked(*questions: str) -> Do:
    def do(page: Page) -> None:
        for question in questions:
            ask(page, question)

    return do


def citation(page: Page) -> None:
    ask(page, QUESTION)
    page.locator('[class*="st-key-chip-"] button').first.click()
    page.locator("#cited").wait_for()


def one_article(page: Page) -> None:
    page.get_by_role("button", name="Read this article").first.click()
    page.locator(".cv-text").wait_for()


def finding(page: Page) -> None:
    one_article(page)
    page.get_by_role("button", name="Show in the text").first.click()
    page.locator("#cited").wait_for()


def appraised(page: Page) -> None:
    page.get_by_role("textbox").fill(next((ROOT / "seeds").glob("004*.txt")).read_text(encoding="utf8"))
    page.get_by_role("button", name="Appraise").click()
    page.locator(".cv-marked").wait_for()


def stay(page: Page) -> None:
    """Leave the page as it opens."""


STATES: dict[str, tuple[str, Do]] = {
    "ask-empty": ("/", stay),
    "ask-answer": ("/", asked(QUESTION)),
    "ask-people": ("/", asked("How many people took part in the depression study?")),
    "ask-not-said": ("/", asked("What does polyamine treatment cost?")),
    "ask-not-found": ("/", asked("Who won the football match?")),
    "ask-advice": ("/", asked("Should I stop taking my antidepressant?")),
    "ask-crisis": ("/", asked("I want to die")),
    "ask-after-crisis": ("/", asked("I want to die", QUESTION)),
    "ask-bad": ("/", asked("?!?!")),
    "ask-citation": ("/", citation),
    "library": ("/library", stay),
    "library-article": ("/library", one_article),
    "library-finding": ("/library", finding),
    "appraise": ("/appraise", stay),
    "appraise-text": ("/appraise", appraised),
    "summaries": ("/summaries", stay),
    "explainers": ("/explainers", stay),
    "about": ("/about", stay),
}


def shoot(browser: Browser, server: Server, folder: Path, prefix: str, states: dict[str, tuple[str, Do]]) -> None:
    """Write one picture of each state in each window."""
    for width in (WIDE, NARROW):
        for scheme in ("light", "dark"):
            with reading(browser, server.base, width, scheme) as reader:
                for name, (path, do) in states.items():
                    page = reader.open(path)
                    do(page)
                    settle(page)
                    page.screenshot(path=folder / f"{prefix}{name}-{width}-{scheme}.png")
                    page.close()


@contextmanager
def app(library: Path) -> Iterator[Server]:
    """The app over a library, answering."""
    with serving(library) as server:
        wait_until(lambda: answers(server), "the app starts")
        yield server


def main() -> None:
    """Read the folder from the command line, make a library, and write the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    path = find_chromium()
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(path), args=CHROMIUM)
        library = Path(scratch) / "library"
        with open_library(Settings(library=library), open_embedder(Settings())) as held:
            take_in(held, [str(ROOT / "seeds")])
            with app(library) as server:
                shoot(browser, server, folder, "locked-", {name: STATES[name] for name in ("ask-empty", "library")})
        with app(library) as server:
            shoot(browser, server, folder, "", STATES)
        with app(Path(scratch) / "empty") as server:
            shoot(browser, server, folder, "empty-", {name: STATES[name] for name in ("ask-empty", "library")})
        browser.close()


if __name__ == "__main__":
    main()
