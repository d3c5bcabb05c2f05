"""The evidence ladder: where the results of an article stand from cells to approved, as SVG that prints in black."""

from base64 import b64encode
from collections.abc import Sequence
from html import escape

from rag import catalogue
from rag.domain import Article, Role, Stage

RUNGS = tuple(stage for stage in reversed(Stage) if stage not in (Stage.UNCLEAR, Stage.REVIEW_OPINION))
"""Highest first, as a ladder is read."""
TO_COME = (Role.ONGOING, Role.PLANNED)
ROW, WIDTH, LEFT = 26, 460, 22
"""Units of a rung's height, of the picture's width, and of the place of the pole from its left edge."""


def ladder(articles: Sequence[Article]) -> str:
    """Return the ladder of some articles as an SVG element, "" where no result of theirs stands on it.

    A full mark is a result, an empty one a study with no results yet; a text alternative says the same.
    """
    found = {f.stage for a in articles for f in a.findings if f.role is Role.RESULT} & set(RUNGS)
    coming = ({f.stage for a in articles for f in a.findings if f.role in TO_COME} & set(RUNGS)) - found
    if not found:
        return ""
    height = ROW * (len(RUNGS) + 1)
    rows = "".join(_row(n, stage, stage in found, stage in coming) for n, stage in enumerate(RUNGS))
    pole = f'<line x1="{LEFT}" y1="{ROW}" x2="{LEFT}" y2="{ROW * len(RUNGS)}" stroke="currentColor"/>'
    return (
        f'<svg class="ladder" role="img" viewBox="0 0 {WIDTH} {height}" xmlns="http://www.w3.org/2000/svg" '
        f'font-family="sans-serif" font-size="14" fill="currentColor"><title>The evidence ladder</title>'
        f"<desc>{escape(alternative(articles))}</desc>{pole}{rows}</svg>"
    )


def ladder_image(articles: Sequence[Article]) -> str:
    """Return the ladder as an `img` element that holds its picture, for where no SVG element is let through."""
    if not (drawn := ladder(articles)):
        return ""
    held = b64encode(drawn.encode()).decode()
    return f'<img class="ladder" alt="{escape(alternative(articles))}" src="data:image/svg+xml;base64,{held}">'


def alternative(articles: Sequence[Article]) -> str:
    """Say in words what the ladder shows, lowest rung first."""
    findings = [finding for article in articles for finding in article.findings]
    found = {f.stage for f in findings if f.role is Role.RESULT}
    coming = {f.stage for f in findings if f.role in TO_COME} - found
    said = [f"Results: {_named(found)}." if found & set(RUNGS) else "No result stands on the ladder."]
    if coming & set(RUNGS):
        said.append(f"No results yet: {_named(coming)}.")
    places = sorted(len(RUNGS) - RUNGS.index(stage) for stage in found if stage in RUNGS)
    if places:
        *others, last = map(str, places)
        named = f"rungs {', '.join(others)} and {last}" if others else f"rung {last}"
        said.append(f"That is {named} of {len(RUNGS)}, counted from below.")
    return " ".join(said)


def _named(stages: set[Stage]) -> str:
    return "; ".join(_label(stage) for stage in reversed(RUNGS) if stage in stages)


def _label(stage: Stage) -> str:
    return catalogue.render(f"badge_{stage}", "en", {})


def _row(n: int, stage: Stage, found: bool, coming: bool) -> str:
    y = ROW * (n + 1)
    rung = f'<line x1="{LEFT - 7}" y1="{y}" x2="{LEFT + 7}" y2="{y}" stroke="currentColor"/>'
    if found:
        rung = f'<circle cx="{LEFT}" cy="{y}" r="9"/>'
    elif coming:
        rung = f'<circle cx="{LEFT}" cy="{y}" r="8" fill="none" stroke="currentColor" stroke-dasharray="3 2"/>'
    said = " ◀ results here" if found else " (no results yet)" if coming else ""
    weight = ' font-weight="bold"' if found else ""
    return f'{rung}<text x="{LEFT + 20}" y="{y + 5}"{weight}>{escape(_label(stage))}{said}</text>'
