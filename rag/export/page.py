"""A Brief as one HTML file that prints well and fetches nothing; every character of an article's is escaped."""

from collections.abc import Callable, Iterator, Sequence
from html import escape
from importlib import resources

from rag.brief import Brief, Section
from rag.claim import Claim, Note
from rag.domain import Article
from rag.export.ladder import ladder
from rag.export.markdown import address, exact_words
from rag.export.plaintext import source_line

Draw = Callable[[Sequence[Article]], str]
"""What draws the ladder of some articles."""
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""Nothing may be loaded or run, whatever a text holds."""
FOOT = "General information, not medical advice. It comes from a news article and can be wrong."


def page(brief: Brief) -> str:
    """Return the whole file: title, first line, sections with the exact words, ladder, sources, notices."""
    style = resources.files("rag.export").joinpath("page.css").read_text(encoding="utf8")
    title = escape(brief.title.text)
    return (
        f'<!doctype html>\n<html lang="{escape(brief.language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>\n{style}</style>\n</head>\n<body>\n{body(brief)}\n</body>\n</html>\n"
    )


def body(brief: Brief, depth: int = 1, draw: Draw = ladder) -> str:
    """Return what stands on the page, its title a heading of that depth, to be shown within another page."""
    return "\n".join(_blocks(brief, f"h{depth}", f"h{depth + 1}", draw(brief.articles)))


def _blocks(brief: Brief, top: str, part: str, picture: str) -> Iterator[str]:
    numbers = {article.id: n for n, article in enumerate(brief.articles, 1)}
    yield f'<{top}>{escape(brief.title.text)}</{top}>\n<p class="lead">{escape(brief.bottom_line)}</p>'
    if brief.standing:
        yield f"<p>{escape(brief.standing)}</p>"
    for section in brief.sections:
        yield f"<{part}>{escape(section.heading.text)}</{part}>\n{_lines(section, numbers)}"
        if picture and section.heading.id == "heading_sure":
            yield f"<{part}>Where this stands</{part}>\n{picture}"
    if brief.to_say:
        said = "\n".join(f"<li>{escape(caveat.text(brief.language))}</li>" for caveat in brief.to_say)
        yield f"<{part}>Keep in mind</{part}>\n<ul>\n{said}\n</ul>"
    if brief.articles:
        listed = "\n".join(_source(article) for article in brief.articles)
        yield f"<{part}>Sources</{part}>\n<ol>\n{listed}\n</ol>"
    notices = "".join(f"<p>{escape(notice)}</p>" for notice in brief.notices)
    yield f"<footer>{notices}<p>{FOOT}</p></footer>"


def _lines(section: Section, numbers: dict[str, int]) -> str:
    if not section.columns:
        lines = "\n".join(f"<li>{_line(line, numbers)}</li>" for line in section.lines)
        return f"<ul>\n{lines}\n</ul>"
    heads = "".join(f'<th scope="col">{escape(column.text)}</th>' for column in section.columns)
    rows = "\n".join(f"<tr>{''.join(f'<td>{_line(cell, numbers)}</td>' for cell in row)}</tr>" for row in section.rows)
    return f'<div class="wide"><table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table></div>'


def _line(line: Claim | Note, numbers: dict[str, int]) -> str:
    if isinstance(line, Note):
        return escape(line.text)
    cited = "".join(f"<sup>[{n}]</sup>" for n in sorted({numbers[c.article] for c in line.citations}))
    said = f"“{line.text}”" if line.verbatim else line.text
    quotes = "".join(f"<blockquote>“{escape(quote)}”</blockquote>" for quote in exact_words(line))
    return f"{escape(said)}{cited}{quotes}"


def _source(article: Article) -> str:
    url = address(article)
    link = f' <a href="{escape(url)}" rel="noreferrer">{escape(url)}</a>' if url else ""
    return f"<li>News article: {escape(source_line(article.source))}{link}</li>"
