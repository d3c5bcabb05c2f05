"""Several readers asking at once, in a real Chromium: each gets the answer to their own question, and no other."""

import pytest

from tests.bench.tabs import ASKED, together

pytestmark = pytest.mark.browser
TABS = 6


def test_each_tab_gets_its_own_answer(reader):
    one = reader()
    taken = together([one.open() for _ in range(TABS)])
    assert len(taken) == TABS > len(ASKED)
