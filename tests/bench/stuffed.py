"""What a model is sent: this project's numbered sentences against four stuffed chunks of 1,000 characters.

The chunks are those the same search would choose, cut from the articles around its best passages.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import mean

from rag.chain import open_chain
from rag.evaluate import gold
from rag.intake import take_in
from rag.retrieve.gather import Gatherer
from rag.retrieve.reading import read
from rag.retrieve.search import PassageRetriever
from rag.settings import Settings
from rag.store.embed import open_embedder
from rag.text.tokens import count
from rag.writers.prompts import prompt

CHUNKS, LONG = 4, 1000
MODEL = "gpt-4o"


def measured() -> dict[str, float]:
    """Tokens of both prompts and the share of the gold evidence sentences in them, over the answerable questions."""
    ours: list[tuple[int, float]] = []
    stuffed: list[tuple[int, float]] = []
    with tempfile.TemporaryDirectory() as work:
        settings = Settings(library=Path(work) / "library", writer="extractive")
        chain = open_chain(settings)
        take_in(chain.library, [str(row.path) for row in gold.articles().values()])
        retriever = PassageRetriever(index=chain.library)
        gatherer = Gatherer(retriever, chain.library, open_embedder(settings).embed_documents)
        for row in gold.rows("questions"):
            made = prompt(gatherer.gather(read(row["question"], ())), MODEL) if _fits(row) else None
            if made is None:
                continue
            evidence = [" ".join(text.split()) for text in row["evidence"]]
            ours.append(_marked(made.system + made.task, evidence))
            chunks = []
            for hit in retriever.hits(row["question"], CHUNKS):
                text = chain.library.article(hit.passage.article).text
                middle = (hit.passage.span.start + hit.passage.span.end) // 2
                chunks.append(text[max(0, middle - LONG // 2) : middle + LONG // 2])
            stuffed.append(_marked("\n\n".join([row["question"], *chunks]), evidence))
        chain.library.close()
    return {
        "questions": len(ours),
        "our tokens": mean(tokens for tokens, _ in ours),
        "our recall": mean(share for _, share in ours),
        "stuffed tokens": mean(tokens for tokens, _ in stuffed),
        "stuffed recall": mean(share for _, share in stuffed),
    }


def lines(found: dict[str, float]) -> Iterator[str]:
    """A line for each prompt."""
    for name in ("our", "stuffed"):
        yield f"{name:8} {found[f'{name} tokens']:7.0f} tokens, {found[f'{name} recall']:.3f} of the evidence sentences"


def _fits(row: dict[str, object]) -> bool:
    return bool(row["answerable"] and row["evidence"] and not row["history"])


def _marked(text: str, evidence: list[str]) -> tuple[int, float]:
    flat = " ".join(text.split())
    return count(text, MODEL)[0], sum(sentence in flat for sentence in evidence) / len(evidence)
