"""The stage a sentence names by its own words. What a sentence leaves unsaid is inherited in `studies`."""

from dataclasses import dataclass

from rag.domain import Stage
from rag.evidence import cues

TRIALS = frozenset({Stage.TRIAL_UNSPECIFIED, Stage.PHASE1, Stage.PHASE2, Stage.PHASE3})
PHASES = frozenset({Stage.PHASE1, Stage.PHASE2, Stage.PHASE3})
LABORATORY = frozenset({Stage.CELL, Stage.ANIMAL, Stage.HUMAN_TISSUE})
STRONG = (
    "phase3", "phase2", "phase1", "systematic_review", "animal", "trial_unspecified", "human_tissue", "cell",
    "observational", "case_report",
)  # fmt: skip
"""Where a sentence names several settings the first of these counts: "a phase 2 trial after tests in mice" is a trial,
"human tumours in mice" is work in mice."""
WEAK = ("animal", "case_report", "human_tissue", "cell", "observational", "trial_unspecified")


@dataclass(frozen=True, slots=True)
class Setting:
    """A stage named by the words at `start` to `end`; a weak one gives way to what the study has said before, one said
    in passing ("in cancer cells") to any other."""

    stage: Stage
    strong: bool
    start: int
    end: int
    passing: bool = False


def setting(text: str) -> Setting | None:
    """Read the stage a plain text names, None where it names none."""
    found = {(match.label, match.strength): match for match in reversed(cues.matches("stages", text))}
    pilot = found.get(("phase2", "pilot"))
    laboratory = any((stage, strength) in found for stage in LABORATORY for strength in ("strong", "weak"))
    if pilot and not laboratory and not cues.patterns("stages")["diagnostic"].search(text):
        return Setting(Stage.PHASE2, True, pilot.start, pilot.end)
    if (
        ("animal", "weak") in found
        and ("trial_unspecified", "strong") in found
        and not cues.patterns("stages")["human"].search(text)
    ):
        del found["trial_unspecified", "strong"]
    for labels, strength in ((STRONG, "strong"), (WEAK, "weak"), (("cell", "animal"), "place")):
        for label in labels:
            if match := found.get((label, strength)):
                sure = strength == "strong" or (
                    label == "animal" and strength == "weak" and not cues.patterns("stages")["human"].search(text)
                )
                return Setting(Stage(label), sure, match.start, match.end)
    passing = found.get(("cell", "passing"))
    return Setting(Stage.CELL, False, passing.start, passing.end, passing=True) if passing else None


def in_use(text: str) -> bool:
    """Whether a plain text says that something is approved or in routine use."""
    return cues.first("stages", "approved", text) is not None
