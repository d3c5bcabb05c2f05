"""The suite of claims: twins that differ by one corruption, each held against its article."""

from collections.abc import Iterator

from rag.evaluate import gold
from rag.evaluate.marks import Mark
from rag.verify import verify_claim


def marks() -> Iterator[Mark]:
    """Check every claim against its article; a pair counts where both twins are judged right."""
    rows = gold.rows("claims")
    texts = {key: article.path.read_bytes().decode("utf8") for key, article in gold.articles().items()}
    right = {}
    for row in rows:
        found = verify_claim(row["claim"], texts[row["article"]])
        right[row["id"]] = found["verdict"] == row["verdict"]
        yield Mark(f"{row['verdict']}_recall", row["id"], right[row["id"]])
    for row in rows:
        if row["verdict"] == "supported":
            yield Mark("pairs", row["id"], right[row["id"]] and right[row["twin"]])
