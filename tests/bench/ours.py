"""This project's side of the comparison, in a process of its own: reads in, searches, prints one JSON object."""

import json
import resource
import sys
import time
from pathlib import Path

from rag.chain import open_chain
from rag.intake import take_in
from rag.settings import Settings

DEEP = 60
"""Passages asked for, to have ten different documents among them."""


def main(work: Path) -> None:
    """Measure with work/corpus.jsonl and work/questions.json; the library comes to lie in work/ours."""
    chain = open_chain(Settings(library=work / "ours", writer="extractive"))
    began = time.perf_counter()
    take_in(chain.library, [str(work / "corpus.jsonl")])
    ingest = time.perf_counter() - began
    questions = json.loads((work / "questions.json").read_text("utf8"))
    chain.hits(questions[0], 8)
    times, ranked = [], []
    for question in questions:
        began = time.perf_counter()
        chain.hits(question, 8)
        times.append(1000 * (time.perf_counter() - began))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    index = chain.library
    for question in questions:
        found = {
            "rank": [hit.passage.article for hit in chain.hits(question, DEEP)],
            "words": [passage.article for passage, _ in index.lexical(question, DEEP)],
            "vectors": [passage.article for passage, _ in index.dense(question, DEEP)],
        }
        ranked.append(found)
    chain.library.close()
    print(json.dumps({"ingest": ingest, "query": times, "peak": peak, "ranked": ranked}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
