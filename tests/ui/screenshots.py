"""Write a picture of every page and state, wide and narrow, light and dark: `python -m tests.ui.screenshots FOLDER`."""

import argparse
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from rag.intake import take_in
from rag.settings import ROOT, Settings
from rag.store.embed import open_embedder
from rag.store.library import open_library
from tests.chromium import find_chromium
from tests.ui import states
from tests.ui.driver import CHROMIUM, NARROW, WIDE, Server, answers, reading, serving, wait_until

WINDOWS = [(width, scheme) for width in (WIDE, NARROW) for scheme in ("light", "dark")]


def shoot(browser: Browser, server: Server, folder: Path, prefix: str, wanted: states.States) -> None:
    """Write one picture of each state in each window."""
    for width, scheme in WINDOWS:
        with reading(browser, server.base, width, scheme) as reader:
            for name, (path, do) in wanted.items():
                page = reader.open(path)
                states.reach(page, do)
                page.screenshot(path=folder / f"{prefix}{name}-{width}-{scheme}.png")
                page.close()
                print(f"    {prefix}{name}, {width} pixels, {scheme}", flush=True)


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
    parser.add_argument("--only", default="", help="states whose name holds this expression")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)

    def chosen(found: states.States) -> states.States:
        return {name: state for name, state in found.items() if re.search(given.only, name)}

    path = find_chromium()
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(path), args=CHROMIUM)
        library = Path(scratch) / "library"
        with open_library(Settings(library=library), open_embedder(Settings())) as held:
            take_in(held, [str(ROOT / "seeds")])
            with app(library) as server:
                shoot(browser, server, given.folder, "locked-", chosen(states.LOCKED))
        with app(library) as server:
            shoot(browser, server, given.folder, "", chosen(states.FULL))
        with app(Path(scratch) / "empty") as server:
            shoot(browser, server, given.folder, "empty-", chosen(states.EMPTY))
        states.age(library)
        with app(library) as server:
            shoot(browser, server, given.folder, "aged-", chosen(states.AGED))
        browser.close()


if __name__ == "__main__":
    main()
