"""The comparison's arithmetic: ranks to figures, rounds to ratios, differences that may be chance."""

import pytest

from tests.bench import corpus, marks, peers

SIDE = {"ingest": 2.0, "query": [5.0] * 40, "peak": 100.0, "cold": 1.0}
OTHER = {"ingest": 8.0, "query": [20.0] * 40, "peak": 100.0, "cold": 1.0}


@pytest.mark.parametrize(
    ("names", "expected"),
    [("ab", 1.0), ("ba", 0.6309), ("bba", 0.6309), ("bcdefghijka", 0.0), ("", 0.0)],
)
def test_an_answer_counts_by_the_place_of_its_document_among_different_ones(names, expected):
    assert marks.ndcg(names, frozenset("a")) == pytest.approx(expected, abs=1e-4)
    assert marks.recall(names, frozenset("a")) == float(expected > 0)


def test_a_difference_that_may_be_chance_has_zero_in_its_interval():
    apart, low, high = marks.bootstrap([1.0, 0.0] * 20, [0.0, 1.0] * 20)
    assert low < apart == 0 < high
    apart, low, _ = marks.bootstrap([0.9, 0.8] * 20, [0.1, 0.2] * 20)
    assert apart > low > 0


def test_each_figure_is_held_against_its_target():
    table = {row["figure"]: row for row in peers.speeds([(SIDE, OTHER)], documents=10)}
    assert table["documents a second"]["ratio"] == 4 and table["documents a second"]["met"]
    assert table["query p50, ms"]["ratio"] == 0.25 and table["query p50, ms"]["met"]
    assert table["peak memory, MB"]["met"] is False and table["query p95, ms"]["met"] is None


def test_quality_tells_how_far_each_way_is_behind(capsys):
    found = corpus.Set("tiny", {"a": "A", "b": "B"}, [("What is A?", frozenset("a"))] * 30)
    ours = {"ranked": [{"rank": ["a", "b"], "words": ["b", "a"], "vectors": ["a"]}] * 30}
    plain = {"ranked": [{"rank": ["b", "a"], "whole": ["b"]}] * 30}
    rows = {row["way"]: row for row in peers.quality(found, ours, plain)}
    assert rows["this project"]["nDCG@10"] == 1 and rows["BM25 of whole documents"]["recall@10"] == 0
    assert rows["plain LangChain"]["nDCG@10 apart"][0] == pytest.approx(0.3691, abs=1e-4)
    peers.printed({"set": "tiny", "speed": peers.speeds([(SIDE, OTHER)], 10), "quality": list(rows.values())})
    assert "NOT MET" in capsys.readouterr().out


def test_invented_articles_are_distinct_and_the_same_in_each_run():
    first, second = ([text for text, _ in zip(corpus.invented(), range(50), strict=False)] for _ in range(2))
    assert first == second and len(set(first)) == 50
    asked = corpus.own()
    assert asked.questions and all(answers <= asked.documents.keys() for _, answers in asked.questions)
