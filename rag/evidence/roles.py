"""The role of a clause: a result, a study under way or planned, background, a hope; or a method, or nothing at all."""

from dataclasses import dataclass

from rag.domain import Role
from rag.evidence import cues

Found = dict[tuple[str, str], cues.Match]
SHORTEST = 12
"""Characters below which a clause is not a statement of its own."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A clause's role (None: no finding), whether it tells how a study was done, whether a frame announces it."""

    role: Role | None
    method: bool = False
    framed: bool = False


def clauses(text: str) -> list[tuple[int, int]]:
    """Cut a plain sentence where its role may change."""
    cuts = [0, *(match.start() for match in cues.patterns("roles")["split"].finditer(text)), len(text)]
    parts: list[tuple[int, int]] = []
    for start, end in zip(cuts, cuts[1:], strict=False):
        if parts and end - start < SHORTEST:
            parts[-1] = (parts[-1][0], end)
        else:
            parts.append((start, end))
    return parts


def read(text: str, *, in_study: bool) -> Reading:
    """Read the role of a plain clause; `in_study` tells whether a study has been introduced before it."""
    if text.rstrip(" \"')").endswith("?") or len(text) < SHORTEST:
        return Reading(None)
    found = {(match.label, match.strength): match for match in reversed(_found(text))}
    if ("silent", "hard") in found:
        return Reading(None)
    role = _elsewhere(text, found)
    if role:
        return Reading(role)
    return _evidence(text, found, in_study=in_study)


def _found(text: str) -> list[cues.Match]:
    return cues.matches("roles", text) + cues.matches("results", text)


def _elsewhere(text: str, found: Found) -> Role | None:
    """The role of what is no evidence of this study: still to come, known before, or hoped for."""
    frame, planned = found.get(("result", "strong")), found.get(("planned", "strong"))
    if ("ongoing", "strong") in found and not (frame and " that " in text):
        return Role.ONGOING
    if planned and not (frame and frame.end <= planned.start):
        return Role.PLANNED
    background = found.get(("background", "strong"))
    if ("background", "hard") in found or (background and not _outweighed(text, background, found)):
        return Role.BACKGROUND
    hope = found.get(("aspiration", "strong"))
    hedged = hope and frame and frame.end <= hope.start and text.startswith(("may ", "might "), hope.start)
    return Role.ASPIRATION if hope and not hedged else None


def _evidence(text: str, found: Found, *, in_study: bool) -> Reading:
    """A result by its frame, its comparison or, inside a study, its past tense or its author's claim; else a method."""
    method = ("method", "strong") in found
    framed, compared = ("result", "strong") in found, ("result", "stat") in found
    if ("silent", "strong") in found and not (compared or framed):
        return Reading(None, method)
    if framed or (compared and _happened(text)):
        return Reading(Role.RESULT, method, framed)
    if in_study and ("aspiration", "weak") not in found:
        past, known = _past(text), found.get(("background", "weak"))
        claimed = text.lstrip().startswith('"') and ("result", "claim") in found
        if claimed or (past and not (known and known.start <= past.start)):
            return Reading(Role.RESULT, method)
    return Reading(None, method)


def _happened(text: str) -> bool:
    """Whether a clause tells what happened: "the drug is linked to falls" tells how things are."""
    return bool(cues.patterns("roles")["past"].search(_events(text)))


def _past(text: str) -> cues.Match | None:
    """The bare past tense of an outcome: "the pain eased", never "people at increased risk"."""
    return next((match for match in cues.matches("results", _events(text)) if match.strength == "past"), None)


def _events(text: str) -> str:
    """A clause with blanks for the participles that tell how things are."""
    return cues.patterns("roles")["state"].sub(lambda state: " " * len(state[0]), text)


def _outweighed(text: str, background: cues.Match, found: Found) -> bool:
    """Whether a background cue stands inside a finding: after its frame, or in an aside beside one or a comparison."""
    frame = found.get(("result", "strong"))
    if frame and frame.start < background.start:
        return True
    asides = cues.patterns("roles")["aside"].finditer(text)
    aside = any(match.start() <= background.start < match.end() for match in asides)
    return aside and (frame is not None or ("result", "stat") in found)
