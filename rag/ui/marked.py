"""A whole text with every finding and caveat marked in place: numbers name the findings, letters the caveats.

A mark is a link to the entry that explains it, and an entry one to its mark, so a reader goes to and fro by a tap or by
the keyboard. `prefix` keeps the places of several texts on one page apart.
"""

import string
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from itertools import pairwise

from rag.domain import Article, Caveat, Finding, Role
from rag.ui import words
from rag.ui.article import why_removed

ROLES = {
    Role.RESULT: "Result",
    Role.ONGOING: "Under way, no results yet",
    Role.PLANNED: "Planned",
    Role.BACKGROUND: "Background",
    Role.ASPIRATION: "A hope",
}
"""A finding's role in a word or two, for the line it stands in."""
LEGEND = (
    '<p class="cv-legend"><span class="cv-label">In the text:</span> <mark class="cv-result">a result</mark> '
    '<mark class="cv-other">planned, under way, known before, or a hope</mark> '
    '<span class="cv-words">words a limit rests on</span> <span class="cv-removed">left out, never quoted</span>. '
    "Press a number or a letter to see what it stands for.</p>"
)
STAGED = (Role.RESULT, Role.ONGOING, Role.PLANNED)
"""Roles of studies, which were or will be done in something."""


@dataclass(slots=True)
class Marks:
    """What begins and ends at each place of a text: (class, label before the words, label behind them)."""

    begins: dict[int, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    ends: dict[int, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))

    def put(self, start: int, end: int, kind: str, before: str = "", behind: str = "") -> None:
        """Mark a place, with a label before its words or behind them."""
        self.begins[start].append((kind, before))
        self.ends[end].append((kind, behind))


def text_html(article: Article, prefix: str = "") -> str:
    """Write the text as HTML in which nothing of it is live: every character of it is escaped."""
    region = 'class="cv-text cv-marked" tabindex="0" role="region" aria-label="Text, with findings and limits marked"'
    return f"<div {region}>{''.join(_pieces(article.text, _marks(article, prefix)))}</div>"


def letters(article: Article) -> dict[int, str]:
    """Name the caveats that rest on words of the text: a, b … z, aa, bb …, by their number in the article."""
    quoted = (n for n, caveat in enumerate(article.caveats) if caveat.span)
    alphabet = string.ascii_lowercase
    return {n: alphabet[i % len(alphabet)] * (1 + i // len(alphabet)) for i, n in enumerate(quoted)}


def label(finding: Finding, n: int) -> str:
    """Name a finding by its number, its role and, where it is of a study, what that was done in."""
    studied = (words.stage(finding.stage), words.species(finding), words.size(finding))
    return " · ".join([f"{n}", ROLES[finding.role], *(filter(None, studied) if finding.role in STAGED else ())])


def entry_id(kind: str, name: object, prefix: str = "") -> str:
    """Name the place where a finding or caveat is explained."""
    return f"{prefix}{kind}-{name}"


def mark_id(kind: str, name: object, prefix: str = "") -> str:
    """Name the place in the text where a finding or caveat is marked."""
    return f"{prefix}mark-{kind}-{name}"


def _marks(article: Article, prefix: str) -> Marks:
    marks = Marks()
    behind, told = None, ""
    for gone in article.removed:
        joined = behind is not None and not article.text[behind : gone.start].strip()
        why = why_removed(gone)
        said = "" if joined and why == told else f'<span class="cv-tag">{escape(why)}</span>'
        marks.put(gone.start, gone.end, "removed", said)
        behind, told = gone.end, why
    for n, finding in enumerate(article.findings, 1):
        kind = "result" if finding.role is Role.RESULT else "other"
        tag = _link(
            "finding", n, prefix, f'class="cv-tag" aria-label="{escape(_spoken(finding, n))}"', label(finding, n)
        )
        marks.put(finding.span.start, finding.span.end, kind, tag)
    for number, letter in letters(article).items():
        caveat: Caveat = article.caveats[number]
        if caveat.span:
            note = _link("limit", letter, prefix, f'aria-label="Limit {letter}"', letter)
            marks.put(caveat.span.start, caveat.span.end, "words", behind=f'<sup class="cv-letter">{note}</sup>')
    return marks


def _spoken(finding: Finding, n: int) -> str:
    return f"Finding {label(finding, n)}".replace(" · ", ", ")


def _link(kind: str, name: object, prefix: str, attributes: str, said: str) -> str:
    place, entry = mark_id(kind, name, prefix), entry_id(kind, name, prefix)
    return f'<a {attributes} id="{place}" href="#{entry}">{escape(said)}</a>'


def _pieces(text: str, marks: Marks) -> Iterator[str]:
    """Cut the text where a mark begins or ends, and yield each piece in the marks it lies in."""
    cuts = sorted({0, len(text), *marks.begins, *marks.ends})
    open_now: list[str] = []
    for start, end in pairwise(cuts):
        for kind, behind in marks.ends.get(start, ()):
            open_now.remove(kind)
            yield behind
        for kind, before in marks.begins.get(start, ()):
            open_now.append(kind)
            yield before
        yield _wrapped(escape(text[start:end]), open_now)
    yield from (behind for _, behind in marks.ends.get(len(text), ()))


def _wrapped(words_html: str, kinds: list[str]) -> str:
    if "words" in kinds:
        words_html = f'<span class="cv-words">{words_html}</span>'
    if "removed" in kinds:
        return f'<span class="cv-removed">{words_html}</span>'
    kind = "result" if "result" in kinds else "other" if "other" in kinds else None
    return f'<mark class="cv-{kind}">{words_html}</mark>' if kind else words_html
