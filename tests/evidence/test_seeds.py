"""The five sample articles against their gold: every result, every high caveat, nothing that is not due."""

import json
from pathlib import Path

import pytest

from rag import catalogue
from rag.settings import ROOT

GOLD = {
    article["id"]: article
    for article in json.loads((Path(__file__).parents[1] / "gold" / "seed_gold.json").read_text("utf8"))["articles"]
}
STAGES = {"000": {"animal", "human_tissue"}, "001": {"phase2"}, "002": {"unclear"}, "003": {"animal"}}
SHORTEST_QUOTE = 40


@pytest.fixture(scope="module")
def seeds(read):
    return {key: read((ROOT / "seeds" / gold["file"]).read_text("utf8")) for key, gold in GOLD.items()}


@pytest.mark.parametrize(("key", "stages"), STAGES.items())
def test_main_stage(seeds, key, stages):
    assert seeds[key].stage in stages


def test_an_article_of_several_studies_shows_each(seeds):
    assert {"cell", "animal", "case_report"} <= set(seeds["004"].stages)


@pytest.mark.parametrize(
    ("key", "finding"),
    [(key, finding) for key, gold in GOLD.items() for finding in gold["findings"] if finding["role"] == "result"],
    ids=lambda value: value if isinstance(value, str) else value["id"],
)
def test_every_result_is_found_at_an_accepted_stage(seeds, key, finding):
    article, accepted = seeds[key], {finding["stage"], *finding["accepted_stages"]}
    found = [
        f.stage
        for f in article.findings
        for quote in finding["quotes"]
        if f.role == "result"
        and (quote in f.span.text or f.span.text in quote or f.span.text[:SHORTEST_QUOTE] in quote)
    ]
    assert set(found) & accepted


@pytest.mark.parametrize("key", GOLD)
def test_every_high_caveat_and_none_that_is_not_due(seeds, key):
    kinds = {caveat.kind for caveat in seeds[key].caveats}
    high = {row["id"] for row in GOLD[key]["caveats"] if catalogue.severity(row["id"]) == "high"}
    assert high <= kinds
    assert not kinds & set(GOLD[key]["caveats_must_not"])


@pytest.mark.parametrize("key", GOLD)
def test_planned_and_ongoing_studies_lend_no_stage(seeds, key):
    article = seeds[key]
    assert article.stage in {f.stage for f in article.findings if f.role == "result"}
