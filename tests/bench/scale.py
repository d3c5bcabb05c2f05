"""This project alone with 1,000 to 100,000 passages: opening, searching, memory.

Vectors are a stand-in, random but the same for the same text: making 100,000 real ones takes a quarter of an hour of
a core, and a search takes about as long over them. The question's own real embedding is made and timed.
"""

import json
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import numpy as np

from rag.domain import Article, Passage, Sentence, Source
from rag.retrieve.passages import passages
from rag.retrieve.search import PassageRetriever
from rag.settings import Settings
from rag.store.embed import DIMENSIONS, MiniLM, open_embedder
from rag.store.library import open_library
from rag.text import sentences
from tests.bench.corpus import invented

SIZES = [1_000, 10_000, 100_000]
QUERIES = 200


class StandIn(MiniLM):
    """Real vectors for questions, made-up ones for passages."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Give each text random numbers that are its own."""
        rows = []
        for text in texts:
            chance = np.random.default_rng(int.from_bytes(blake2b(text.encode(), digest_size=8).digest()))
            vector = chance.standard_normal(DIMENSIONS)
            rows.append((vector / np.linalg.norm(vector)).tolist())
        return rows

    def embed_query(self, text: str) -> list[float]:
        """Embed a question in earnest."""
        return super().embed_documents([text])[0]


def articles(passages_wanted: int) -> Iterator[tuple[Article, tuple[Passage, ...]]]:
    """Invented articles that make so many passages."""
    made = 0
    for n, text in enumerate(invented()):
        if made >= passages_wanted:
            return
        found = tuple(Sentence(f"a{n}", i, i, i // 3, span) for i, span in enumerate(sentences.split(text)))
        article = Article(f"a{n}", Source(text.partition("\n")[0], f"a{n}.txt"), text, sentences=found)
        cut = passages(article)
        made += len(cut)
        yield article, cut


def embedder() -> StandIn:
    """Open the real model as the stand-in."""
    model = open_embedder(Settings())
    model.__class__ = StandIn
    assert isinstance(model, StandIn)
    return model


def fill(folder: Path, size: int) -> None:
    """Write a library."""
    with open_library(Settings(library=folder), embedder()) as library:
        library.add_all(articles(size))


def search(folder: Path) -> None:
    """Open a library and search it; the figures go to a file beside it."""
    questions = [text.partition("\n")[0] for text in islice(invented(), QUERIES)]
    model = embedder()
    model.embed_query(questions[0])
    began = time.perf_counter()
    with open_library(Settings(library=folder), model) as library:
        opened = time.perf_counter() - began
        retriever = PassageRetriever(index=library)
        retriever.hits(questions[0], 8)
        first = time.perf_counter() - began - opened
        times = []
        for question in questions:
            began = time.perf_counter()
            retriever.hits(question, 8)
            times.append(1000 * (time.perf_counter() - began))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    row = {"open": opened, "first": first, "p50": median(times), "p95": quantiles(times, n=20)[-1], "peak": peak}
    folder.with_suffix(".json").write_text(json.dumps(row), "utf8")


def measured(size: int, told: Callable[[str], None]) -> dict[str, Any]:
    """Fill a library of so many passages and search it, each in a process of its own."""
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work) / "library"
        steps: list[tuple[Callable[..., None], tuple[object, ...]]] = [(fill, (folder, size)), (search, (folder,))]
        began = time.perf_counter()
        for step, given in steps:
            told(f"{size:,} passages: {step.__name__}")
            process = context.Process(target=step, args=given)
            process.start()
            process.join()
            if process.exitcode:
                raise SystemExit(f"{step.__name__} at {size:,} passages ended with {process.exitcode}")
            if step is fill:
                filled = time.perf_counter() - began
        disk = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 2**20
        row: dict[str, Any] = json.loads(folder.with_suffix(".json").read_text("utf8"))
        return {"passages": size, "fill": filled, "disk": disk, **row}


def lines(rows: list[dict[str, Any]]) -> Iterator[str]:
    """A line a size."""
    yield " passages  fill s  disk MB  open s  first s  p50 ms  p95 ms  peak MB"
    for row in rows:
        yield (
            f"{row['passages']:9,}{row['fill']:8.1f}{row['disk']:9.0f}{row['open']:8.2f}{row['first']:9.2f}"
            f"{row['p50']:8.1f}{row['p95']:8.1f}{row['peak']:9.0f}"
        )
    ratio = rows[-1]["p50"] / rows[0]["p50"]
    yield f"query p50 at the largest over that at the smallest: {ratio:.2f} (target 2 at most for 100,000 over 1,000)"
