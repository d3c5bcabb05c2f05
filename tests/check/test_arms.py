"""Two groups and their figures, told with the groups before or behind them."""

import pytest

from rag.check.support import check

FELL = "Pain fell by 12% with zinc and by 4% with placebo."
NAUSEA = "Nausea was reported by 12% on zinc and 4% on placebo."


@pytest.mark.parametrize(
    ("text", "claim", "carried"),
    [
        (FELL, "With zinc pain fell by 12%, with placebo by 4%.", True),
        (FELL, "With placebo pain fell by 12%, with zinc by 4%.", False),
        (FELL, "Pain fell by 12% with placebo and by 4% with zinc.", False),
        (FELL, "Pain fell by 12% with zinc.", True),
        (NAUSEA, "Of those on zinc, 12% reported nausea, against 4% on placebo.", True),
        (NAUSEA, "Of those on placebo, 12% reported nausea, against 4% on zinc.", False),
    ],
)
def test_figures_stay_with_their_groups(text: str, claim: str, carried: bool) -> None:
    verdict = check(claim, [text])
    assert verdict.supported is carried
    assert carried or "number" in {problem.kind for problem in verdict.problems}
