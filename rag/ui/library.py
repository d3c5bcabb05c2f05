"""The library: which articles there are, what each reports and how far it can be trusted, and its whole text."""

from html import escape

import streamlit as st

from rag.domain import Article, Caveat, Finding, Role, Span
from rag.ui import article, parts, words

MARKED = "marked"


def page() -> None:
    """Draw the list of articles, or the one that the address names."""
    chain = parts.chain()
    articles = {found.id: found for found in chain.library.articles()}
    wanted = st.query_params.get("article")
    if wanted in articles:
        _one(articles[wanted])
        return
    st.html('<h1 class="cv-page">Library</h1>')
    if wanted:
        st.html('<div class="cv-box"><p>That article is not in the library any more.</p></div>')
    if not articles:
        parts.empty_library()
        return
    count = "1 article" if len(articles) == 1 else f"{len(articles)} articles"
    st.html(f'<p class="cv-note">{count}. Every answer comes from these and nothing else.</p>')
    for found in articles.values():
        _entry(found)
    st.html(f'<p class="cv-note">To add articles, close this app, then type: <code>{parts.INGEST}</code></p>')


def _entry(found: Article) -> None:
    results = sum(finding.role is Role.RESULT for finding in found.findings)
    counted = "1 result reported" if results == 1 else f"{results or 'No'} results reported"
    facts = f'<p class="cv-stated">{escape(words.stated(found.source))}</p><p class="cv-stated">{counted}</p>'
    with st.container(border=True, key=f"entry-{found.id}"):
        st.html(f'<h2 class="cv-title">{escape(found.source.title)}</h2>{facts}{words.article_badges_html(found)}')
        st.button("Read this article", key=f"read-{found.id}", on_click=_open, args=(found.id,))


def _open(wanted: str | None) -> None:
    """Put the article's id in the address, so that the page can be reloaded and gone back from."""
    st.session_state.pop(MARKED, None)
    if wanted is None:
        del st.query_params["article"]
    else:
        st.query_params["article"] = wanted


def _mark(span: Span) -> None:
    st.session_state[MARKED] = span


def _one(found: Article) -> None:
    """Show one article: origin, findings, limits, and the text with the chosen words marked."""
    st.html('<h1 class="cv-hidden">Library</h1>')
    st.button("Back to all articles", key="back", type="tertiary", on_click=_open, args=(None,))
    st.html(article.heading_html(found))
    st.html('<h3 class="cv-heading">What it reports</h3>')
    if not found.findings:
        st.html('<p class="cv-note">No test or study result was found in this article.</p>')
    for n, finding in enumerate(found.findings):
        _finding(finding, n)
    st.html('<h3 class="cv-heading">Keep in mind</h3>')
    for n, caveat in enumerate(found.caveats):
        _caveat(caveat, n)
    st.html('<h3 class="cv-heading">The whole text</h3>')
    marked: Span | None = st.session_state.get(MARKED)
    article.show_text(found, marked if marked and marked.inside(found.text) else None)


def _finding(finding: Finding, n: int) -> None:
    label = ", ".join(filter(None, (words.stage(finding.stage), words.size(finding))))
    st.html(
        f'<div class="cv-finding"><p class="cv-label">{escape(label)} · {words.ROLES[finding.role]}</p>'
        f"<blockquote>{escape(finding.span.text)}</blockquote></div>"
    )
    st.button("Show in the text", key=f"finding-{n}", type="tertiary", on_click=_mark, args=(finding.span,))


def _caveat(caveat: Caveat, n: int) -> None:
    st.html(f'<p class="cv-limit">{escape(caveat.text())}</p>')
    if caveat.span:
        st.button("Show in the text", key=f"caveat-{n}", type="tertiary", on_click=_mark, args=(caveat.span,))


with parts.guard():
    page()
