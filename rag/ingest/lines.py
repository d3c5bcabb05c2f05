"""The lines of a page as its paragraphs and headings: a hard-wrapped paragraph is one, with its place in the text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.domain import Span
from rag.text.words import normal

_PHYSICAL = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")
_END = re.compile(
    r"[.!?\u2026:;\u3002\uff01\uff1f\u0964][\"'\u201d\u2019\u00bb)\]]*(?:\s?\[\s*\d[\d\s,\u2013-]{0,20}\]){0,4}$"
)
_ASIDE = re.compile(r"\s\([^()]{0,60}\)\.?$")
_WITHIN = re.compile(r"[\w)%\"'\u201d\u2019][.][\"'\u201d\u2019)\]]*\s+[A-Z\"\u201c]")
_BULLET = re.compile(r"[-\u2013\u2014\u2022*\u00b7\u25aa\u25cf][\s\u00a0]+\S")
_HASHES = re.compile(r"^#{1,6}\s+(?=\S)(?!#)")
_MARKS = re.compile(r"[\W_]+")
_UNWRAPPED = 40
"""Characters a line has at least where a paragraph was broken into lines to fit a width."""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph or heading: its place, physical lines and words, and whether no blank line stands before it."""

    span: Span
    parts: tuple[Span, ...]
    words: int
    follows: bool

    @property
    def text(self) -> str:
        """The characters of the line."""
        return self.span.text

    @property
    def prose(self) -> bool:
        """Whether it reads as sentences and not as a heading, a label or a link."""
        tail = _ASIDE.sub("", self.text[-120:])
        end = _END.search(tail)
        if _BULLET.match(self.text):
            return self.words >= 3
        if end and end.group()[0] in ".;\u2026\u3002\uff01\uff1f\u0964":
            return self.words >= 3 or not self.text.isascii()
        if self.words >= 25 or (self.words >= 12 and _WITHIN.search(self.text[:400]) is not None):
            return True
        return bool(end) and self.words >= (9 if end and end.group()[0] == ":" else 15)


def lines(text: str) -> list[Line]:
    """Read a text as lines, joining those that only a narrow page broke apart."""
    groups: list[list[Span]] = []
    last = None
    for found in _PHYSICAL.finditer(text):
        stripped = _HASHES.sub("", found.group().strip())
        if not stripped:
            last = None
            continue
        start = found.start() + found.group().index(stripped)
        span = Span(start, start + len(stripped), stripped)
        if last is not None and text[last : found.start()].count("\n") <= 1:
            groups[-1].append(span)
        else:
            groups.append([span])
        last = found.end()
    return [line for group in groups for line in _paragraphs(text, group)]


def key(text: str) -> str:
    """Reduce a text to its letters and digits, so that two printings of a line are equal."""
    return _MARKS.sub("", normal(text))


def _paragraphs(text: str, group: Sequence[Span]) -> list[Line]:
    """Join a run of lines into paragraphs, line by line, where the run was wrapped."""
    wrapped = _wrapped(group)
    joined: list[list[Span]] = [[group[0]]]
    for before, span in zip(group, group[1:], strict=False):
        if wrapped and len(before.text) >= _UNWRAPPED and not _BULLET.match(span.text):
            joined[-1].append(span)
        else:
            joined.append([span])
    return [_line(text, parts, follows=i > 0) for i, parts in enumerate(joined)]


def _wrapped(group: Sequence[Span]) -> bool:
    """Whether most lines of a run break off within a sentence, which goes on with a small letter."""
    broken = sum(
        1 for a, b in zip(group, group[1:], strict=False) if not _END.search(a.text[-60:]) and b.text[0].islower()
    )
    return broken * 2 >= len(group) - 1 > 0


def _line(text: str, parts: Sequence[Span], follows: bool) -> Line:
    start, end = parts[0].start, parts[-1].end
    return Line(Span(start, end, text[start:end]), tuple(parts), sum(len(part.text.split()) for part in parts), follows)
