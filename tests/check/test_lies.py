"""A seeded slice of the lies harness: real articles, a scripted model over HTTP, the writer and the check."""

from tests.bench.lies import lies, measure, truths


def test_a_judge_that_says_yes_to_all_shows_no_typed_lie() -> None:
    tally = measure(lies, most=2, agrees=True, every=6)
    assert len(tally.told) == 8 and sum(tally.told.values()) > 40
    assert {kind for kind, found in tally.shown.items() if found} <= {"not_in_text"}


def test_most_of_what_is_true_is_shown() -> None:
    tally = measure(truths, most=2, every=6)
    assert sum(tally.told.values()) > 20
    assert tally.shares()["all"] >= 0.85
