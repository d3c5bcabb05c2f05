"""What the pages Summaries and Explainers share: the choice of article and level, the preview, the downloads."""

import streamlit as st

from rag.brief import Brief
from rag.domain import Article
from rag.export.files import FORMATS, TYPES, exported, file_name
from rag.export.ladder import ladder_image
from rag.export.page import body
from rag.question import Kind, Level, Request
from rag.ui import parts, words

LABELS = {"md": "Markdown", "html": "Web page to print (HTML)", "csv": "Claims and quotes (CSV)"}
LEVELS = {Level.SIMPLE: "Simple", Level.STANDARD: "Standard", Level.DETAILED: "Detailed"}
ABOUT = ("An article", "A topic")
EXAMPLE = "Example: interferon and tumors"


def page(kind: Kind, heading: str, introduction: str) -> None:
    """Draw the choice, and what is written about the article chosen."""
    st.html(f'<h1 class="cv-page">{heading}</h1><p class="cv-note">{introduction}</p>')
    chain = parts.chain()
    articles = chain.library.articles()
    if not articles:
        parts.empty_library()
        return
    by_topic = kind is Kind.EXPLAINER and st.radio("About", ABOUT, horizontal=True, key="about") == ABOUT[1]
    topic = st.text_input("Topic", placeholder=EXAMPLE, key="topic").strip() if by_topic else ""
    article = None if by_topic else _article(articles)
    level = _level()
    if article is None and not topic:
        st.html('<p class="cv-note">Name a topic to see the article on it.</p>')
        return
    with st.spinner("Writing…"):
        brief = chain.invoke(Request(topic or str(kind), kind, article, level=level))
    _show(brief)


def _article(articles: tuple[Article, ...]) -> str:
    titles = {article.id: words.clipped(article.source.title, 110) for article in articles}
    chosen: str = st.selectbox("Article", list(titles), format_func=titles.__getitem__, key="article")
    return chosen


def _level() -> Level:
    chosen = st.radio("Level", list(LEVELS), format_func=LEVELS.__getitem__, horizontal=True, index=1, key="level")
    return Level(chosen)


def _show(brief: Brief) -> None:
    """Show a leaflet as it will print, with its files beside it."""
    if brief.sections:
        with st.container(horizontal=True, gap="small", key="downloads"):
            for form in FORMATS:
                st.download_button(
                    LABELS[form], exported(brief, form), file_name(brief, form), TYPES[form], key=f"download-{form}"
                )
    st.html(f'<article class="cv-sheet">{body(brief, depth=2, draw=ladder_image)}</article>')
