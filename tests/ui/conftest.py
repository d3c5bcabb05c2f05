"""The app over the five sample articles: in this process for AppTest, and as `make run` starts it for Chromium."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from streamlit.testing.v1 import AppTest

from rag.intake import take_in
from rag.settings import ROOT, Settings
from rag.store.library import open_library
from rag.ui import parts
from tests.chromium import find_chromium
from tests.ui.driver import CHROMIUM, PATIENCE, Reader, Server, answers, reading, serving, wait_until


@pytest.fixture(scope="session")
def seeded(tmp_path_factory, embedder) -> Path:
    """A library of the five sample articles, closed."""
    folder = tmp_path_factory.mktemp("seeded") / "library"
    with open_library(Settings(library=folder), embedder) as library:
        take_in(library, [str(ROOT / "seeds")])
    return folder


@pytest.fixture
def app(seeded, monkeypatch) -> Iterator[AppTest]:
    """The app over the sample articles, not yet run."""
    monkeypatch.setenv("RAG_LIBRARY", str(seeded))
    chain = parts.chain()
    yield AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE)
    parts.chain.clear()
    chain.library.close()


@pytest.fixture(scope="session")
def served(seeded, tmp_path_factory) -> Iterator[Server]:
    """The app over a copy of the sample library, running."""
    folder = tmp_path_factory.mktemp("served") / "library"
    shutil.copytree(seeded, folder)
    with serving(folder) as server:
        wait_until(lambda: answers(server), "the app starts")
        yield server


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A real Chromium."""
    path = find_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(path), args=CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture
def reader(chromium, served) -> Iterator[Callable[..., Reader]]:
    """Readers of the sample library, made with a width and a color scheme."""
    with ExitStack() as readers:
        yield lambda **window: readers.enter_context(reading(chromium, served.base, **window))
