"""An ingest that is killed at any moment loses nothing it told of; sixty times: `python -m tests.bench.kills`."""

from tests.bench import kills


def test_three_kills_at_random_moments_cost_nothing(embedder):
    tally = kills.run(3, seed=4, embedder=embedder, many=45)
    assert tally.kills == 3 and tally.clean, tally
