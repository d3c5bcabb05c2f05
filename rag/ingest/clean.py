"""Tell an article from the furniture of its page, line by line. Nothing is edited: every part is a span of the text."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from rag.domain import Document, Sentence, Span
from rag.ingest import furniture
from rag.ingest.extract import Extract
from rag.ingest.headline import dateline, find, lead
from rag.ingest.layout import Block, Layout
from rag.ingest.lines import Line, key, lines
from rag.text.sentences import split

_BULLET = re.compile(r"(?:[-\u2013\u2014\u2022*\u00b7\u25aa\u25cf]|\(?\d{1,2}[.)])[\s\u00a0]+")
_ASIDE = re.compile(r"\([^()]{0,60}\)\.?")
_CREDIT = re.compile(
    r"\b(?:study|research|trial|work|project|investigation)\b[^.]{0,80}\b(?:funded|supported|financed|sponsored) by\b|"
    r"\b(?:funded|supported|financed|sponsored) (?:the|this) (?:study|research|trial|work|project)\b|"
    r"\b(?:funding|support) for (?:the|this) (?:study|research|trial|work|drug)\b[^.]{0,60}\b(?:came|was|were)\b"
)
"""Who paid is told below the end mark of many press releases, and is the article's nevertheless."""
_RUNNING = 3
"""Times a short line stands in a text to be a running header, where it is not the title."""
_LINK = 25
"""Words a link in a list has at most; the longest among 21 articles has 14."""


def clean(document: Document) -> Layout:
    """Lay out a document: its title, the lines never to be cited, headings, and the paragraphs of prose.

    What its format told to be furniture is set aside first: no line is judged by one that is not the article's.
    """
    given = document.furniture if isinstance(document, Extract) else ()
    starts = [span.start for span in given]
    found = [line for line in lines(document.text) if not _within(line, given, starts)]
    title = find(found, document.title)
    return _laid_out(found, _kinds(found, title), title, given)


def _within(line: Line, given: Sequence[Span], starts: Sequence[int]) -> bool:
    at = bisect_right(starts, line.span.start) - 1
    return at >= 0 and line.span.start < given[at].end


def sentences(article_id: str, layout: Layout, text: str) -> tuple[Sentence, ...]:
    """Number the citable sentences, each once: in its longest paragraph, and not where it repeats a heading."""
    headings = {key(span.text) for span in (layout.title, *layout.headings) if span}
    candidates = [(block, span) for block in layout.blocks for span in _sentences(block, text)]
    best: dict[str, int] = {}
    for block, span in candidates:
        best[key(span.text)] = max(best.get(key(span.text), 0), len(block.span.text))
    kept: list[Sentence] = []
    seen = set(headings)
    for block, span in candidates:
        name = key(span.text)
        if name not in seen and len(block.span.text) == best[name]:
            seen.add(name)
            kept.append(Sentence(article_id, len(kept), block.paragraph, block.section, span))
    return tuple(kept)


def _sentences(block: Block, text: str) -> list[Span]:
    bullet = _BULLET.match(block.span.text)
    start = block.span.start + (bullet.end() if bullet else 0)
    return [
        s
        for s in split(text[start : block.span.end], start)
        if not _ASIDE.fullmatch(s.text) and any(c.isalpha() for c in s.text)
    ]


def _kinds(found: Sequence[Line], title: int | None) -> list[str]:
    """Tell of each line what it is: title, heading, prose or removed."""
    keys = [key(line.text) for line in found]
    name = keys[title] if title is not None else ""
    start = max(lead(found), 0 if title is None else title + 1)
    times = Counter(keys)
    total, passed = sum(line.words for line in found if line.prose), 0
    mode, kinds = "", []
    for i, line in enumerate(found):
        kind = furniture.kind(line.text)
        if i == title:
            told = "title"
        elif name and keys[i] == name:
            told, mode = "heading", mode if mode == "tail" else ""
        elif mode == "tail" and line.prose and not kind and _CREDIT.search(line.text):
            told = "prose"
        elif mode == "tail" or kind:
            told, mode = "removed", _mode(mode, kind, passed * 2 >= total)
        elif mode == "list" and _link(line, found[i + 1 : i + 2]):
            told = "removed"
        elif line.prose and not (i < start and dateline(line)):
            told, mode = ("removed", mode) if mode == "about" else ("prose", "")
        elif i < start and (title is None or i < title) or dateline(line) or times[keys[i]] >= _RUNNING:
            told = "removed"
        else:
            about = furniture.about(line.text, found[i + 1].text if i + 1 < len(found) else "")
            told, mode = ("removed", "about") if about else ("heading", "")
        passed += line.words if line.prose else 0
        kinds.append(told)
    return _without_loose_ends(kinds)


def _mode(mode: str, kind: str | None, late: bool) -> str:
    """What a line of furniture does to those after it. Only in its second half does one end the article: a link to the
    comments may stand on top."""
    if mode == "tail" or (kind == "tail" and late):
        return "tail"
    return "list" if kind == "list" else mode if mode == "list" else ""


def _link(line: Line, following: Sequence[Line]) -> bool:
    """Whether a line under a list heading is a link: short, without full stop, and no heading of the prose below it."""
    if following and following[0].follows and following[0].prose and following[0].words > _LINK:
        return False
    ends = line.text.rstrip("\"'\u201d\u2019)")[-1:]
    return line.words <= (_LINK // 3 if ends == "." else _LINK)


def _without_loose_ends(kinds: list[str]) -> list[str]:
    """Headings after the last paragraph head nothing: they are the foot of the page."""
    last = max((i for i, kind in enumerate(kinds) if kind == "prose"), default=len(kinds))
    return [("removed" if kind == "heading" and i > last else kind) for i, kind in enumerate(kinds)]


def _laid_out(found: Sequence[Line], kinds: Sequence[str], title: int | None, given: Sequence[Span]) -> Layout:
    blocks: list[Block] = []
    section, opened = 0, False
    for line, kind in zip(found, kinds, strict=True):
        if kind == "heading" and opened:
            section, opened = section + 1, False
        if kind == "prose":
            opened = True
            blocks.append(Block(line.span, len(blocks), section))
    told = [part for line, kind in zip(found, kinds, strict=True) if kind == "removed" for part in line.parts]
    removed = tuple(sorted([*told, *given], key=lambda span: span.start))
    headings = tuple(line.span for line, kind in zip(found, kinds, strict=True) if kind == "heading")
    return Layout(None if title is None else found[title].span, removed, headings, tuple(blocks))
