"""What is read in and asked: sets of documents with questions, and invented articles in any number."""

import gzip
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rag.evaluate import gold

INVENTED = 300
"""Invented articles that stand beside those of the gold sets, where nothing else is given."""
WHO = ("mice", "rats", "nurses", "older adults", "children with asthma", "office workers", "zebrafish", "volunteers")
WHAT = (
    "blood pressure",
    "hours of sleep",
    "joint pain",
    "memory scores",
    "body weight",
    "lung function",
    "blood sugar",
)
PARTS = ("bal", "cor", "den", "fir", "gal", "hem", "jun", "kel", "lom", "mar", "nov", "pel", "ran", "sol", "tir", "vex")


@dataclass(frozen=True, slots=True)
class Set:
    """Documents by id, and questions each with the documents that answer it."""

    name: str
    documents: dict[str, str]
    questions: list[tuple[str, frozenset[str]]]


def own() -> Set:
    """The articles of the gold sets among invented ones, with the gold questions that name their articles."""
    articles = gold.articles()
    texts = {row.id: row.path.read_text("utf8") for row in articles.values()}
    texts |= {f"invented-{n}": text for n, text in zip(range(INVENTED), invented(), strict=False)}
    questions = []
    for row in gold.rows("questions"):
        answers = {name for name in texts if any(name.startswith(wanted) for wanted in row["expected_articles"])}
        if row["answerable"] and answers and not row["history"]:
            questions.append((row["question"], frozenset(answers)))
    return Set("gold", texts, questions)


def given(folder: Path, most: int) -> Iterator[Set]:
    """The sets of a folder: docs_NAME.jsonl.gz (doc_id, text) and retrieval_NAME.jsonl (question, doc_id)."""
    for path in sorted(folder.glob("docs_*.jsonl.gz")):
        name = path.name.removeprefix("docs_").removesuffix(".jsonl.gz")
        with gzip.open(path, "rt", encoding="utf8") as file:
            rows: list[dict[str, Any]] = [json.loads(line) for line in file]
        texts = {row["doc_id"]: row["text"] for row in random.Random(name).sample(rows, min(most, len(rows)))}
        lines = (folder / f"retrieval_{name}.jsonl").read_text("utf8").splitlines()
        asked = [(row["question"], frozenset({row["doc_id"]})) for row in map(json.loads, lines)]
        yield Set(name, texts, [(question, answers) for question, answers in asked if answers <= texts.keys()])


def invented() -> Iterator[str]:
    """Invented articles without end, no two alike, the same in each run."""
    chance = random.Random(7)
    while True:
        drug = "".join(chance.sample(PARTS, 3)) + "ine"
        who, what, weeks = chance.choice(WHO), chance.choice(WHAT), chance.randrange(2, 99)
        many, share = chance.randrange(12, 4000), chance.randrange(3, 78)
        yield "\n\n".join(
            (
                f"{drug.capitalize()} changes {what} in {who}",
                f"Researchers gave {drug} to {many} {who} for {weeks} weeks. In that time {what} fell by {share} "
                f"percent against a group that got none. The team of {drug[:6].capitalize()} University reported it.",
                f"Nobody knows yet how {drug} works. The authors think that it acts on a protein named "
                f"{drug[:3].upper()}-{many}, which {who} with low {what} have more of.",
                f"Side effects were headache and a dry mouth, in {chance.randrange(1, 30)} of {many}. A larger study "
                f"of {drug} is planned. It was paid for by the maker of {drug}.",
            )
        )
