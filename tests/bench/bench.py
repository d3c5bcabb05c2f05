"""How fast this machine appraises, reads in and finds: `make bench`. Figures, not tests: a busy machine fails none.

The articles are those of the gold sets, once each for reading in, again and again for appraising.
"""

import argparse
import json
import os
import platform
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from itertools import cycle, islice
from pathlib import Path
from statistics import median, quantiles

from rag.chain import open_chain
from rag.domain import Document
from rag.evaluate import gold
from rag.intake import article_of, take_in
from rag.question import Request
from rag.settings import Settings

ROUNDS = 20
"""Times each article is appraised: long enough that the start of a process is a small share."""
DAY = date(2026, 11, 21)


def documents() -> Iterator[Document]:
    """The articles of the gold sets."""
    for row in gold.articles().values():
        yield Document(row.path.read_bytes().decode("utf8"), row.path.name, row.id)


def appraised(count: int) -> int:
    """Appraise so many articles, going round; returns how many."""
    return len([article_of(document, DAY) for document in islice(cycle(list(documents())), count)])


def appraisal(workers: int) -> dict[str, float]:
    """Articles appraised in a second by a process, and by so many at once."""
    count = ROUNDS * len(gold.articles())
    appraised(len(gold.articles()))  # the cue lists are compiled once a process
    one = count / seconds(lambda: appraised(count))
    with ProcessPoolExecutor(workers) as pool:
        list(pool.map(appraised, [len(gold.articles())] * workers))
        many = workers * count / seconds(lambda: list(pool.map(appraised, [count] * workers)))
    return {"appraise_per_second_1_process": one, f"appraise_per_second_{workers}_processes": many}


def library(folder: Path) -> dict[str, float]:
    """Articles read into a library in a second, and how long a search and an answer take."""
    chain = open_chain(Settings(library=folder / "library", writer="extractive"))
    paths = [str(row.path) for row in gold.articles().values()]
    ingest = len(paths) / seconds(lambda: take_in(chain.library, paths))
    questions = [row["question"] for row in gold.rows("questions")]
    chain.hits(questions[0], 8)  # the model is opened with the first search
    search = [1000 * seconds(lambda q=q: chain.hits(q, 8)) for q in questions]
    answer = [1000 * seconds(lambda q=q: chain.invoke(Request(q))) for q in questions]
    chain.library.close()
    return {
        "ingest_per_second": ingest,
        **spread("search_ms", search),
        **spread("answer_ms", answer),
    }


def spread(name: str, times: list[float]) -> dict[str, float]:
    """Median and 95th percentile."""
    return {f"{name}_median": median(times), f"{name}_p95": quantiles(times, n=20)[-1]}


def seconds(work: Callable[[], object]) -> float:
    """How long some work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def main() -> None:
    """Measure, and print a line a figure, or one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--workers", type=int, default=2)
    arguments = parser.parse_args()
    words = [len(document.text.split()) for document in documents()]
    with tempfile.TemporaryDirectory() as folder:
        figures = {**appraisal(arguments.workers), **library(Path(folder))}
    if arguments.json:
        print(json.dumps({name: round(value, 2) for name, value in figures.items()}))
        return
    print(
        f"{len(words)} articles, {median(words):.0f} words in the median; {os.cpu_count()} cores, {platform.machine()}"
    )
    for name, value in figures.items():
        print(f"{name:32} {value:8.1f}")


if __name__ == "__main__":
    main()
