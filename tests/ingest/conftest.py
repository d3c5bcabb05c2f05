import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from rag.domain import Document, Sentence, Source
from rag.ingest.clean import clean, sentences
from rag.ingest.describe import describe
from rag.ingest.layout import Layout
from rag.ingest.read import read

GOLD = Path(__file__).resolve().parent.parent / "gold"
SEEDS = GOLD.parent.parent / "seeds"


@dataclass(frozen=True)
class Reading:
    """An article as it was read, beside what its gold says."""

    document: Document
    layout: Layout
    sentences: tuple[Sentence, ...]
    source: Source
    gold: dict


def gold() -> dict[str, dict]:
    rows = {}
    for row in json.loads((GOLD / "seed_gold.json").read_text(encoding="utf8"))["articles"]:
        rows[Path(row["file"]).stem] = {
            "title": row["title"]["value"],
            "date": row["date"]["value"],
            "boilerplate": row["boilerplate"],
            "quotes": [quote for finding in row["findings"] for quote in finding["quotes"]],
            "researchers": [person["name"] for person in row["researchers"]],
            "journals": [journal["name"] for journal in row["journals"]],
        }
    for path in sorted((GOLD / "articles").glob("*.json")):
        row = json.loads(path.read_text(encoding="utf8"))
        rows[path.stem] = row | {"quotes": [finding["quote"] for finding in row["findings"]]}
    return rows


def texts() -> list[Path]:
    return sorted(SEEDS.glob("*.txt")) + sorted((GOLD / "articles").glob("*.txt"))


@pytest.fixture(params=texts(), ids=lambda path: path.stem[:3])
def reading(request: pytest.FixtureRequest) -> Reading:
    (document,) = read(request.param)
    layout = clean(document)
    cited = sentences(document.id, layout, document.text)
    return Reading(document, layout, cited, describe(document, layout), gold()[document.id])
