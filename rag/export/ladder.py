"""The evidence ladder: where the results of an article stand from cells to approved, as SVG that prints in black."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from rag import catalogue
from rag.domain import Article, Role, Stage

RUNGS = tuple(stage for stage in reversed(Stage) if stage not in (Stage.UNCLEAR, Stage.REVIEW_OPINION))
"""Highest first, as a ladder is read."""
TO_COME = (Role.ONGOING, Role.PLANNED)
ROW, WIDTH, LEFT = 26, 460, 22
"""Units of a rung's height, of the picture's width, and of the place of the pole from its left edge."""


@dataclass(frozen=True, slots=True)
class Rung:
    """A kind of evidence on the ladder, and whether a result stands on it, or a study that has none yet."""

    label: str
    found: bool
    coming: bool
    said: str


def rungs(articles: Sequence[Article], language: str = "en") -> tuple[Rung, ...]:
    """Return the rungs of the ladder, highest first, nothing where no result of the articles stands on it."""
    found, coming = _standing(articles)
    if not found & set(RUNGS):
        return ()
    words = {stage: _said("ladder_here", language) for stage in found}
    words |= {stage: _said("ladder_no_result", language) for stage in coming}
    return tuple(
        Rung(_label(stage, language), stage in found, stage in coming, words.get(stage, "")) for stage in RUNGS
    )


def ladder(articles: Sequence[Article], language: str = "en") -> str:
    """Return the ladder of some articles as an SVG element, "" where no result of theirs stands on it.

    A full mark is a result, an empty one a study with no results yet; a text alternative says the same.
    """
    if not (drawn := rungs(articles, language)):
        return ""
    height = ROW * (len(RUNGS) + 1)
    rows = "".join(_row(n, rung) for n, rung in enumerate(drawn))
    pole = f'<line x1="{LEFT}" y1="{ROW}" x2="{LEFT}" y2="{ROW * len(RUNGS)}" stroke="currentColor"/>'
    return (
        f'<svg class="ladder" role="img" viewBox="0 0 {WIDTH} {height}" xmlns="http://www.w3.org/2000/svg" '
        f'font-family="sans-serif" font-size="14" fill="currentColor"><title>{_said("ladder", language)}</title>'
        f"<desc>{escape(alternative(articles, language))}</desc>{pole}{rows}</svg>"
    )


def ladder_image(articles: Sequence[Article], language: str = "en") -> str:
    """Return the ladder as an `img` element that holds its picture, for where no SVG element is let through."""
    if not (drawn := ladder(articles, language)):
        return ""
    held = b64encode(drawn.encode()).decode()
    alt = escape(alternative(articles, language))
    return f'<img class="ladder" alt="{alt}" src="data:image/svg+xml;base64,{held}">'


def alternative(articles: Sequence[Article], language: str = "en") -> str:
    """Say in words what the ladder shows, lowest rung first."""
    found, coming = _standing(articles)
    on = set(RUNGS)
    named = {"kinds": _named(found, language)}
    said = [_said("ladder_results", language, **named) if found & on else _said("ladder_none", language)]
    if coming & on:
        said.append(_said("ladder_coming", language, kinds=_named(coming, language)))
    places = sorted(len(RUNGS) - RUNGS.index(stage) for stage in found & on)
    if places:
        *others, last = map(str, places)
        slots = {"last": last, "all": str(len(RUNGS))} | ({"others": ", ".join(others)} if others else {})
        said.append(_said("ladder_rungs" if others else "ladder_rung", language, **slots))
    return " ".join(said)


def _standing(articles: Sequence[Article]) -> tuple[set[Stage], set[Stage]]:
    """The stages of results, and those of studies to come that have no result."""
    findings = [finding for article in articles for finding in article.findings]
    found = {f.stage for f in findings if f.role is Role.RESULT}
    return found, {f.stage for f in findings if f.role in TO_COME} - found


def _said(note: str, language: str, **slots: str) -> str:
    return catalogue.render(note, language, slots)


def _named(stages: set[Stage], language: str) -> str:
    return "; ".join(_label(stage, language) for stage in reversed(RUNGS) if stage in stages)


def _label(stage: Stage, language: str) -> str:
    return _said(f"badge_{stage}", language)


def _row(n: int, rung: Rung) -> str:
    y = ROW * (n + 1)
    mark = f'<line x1="{LEFT - 7}" y1="{y}" x2="{LEFT + 7}" y2="{y}" stroke="currentColor"/>'
    if rung.found:
        mark = f'<circle cx="{LEFT}" cy="{y}" r="9"/>'
    elif rung.coming:
        mark = f'<circle cx="{LEFT}" cy="{y}" r="8" fill="none" stroke="currentColor" stroke-width="1.5"/>'
    said = f" ◀ {rung.said}" if rung.found else f" ({rung.said})" if rung.coming else ""
    weight = ' font-weight="bold"' if rung.found else ""
    return f'{mark}<text x="{LEFT + 20}" y="{y + 5}"{weight}>{escape(rung.label)}{escape(said)}</text>'
