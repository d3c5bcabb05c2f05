"""Small articles of our own, and a library folder that each test has to itself."""

from pathlib import Path

import pytest

from rag.domain import Article, Sentence, Source
from rag.retrieve.passages import passages
from rag.settings import Settings
from rag.store.library import open_library
from rag.text import sentences


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(library=tmp_path / "library")


@pytest.fixture
def write():
    """Make an article of a text, and the passages it is searched by."""

    def made(name: str, text: str, title: str = "A report", origin: str | None = None):
        found = tuple(Sentence(name, n, 0, 0, span) for n, span in enumerate(sentences.split(text)))
        article = Article(name, Source(title, origin or f"{name}.txt"), text, sentences=found)
        return article, passages(article)

    return made


@pytest.fixture
def three(settings, embedder, write) -> Settings:
    """The settings of a library with three articles in it."""
    with open_library(settings, embedder) as library:
        library.add_all(
            [
                write(
                    "001-sleep", "Nurses on night shifts slept five hours. The others slept seven.", "Sleep at night"
                ),
                write(
                    "002-knee", "A brace eased knee pain in 48 walkers. Nobody fell.", "Knees and braces", "knee.html"
                ),
                write("002-tea", "Green tea slowed tumor cells in a dish.", "Tea in the lab", "https://news.test/tea"),
            ]
        )
    return settings
