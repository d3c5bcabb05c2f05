"""A few visitors for a few seconds: each is answered about its own article, and nothing breaks."""

import pytest

from tests.bench.load import run


@pytest.mark.timeout(300)
def test_a_few_visitors_get_their_own_answers():
    one, many = run(visitors=4, seconds=10, alone=1)
    assert many.errors == [] and many.mixed == [] and one.errors == []
    assert len(many.seconds) >= 4
