"""This project beside plain LangChain, the same documents and questions, one after the other and round again.

`make bench` runs it; with a folder of evaluation sets: make bench ARGS="--data FOLDER --most 400". Each side is a
process of its own. The report goes to standard output and to .cache/bench.json, what is going on to standard error.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import mean, median, quantiles
from typing import Any

from rag.settings import ROOT
from rag.store.weights import find_weights
from tests.bench import corpus, marks, scale, stuffed

PEER = ROOT / ".cache" / "bench" / "bin" / "python"
TARGETS = {"documents a second": 2.5, "query p50, ms": 0.4, "peak memory, MB": 0.5, "cold start, s": 0.4}
Row = dict[str, Any]


def told(text: str) -> None:
    """Say what is going on."""
    print(text, file=sys.stderr, flush=True)


def ran(*command: str | Path, work: Path) -> str:
    """Run one side in a process of its own and return what it printed."""
    environ = {"PATH": "/usr/bin:/bin", "RAG_LIBRARY": str(work / "ours"), "RAG_WRITER": "extractive"}
    environ |= {"HF_HUB_OFFLINE": "1", "ANONYMIZED_TELEMETRY": "false", "TOKENIZERS_PARALLELISM": "true"}
    done = subprocess.run(
        [str(part) for part in command], cwd=ROOT, env=environ, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, command[:4]))} failed:\n{done.stderr[-3000:]}")
    return done.stdout


def round_of(found: corpus.Set, work: Path) -> tuple[Row, Row]:
    """Run both sides once over the same documents, each into a fresh store."""
    lines = (json.dumps({"id": name, "text": text}) for name, text in found.documents.items())
    (work / "corpus.jsonl").write_text("\n".join(lines), "utf8")
    questions = [question for question, _ in found.questions]
    (work / "questions.json").write_text(json.dumps(questions), "utf8")
    weights = find_weights().model.parent
    told("  this project")
    ours = json.loads(ran(sys.executable, "-m", "tests.bench.ours", work, work=work).splitlines()[-1])
    told("  plain LangChain")
    plain = json.loads(ran(PEER, "tests/bench/plain.py", "measure", work, weights, work=work).splitlines()[-1])
    began = time.perf_counter()
    ran(sys.executable, "-m", "rag", "ask", questions[0], work=work)
    between = time.perf_counter()
    ran(PEER, "tests/bench/plain.py", "cold", work, weights, work=work)
    ours["cold"], plain["cold"] = between - began, time.perf_counter() - between
    return ours, plain


def figures(side: Row, documents: int) -> dict[str, float]:
    """What the targets are about, of one side in one round."""
    return {
        "documents a second": documents / side["ingest"],
        "query p50, ms": median(side["query"]),
        "query p95, ms": quantiles(side["query"], n=20)[-1],
        "peak memory, MB": side["peak"],
        "cold start, s": side["cold"],
    }


def speeds(rounds: Sequence[tuple[Row, Row]], documents: int) -> list[Row]:
    """The median over the rounds of each figure, of both sides, and of their ratio."""
    table = []
    both = [(figures(ours, documents), figures(plain, documents)) for ours, plain in rounds]
    for name in both[0][0]:
        ratio = median(ours[name] / plain[name] for ours, plain in both)
        bound = TARGETS.get(name)
        met = None if bound is None else ratio >= bound if bound > 1 else ratio <= bound
        row = {"ours": median(ours[name] for ours, _ in both), "plain": median(plain[name] for _, plain in both)}
        table.append({"figure": name, **row, "ratio": ratio, "target": bound, "met": met})
    return table


def quality(found: corpus.Set, ours: Row, plain: Row) -> list[Row]:
    """nDCG@10 and recall@10 of this project, and its difference from each other way of searching."""
    ways = {
        "this project": [row["rank"] for row in ours["ranked"]],
        "plain LangChain": [row["rank"] for row in plain["ranked"]],
        "BM25 of whole documents": [row["whole"] for row in plain["ranked"]],
        "words alone": [row["words"] for row in ours["ranked"]],
        "vectors alone": [row["vectors"] for row in ours["ranked"]],
    }
    answers = [wanted for _, wanted in found.questions]
    table = []
    for way, ranks in ways.items():
        row: Row = {"way": way}
        for name, mark in (("nDCG@10", marks.ndcg), ("recall@10", marks.recall)):
            mine = [mark(names, wanted) for names, wanted in zip(ways["this project"], answers, strict=True)]
            theirs = [mark(names, wanted) for names, wanted in zip(ranks, answers, strict=True)]
            row |= {name: mean(theirs), f"{name} apart": marks.bootstrap(mine, theirs)}
        table.append(row)
    return table


def compared(found: corpus.Set, rounds: int) -> Row:
    """Compare both sides over one set."""
    done = []
    for number in range(rounds):
        told(f"{found.name}: {len(found.documents)} documents, {len(found.questions)} questions; round {number + 1}")
        with tempfile.TemporaryDirectory() as work:
            done.append(round_of(found, Path(work)))
    return {"set": found.name, "speed": speeds(done, len(found.documents)), "quality": quality(found, *done[0])}


def printed(one: Row) -> None:
    """Print one set's tables."""
    print(f"\n{one['set']}\n{'':22}{'ours':>10}{'LangChain':>11}{'ratio':>8}  target")
    for row in one["speed"]:
        said = "" if row["target"] is None else f"{row['target']} {'met' if row['met'] else 'NOT MET'}"
        print(f"{row['figure']:22}{row['ours']:10.2f}{row['plain']:11.2f}{row['ratio']:8.2f}  {said}")
    print(f"{'':25}nDCG@10  recall@10   this project is better by (95% of 10,000 resamples)")
    for row in one["quality"]:
        apart, low, high = row["nDCG@10 apart"]
        print(
            f"{row['way']:25}{row['nDCG@10']:7.3f}{row['recall@10']:11.3f}   {apart:+.3f} ({low:+.3f} to {high:+.3f})"
        )


def main() -> None:
    """Run what is asked for and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="a folder of docs_NAME.jsonl.gz and retrieval_NAME.jsonl")
    parser.add_argument("--most", type=int, default=500, help="documents taken of each set of the folder (500)")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--only", choices=("peers", "tokens", "scale"), help="one part (default all)")
    parser.add_argument("--sizes", type=int, nargs="*", default=scale.SIZES, help="passages, for the part on size")
    arguments = parser.parse_args()
    report: Row = {}
    if arguments.only in (None, "peers"):
        sets = [corpus.own(), *(corpus.given(arguments.data, arguments.most) if arguments.data else ())]
        report["peers"] = [compared(found, arguments.rounds) for found in sets]
        for one in report["peers"]:
            printed(one)
    if arguments.only in (None, "tokens"):
        told("prompt tokens")
        report["tokens"] = stuffed.measured()
        print("\nPrompts for the gold questions\n" + "\n".join(stuffed.lines(report["tokens"])))
    if arguments.only in (None, "scale"):
        report["scale"] = [scale.measured(size, told) for size in arguments.sizes]
        print("\nSize (stand-in vectors)\n" + "\n".join(scale.lines(report["scale"])))
    (ROOT / ".cache" / "bench.json").write_text(json.dumps(report), "utf8")


if __name__ == "__main__":
    main()
