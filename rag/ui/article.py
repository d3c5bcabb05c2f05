"""The whole article as the reader sees it: exactly the cited words marked, the lines left out greyed and named so."""

from collections.abc import Iterator
from html import escape

import streamlit as st

from rag.domain import Article, Span
from rag.safety.cues import read
from rag.safety.injections import part
from rag.ui import scroll, words

LEFT_OUT = "left out: part of the page, not of the article"
ORDERS = "left out: speaks to a program, not to a reader"


def why_removed(gone: Span) -> str:
    """Say why a part of the text is never quoted."""
    return ORDERS if part(gone.text, read(gone.text)).refused else LEFT_OUT


def show_text(article: Article, cited: Span | None) -> None:
    """Show an article's text, scrolled to the cited words where there are any."""
    st.html(text_html(article, cited))
    if cited is not None:
        scroll.to_cited_words()


def heading_html(article: Article) -> str:
    """Say what an article is, where it comes from and what kind of evidence it reports."""
    badges = words.badges_html(article.findings, meaning=True)
    return f'<h2 class="cv-title">{escape(article.source.title)}</h2>{badges}{words.facts_html(article)}'


def brief_heading_html(article: Article) -> str:
    """Say the same in few lines, for a small window over the page."""
    stated = escape(words.stated(article.source))
    title = f'<h2 class="cv-title">{escape(article.source.title)}</h2><p class="cv-stated">{stated}</p>'
    return title + words.article_badges_html(article)


def text_html(article: Article, cited: Span | None) -> str:
    """Write an article's text as HTML in which nothing of the text is live: every character of it is escaped."""
    region = 'class="cv-text" tabindex="0" role="region" aria-label="Text of the article"'
    return f"<div {region}>{''.join(_pieces(article, cited))}</div>"


def _pieces(article: Article, cited: Span | None) -> Iterator[str]:
    """Yield the text cut at the removed and the cited spans. Touching removed lines are said to be left out once."""
    at, told = 0, ""
    marked = [cited] if cited else []
    removed = [span for span in article.removed if not (cited and span.overlaps(cited))]
    spans = sorted([*removed, *marked], key=lambda span: span.start)
    for span in spans:
        between = article.text[at : span.start]
        yield escape(between)
        if span is cited:
            yield f'<mark id="cited" tabindex="-1">{escape(span.text)}</mark>'
        else:
            why = why_removed(span)
            said = "" if told == why and not between.strip() else f'<span class="cv-tag">{why}</span>'
            yield f'{said}<span class="cv-removed">{escape(span.text)}</span>'
        at, told = span.end, "" if span is cited else why
    yield escape(article.text[at:])
