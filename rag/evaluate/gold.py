"""The gold sets in `tests/gold`: what a careful reader found in each article, and rows with the answers they expect."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from rag import catalogue
from rag.domain import Span
from rag.errors import RagError
from rag.settings import ROOT

GOLD = ROOT / "tests" / "gold"
SEEDS = ROOT / "seeds"
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class GoldFinding:
    """A finding: the stages and roles it may be read in, the sizes accepted (None: not asked), its places."""

    stages: frozenset[str]
    roles: frozenset[str]
    sizes: tuple[int | None, ...] | None
    places: tuple[Span, ...]

    @property
    def result(self) -> bool:
        """Whether a result is one of its roles."""
        return "result" in self.roles


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article and what it reports; `neutral` places may be read either way, `due` caveats must be raised, `undue`
    ones must not."""

    id: str
    path: Path
    date: str | None
    stages: frozenset[str]
    findings: tuple[GoldFinding, ...]
    neutral: tuple[Span, ...]
    due: frozenset[str]
    undue: frozenset[str]


def rows(name: str) -> list[Row]:
    """Read a set of rows, `<name>.jsonl`. Raises RagError where this installation has no gold sets."""
    return [json.loads(line) for line in _text(GOLD / f"{name}.jsonl").splitlines() if line.strip()]


def said_if() -> dict[str, re.Pattern[str]]:
    """Give for each caveat the words by which a text has said it."""
    taxonomy = json.loads(_text(GOLD / "taxonomy.json"))
    return {row["id"]: re.compile(row["said_if"], re.IGNORECASE) for row in taxonomy["caveats"]}


@cache
def articles() -> dict[str, GoldArticle]:
    """Read all gold articles by id: the five samples and the invented ones."""
    found = [*_samples(), *_invented()]
    return {article.id: article for article in found}


def _invented() -> Iterator[GoldArticle]:
    for path in sorted((GOLD / "articles").glob("*.json")):
        row = json.loads(_text(path))
        text = _text(path.with_suffix(".txt"))
        findings = (
            GoldFinding(
                frozenset(f["stage_accept"]),
                frozenset(f["role_accept"]),
                tuple(f["sample_size_accept"])
                if f["sample_size_accept"] is not None and "result" == f["role"]
                else None,
                tuple(places(text, f["quote"])),
            )
            for f in row["findings"]
        )
        neutral = tuple(place for quote in row["neutral"] for place in places(text, quote))
        due = frozenset(c["id"] for c in row["caveats"] if c["required"])
        yield GoldArticle(
            row["id"], path.with_suffix(".txt"), row["date"], frozenset(row["stage_accept"]), tuple(findings), neutral,
            due, frozenset(row["caveats_must_not"]),
        )  # fmt: skip


def _samples() -> Iterator[GoldArticle]:
    """The samples' gold names each finding once with several quotes, and has no badge: any result's stage will do."""
    for row in json.loads(_text(GOLD / "seed_gold.json"))["articles"]:
        text = _text(SEEDS / row["file"])
        findings = tuple(
            GoldFinding(
                frozenset({f["stage"], *f["accepted_stages"]}), frozenset({f["role"]}), None, tuple(places(text, quote))
            )
            for f in row["findings"]
            for quote in f["quotes"]
        )
        badges = frozenset(stage for finding in findings if finding.result for stage in finding.stages)
        due = frozenset(c["id"] for c in row["caveats"] if catalogue.severity(c["id"]) == "high")
        date = row["date"]["value"]
        yield GoldArticle(
            row["id"], SEEDS / row["file"], date if date and date[:4].isdigit() else None, badges, findings, (), due,
            frozenset(row["caveats_must_not"]),
        )  # fmt: skip


def places(text: str, quote: str) -> Iterator[Span]:
    """Find a quote in its text, however its blanks and quotation marks are written. ValueError: it is not there."""
    words = (re.sub(r"[\"'‘’“”]", "[\"'‘’“”]", re.escape(word)) for word in quote.split())
    found = list(re.finditer(r"[\s\u00a0\u200b]+".join(words), text))
    if not found:
        raise ValueError(f"not in its article: {quote[:60]!r}")
    yield from (Span(match.start(), match.end(), match[0]) for match in found)


def _text(path: Path) -> str:
    if not path.is_file():
        raise RagError(f"There is no gold set at {path}.", "Run this in a checkout that has the folder tests/gold.")
    return path.read_bytes().decode("utf8")
