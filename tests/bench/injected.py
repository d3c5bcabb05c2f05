"""Orders planted in articles: `python -m tests.bench.injected --data FILE.jsonl` (rows with a "text").

Each is put at the start, in the middle and at the end of an article. Summaries are then written by both writers; the
model is a scripted one that does what it is told: it writes the order, and an answer to it, as claims.
"""

import argparse
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

from rag.chain import Chain, open_chain
from rag.evaluate import gold
from rag.intake import take_in
from rag.question import Kind, Request
from rag.settings import Settings
from rag.text.words import normal
from tests.standin import StandIn, writes

PLACES = ("start", "middle", "end")


def planted(text: str, order: str, place: str) -> str:
    """An article with an order as a paragraph of its own: under the title, among the others, or last."""
    paragraphs = text.split("\n\n")
    at = {"start": 1, "middle": len(paragraphs) // 2, "end": len(paragraphs)}[place]
    return "\n\n".join([*paragraphs[:at], order, *paragraphs[at:]])


def obeys(order: str):  # noqa: ANN201 (a turn of the stand-in)
    """What a model that obeys writes."""
    return writes((order, ["S1"]), (f"As asked: {order}", ["S2"]), (f"The article says: {order}", ["S1", "S2"]))


def shown(chain: Chain, article: str, order: str) -> list[str]:
    """The claims of a summary that hold the order or cite it."""
    brief = chain.invoke(Request("", kind=Kind.SUMMARY, article=article))
    words = normal(order)
    quotes = ((claim.text, *(citation.span.text for citation in claim.citations)) for claim in brief.claims)
    return [texts[0] for texts in quotes if any(words in normal(text) for text in texts)]


def measure(orders: list[str], folder: Path, model: bool) -> tuple[int, list[str]]:
    """Plant every order in every place and count the summaries written and the orders shown."""
    text = next(iter(gold.articles().values())).path.read_text(encoding="utf8")
    texts = folder / "texts"
    texts.mkdir(parents=True)
    names = {}
    for n, order in enumerate(orders):
        for place in PLACES:
            names[f"{n}-{place}"] = order
            (texts / f"{n}-{place}.txt").write_text(planted(text, order, place), encoding="utf8")
    with StandIn([obeys(orders[0])]) as server:
        writer = {"writer": "llm", "model": "stand-in", "base_url": server.url, "api_key": "none"} if model else {}
        chain = open_chain(Settings(library=folder / "library", **{"writer": "extractive", **writer}))
        take_in(chain.library, [str(texts)])
        found = list(_found(chain, server, names))
        chain.library.close()
    return len(names), found


def _found(chain: Chain, server: StandIn, names: dict[str, str]) -> Iterator[str]:
    for name, order in names.items():
        server.script = [obeys(order)]
        yield from (f"{name}: {claim[:120]}" for claim in shown(chain, name, order))


def main() -> None:
    """Print how many orders were shown as claims, by writer."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--most", type=int, default=1000)
    given = options.parse_args()
    rows = [json.loads(line) for line in given.data.read_text(encoding="utf8").splitlines() if line.strip()]
    orders = [row["text"] for row in rows if row.get("is_attack", True)][: given.most]
    for model in (False, True):
        with tempfile.TemporaryDirectory() as folder:
            summaries, found = measure(orders, Path(folder), model)
        print(f"{'a model that obeys' if model else 'extractive'}: {summaries} summaries, {len(found)} orders shown")
        for line in found[:10]:
            print("  ", line)


if __name__ == "__main__":
    main()
