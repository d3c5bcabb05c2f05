"""A Brief as Markdown in which nothing out of an article is live: every sign that Markdown reads is escaped."""

import re
from collections.abc import Iterator

from rag.brief import Brief, Section
from rag.claim import Claim, Note
from rag.domain import Article
from rag.export.ladder import alternative
from rag.export.plaintext import source_line

SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~$])")
BEGINS = re.compile(r"^([-+]|\d+[.)])(?=\s)")


def markdown(brief: Brief) -> str:
    """Return title, sections, the exact words of each claim, the ladder in words, sources and notices."""
    return "\n\n".join(block for block in _blocks(brief) if block) + "\n"


def literal(text: str) -> str:
    """Escape a text so that Markdown shows it as it is, on one line."""
    line = SIGNS.sub(r"\\\1", " ".join(text.split()).replace("&", "&amp;"))
    return BEGINS.sub(lambda match: f"{match[1][:-1]}\\{match[1][-1]}", line)


def address(article: Article) -> str | None:
    """Return an article's address where it can be opened from a page: http and https, nothing else."""
    url = article.source.url or ""
    return url if re.fullmatch(r"https?://[^\s<>\"'()\\]+", url) else None


def exact_words(claim: Claim) -> list[str]:
    """Return the sentences a claim rests on, without one that the claim itself quotes in full."""
    quotes = (" ".join(citation.span.text.split()) for citation in claim.citations)
    return [quote for quote in quotes if quote != claim.text]


def _blocks(brief: Brief) -> Iterator[str]:
    numbers = {article.id: n for n, article in enumerate(brief.articles, 1)}
    yield f"# {literal(brief.title.text)}"
    yield f"**{literal(brief.bottom_line)}**"
    yield literal(brief.standing or "")
    for section in brief.sections:
        lines = list(_table(section, numbers)) if section.columns else []
        lines += [] if lines else [line for shown in section.lines for line in _line(shown, numbers)]
        yield "\n".join([f"## {literal(section.heading.text)}", "", *lines])
    yield "\n".join(f"- {literal(caveat.text(brief.language))}" for caveat in brief.to_say)
    if any(article.stages for article in brief.articles):
        yield f"## Where this stands\n\n{literal(alternative(brief.articles))}"
    if brief.articles:
        yield "\n".join(["## Sources", "", *(_source(n, article) for n, article in enumerate(brief.articles, 1))])
    yield "\n".join(f"*{literal(notice)}*" for notice in brief.notices)


def _line(line: Claim | Note, numbers: dict[str, int]) -> Iterator[str]:
    yield f"- {_said(line, numbers)}"
    if isinstance(line, Claim):
        yield from (f"  > “{literal(quote)}”" for quote in exact_words(line))


def _table(section: Section, numbers: dict[str, int]) -> Iterator[str]:
    """A table, and under it the exact words of each claim in it."""
    yield f"| {' | '.join(literal(column.text) for column in section.columns)} |"
    yield f"|{' --- |' * len(section.columns)}"
    for row in section.rows:
        yield f"| {' | '.join(_said(cell, numbers) for cell in row)} |"
    yield ""
    for claim in section.lines:
        if isinstance(claim, Claim):
            yield from (f"> {_cited(claim, numbers)} “{literal(quote)}”" for quote in exact_words(claim))


def _said(line: Claim | Note, numbers: dict[str, int]) -> str:
    return literal(line.text) if isinstance(line, Note) else f"{literal(line.shown)}{_cited(line, numbers)}"


def _cited(claim: Claim, numbers: dict[str, int]) -> str:
    return literal("".join(f" [{n}]" for n in sorted({numbers[citation.article] for citation in claim.citations})))


def _source(n: int, article: Article) -> str:
    url = address(article)
    return f"{n}. News article: {literal(source_line(article.source))}" + (f" <{url}>" if url else "")
