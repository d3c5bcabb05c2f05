"""Write a picture of every page and state, wide and narrow, light and dark: `python -m tests.ui.screenshots FOLDER`."""

import argparse
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from rag.intake import take_in
from rag.settings import ROOT, Settings
from rag.store.embed import open_embedder
from rag.store.library import open_library
from rag.store.lock import LibraryLock
from tests.chromium import find_chromium
from tests.ui import states
from tests.ui.driver import CHROMIUM, NARROW, WIDE, Server, answers, reading, serving, settle, wait_until

WINDOWS = [(width, scheme) for width in (WIDE, NARROW) for scheme in ("light", "dark")]
TALLEST = 2600
"""Pixels of a picture of a whole page."""


def shoot(browser: Browser, server: Server, folder: Path, prefix: str, wanted: states.States, whole: bool) -> None:
    """Write one picture of each state in each window."""
    for width, scheme in WINDOWS if wanted else ():
        with reading(browser, server.base, width, scheme) as reader:
            for name, (path, do) in wanted.items():
                page = reader.open(path)
                states.reach(page, do)
                if whole:
                    _stretch(page, width)
                page.screenshot(path=folder / f"{prefix}{name}-{width}-{scheme}.png")
                page.close()
                print(f"    {prefix}{name}, {width} pixels, {scheme}", flush=True)


def _stretch(page: Page, width: int) -> None:
    """Make the window as tall as what is on the page: the page scrolls within it."""
    over = page.evaluate("(at => at.scrollHeight - at.clientHeight)(document.querySelector('.stMain'))")
    page.set_viewport_size({"width": width, "height": min(TALLEST, 844 + over)})
    settle(page)


@contextmanager
def app(library: Path, **environment: str) -> Iterator[Server]:
    """The app over a library, answering."""
    with serving(library, **environment) as server:
        wait_until(lambda: answers(server), "the app starts")
        yield server


def main() -> None:
    """Read the folder from the command line, make a library, and write the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="states whose name holds this expression")
    parser.add_argument("--whole", action="store_true", help="each page down to its end, not what a window shows")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)

    chromium = str(find_chromium())
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM)

        def pictures(server: Server, prefix: str, found: states.States) -> None:
            chosen = {name: state for name, state in found.items() if re.search(given.only, prefix + name)}
            shoot(browser, server, given.folder, prefix, chosen, given.whole)

        library = Path(scratch) / "library"
        with open_library(Settings(library=library), open_embedder(Settings())) as held:
            take_in(held, [str(ROOT / "seeds")])
        with app(library) as server:
            pictures(server, "", states.FULL)
        states.age(library)
        lock = LibraryLock(library)
        with app(library) as server:
            pictures(server, "locked-", states.LOCKED)
            lock.release()
            pictures(server, "aged-", states.AGED)
        with app(Path(scratch) / "empty") as server:
            pictures(server, "empty-", states.EMPTY)
        with app(library, RAG_PASSWORD=states.PASSWORD) as server:
            pictures(server, "door-", states.DOOR)
        browser.close()


if __name__ == "__main__":
    main()
