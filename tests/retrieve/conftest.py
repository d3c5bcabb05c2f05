"""Invented articles in a real library, and the chain that answers from it."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from rag.chain import Chain
from rag.domain import Article, Document
from rag.intake import article_of, take_in
from rag.settings import Settings
from rag.store.library import open_library
from rag.writers.extractive import Extractive

BRACE = (
    "Knee brace eases pain in walkers\n\n"
    "A stiff brace eased knee pain in a trial with 240 walkers. Half of them wore the brace for 12 weeks and half "
    "wore a loose sleeve. Pain scores fell by 31% with the brace, compared with 9% with the sleeve. Skin rash was "
    "reported by 6% of those with the brace. The trial was conducted at four clinics in Norway. It was led by "
    "Professor Marit Solheim of the University of Bjerkvik. Dr Tom Vance of Port Ellery Hospital, who was not "
    "involved in the study, called it careful.\n\n"
    "The trial was funded by the Joint Health Foundation. A larger trial in 900 people is planned for 2027. The brace "
    "costs 45 euros. The findings appeared in the journal Walking Medicine."
)
MICE = (
    "Garlic compound shrinks tumors in mice\n\n"
    "Mice with melanoma got a garlic compound called allifen for three weeks. Their tumors were 40% smaller than "
    "tumors in untreated mice. The team at Lindow University has not tested allifen in people."
)
DISH = (
    "New molecule holds hepatitis B in check\n\n"
    "In a lab dish, researchers added a molecule called brevorin to liver cells infected with hepatitis B. The amount "
    "of virus in the cells fell by half. The molecule has not been tested in people."
)


@pytest.fixture(scope="session")
def articles() -> dict[str, Article]:
    """The articles by name, read and appraised."""
    texts = {"brace": BRACE, "mice": MICE, "dish": DISH}
    return {name: article_of(Document(text, f"{name}.txt", name), date(2026, 11, 21)) for name, text in texts.items()}


@pytest.fixture(scope="session")
def opened(tmp_path_factory, embedder) -> Iterator[Callable[[dict[str, str]], Chain]]:
    """Make a chain over texts by file name."""
    libraries = []

    def make(texts: dict[str, str]) -> Chain:
        folder: Path = tmp_path_factory.mktemp("library")
        for name, text in texts.items():
            (folder / f"{name}.txt").write_text(text, encoding="utf8")
        library = open_library(Settings(library=folder / "library"), embedder)
        libraries.append(library)
        take_in(library, [str(folder / f"{name}.txt") for name in texts])
        return Chain(library, embedder.embed_documents, Extractive())

    yield make
    for library in libraries:
        library.close()


@pytest.fixture(scope="session")
def chain(opened) -> Chain:
    """A chain over the three articles."""
    return opened({"brace": BRACE, "mice": MICE, "dish": DISH})
