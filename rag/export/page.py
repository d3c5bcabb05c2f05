"""A Brief as one HTML file that prints well and fetches nothing; every character of an article's is escaped."""

from collections.abc import Callable, Iterator, Sequence
from html import escape
from importlib import resources

from rag.brief import Brief
from rag.domain import Article
from rag.export.ladder import ladder
from rag.export.sheet import Block, Line, Reference, Sheet, sheet

Draw = Callable[[Sequence[Article], str], str]
"""What draws the ladder of some articles in a language."""
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""Nothing may be loaded or run, whatever a text holds."""


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
    picture = draw(brief.articles, brief.language)
    return "\n".join(_blocks(sheet(brief), f"h{depth}", f"h{depth + 1}", picture))


def _blocks(laid: Sheet, top: str, part: str, picture: str) -> Iterator[str]:
    about = f'<p class="about">{escape(laid.about)}</p>\n' if laid.about else ""
    yield f'<{top}>{escape(laid.title)}</{top}>\n{about}<p class="lead">{escape(laid.lead)}</p>'
    if laid.standing:
        yield f"<p>{escape(laid.standing)}</p>"
    stands = f"<{part}>{escape(laid.word('heading_stands'))}</{part}>\n{picture}" if picture else ""
    for block in laid.blocks:
        yield f"<section>\n<{part}>{escape(block.heading)}</{part}>\n{_lines(block)}\n</section>"
        if block.id == "heading_sure":
            yield stands
            stands = ""
    yield stands
    if laid.references:
        listed = "\n".join(map(_source, laid.references))
        yield f"<{part}>{escape(laid.word('heading_sources'))}</{part}>\n<ol>\n{listed}\n</ol>"
    yield f"<footer>{''.join(f'<p>{escape(line)}</p>' for line in laid.foot)}</footer>"


def _lines(block: Block) -> str:
    if not block.columns:
        lines = "\n".join(f"<li>{_line(line)}</li>" for line in block.lines)
        return f"<ul>\n{lines}\n</ul>"
    heads = "".join(f'<th scope="col">{escape(column)}</th>' for column in block.columns)
    rows = "\n".join(f"<tr>{''.join(map(_cell, block.columns, row))}</tr>" for row in block.rows)
    return f'<div class="wide"><table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table></div>'


def _cell(column: str, line: Line) -> str:
    return f'<td data-head="{escape(column)}">{_line(line)}</td>'


def _line(line: Line) -> str:
    cited = f"<sup>{line.cited}</sup>" if line.cites else ""
    quotes = "".join(f"<blockquote>“{escape(quote)}”</blockquote>" for quote in line.quotes)
    return f"{escape(line.text)}{cited}{quotes}"


def _source(reference: Reference) -> str:
    url = escape(reference.url or "")
    link = f' <a href="{url}" rel="noreferrer">{url}</a>' if url else ""
    return f"<li>{escape(reference.text)}{link}</li>"
