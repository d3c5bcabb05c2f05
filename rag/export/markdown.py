"""A Brief as Markdown in which nothing out of an article is live: every sign that Markdown reads is escaped."""

import re
from collections.abc import Iterator

from rag.brief import Brief
from rag.export.sheet import Block, Line, Reference, Sheet, sheet

SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~$])")
BEGINS = re.compile(r"^([-+]|\d+[.)])(?=\s)")


def markdown(brief: Brief) -> str:
    """Return title, sections, the exact words of each claim, the ladder in words, sources and notices."""
    return "\n\n".join(block for block in _blocks(sheet(brief)) if block) + "\n"


def literal(text: str) -> str:
    """Escape a text so that Markdown shows it as it is, on one line."""
    line = SIGNS.sub(r"\\\1", " ".join(text.split()).replace("&", "&amp;"))
    return BEGINS.sub(lambda match: f"{match[1][:-1]}\\{match[1][-1]}", line)


def _blocks(laid: Sheet) -> Iterator[str]:
    yield f"# {literal(laid.title)}"
    yield literal(laid.about)
    yield f"**{literal(laid.lead)}**"
    yield literal(laid.standing)
    for block in laid.blocks:
        lines = _table(block) if block.columns else (line for shown in block.lines for line in _item(shown))
        yield "\n".join([f"## {literal(block.heading)}", "", *lines])
    if laid.ladder:
        yield f"## {laid.word('heading_stands')}\n\n{literal(laid.ladder)}"
    if laid.references:
        listed = (_source(n, reference) for n, reference in enumerate(laid.references, 1))
        yield "\n".join([f"## {laid.word('heading_sources')}", "", *listed])
    yield "\n\n".join(f"*{literal(line)}*" for line in laid.foot)


def _item(line: Line) -> Iterator[str]:
    yield f"- {_said(line)}"
    yield from (f"  > “{literal(quote)}”" for quote in line.quotes)


def _table(block: Block) -> Iterator[str]:
    """A table, and under it the exact words of each claim in it."""
    yield f"| {' | '.join(map(literal, block.columns))} |"
    yield f"|{' --- |' * len(block.columns)}"
    yield from (f"| {' | '.join(_said(cell) for cell in row)} |" for row in block.rows)
    yield ""
    for line in block.quoted:
        yield from (f"> {literal(line.cited)} “{literal(quote)}”" for quote in line.quotes)


def _said(line: Line) -> str:
    return literal(f"{line.text} {line.cited}".rstrip())


def _source(n: int, reference: Reference) -> str:
    return f"{n}. {literal(reference.text)}" + (f" <{reference.url}>" if reference.url else "")
