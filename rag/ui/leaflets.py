"""What the pages Summaries and Explainers share: what it is about, the level, the preview as it prints, the files."""

from html import escape

import streamlit as st

from rag.brief import Brief, Gathered, Section
from rag.chain import Chain
from rag.claim import Claim
from rag.domain import Article
from rag.export.ladder import ladder_image
from rag.export.page import body
from rag.export.plaintext import plain_text
from rag.plain.readability import hard_sentences
from rag.question import Kind, Level, Request
from rag.ui import comfort, offers, parts, words

LEVELS = {Level.SIMPLE: "Simple", Level.STANDARD: "Standard", Level.DETAILED: "Detailed"}
LANGUAGES = {"en": "English", "es": "Español"}
ABOUT = ("An article", "A topic")
EXAMPLE = "Example: interferon and tumors"
NO_TOPIC = "Name a topic in a few words. All articles in the library that are on it are set side by side."
HARD = 12.0
"""The grade above which a sentence is shown as hard: a reader with ten years of school stumbles on it."""


def page(kind: Kind, heading: str, introduction: str) -> None:
    """Draw the choice, and what is written about the article or the topic chosen."""
    st.html(f'<h1 class="cv-page">{heading}</h1><p class="cv-note">{introduction}</p>')
    chain = parts.chain()
    articles = chain.library.articles()
    if not articles:
        parts.empty_library()
        return
    by_topic = st.radio("About", ABOUT, horizontal=True, key="about", persist_state="session") == ABOUT[1]
    topic = ""
    if by_topic:
        topic = st.text_input("Topic", placeholder=EXAMPLE, key="topic", persist_state="session").strip()
    article = None if by_topic else _article(articles)
    with st.container(horizontal=True, gap="large", key="leaflet-choices"):
        level = Level(_one("Level", LEVELS, "level", index=list(LEVELS).index(comfort.level())))
        language = _one("Language", LANGUAGES, "language")
    if article is None and not topic:
        st.html(f'<p class="cv-note">{NO_TOPIC}</p>')
        return
    _show(_written(chain, Request(topic or str(kind), kind, article, level=level, language=language)))


def _article(articles: tuple[Article, ...]) -> str:
    titles = {article.id: words.clipped(article.source.title, 110) for article in articles}
    if st.session_state.get("article") not in titles:
        st.session_state.pop("article", None)
    chosen: str = st.selectbox(
        "Article", list(titles), format_func=titles.__getitem__, key="article", persist_state="session"
    )
    return chosen


def _one(label: str, choices: dict[Level, str] | dict[str, str], key: str, index: int = 0) -> str:
    named = {str(choice): said for choice, said in choices.items()}
    chosen: str = st.radio(label, list(named), format_func=named.__getitem__, horizontal=True, index=index, key=key)
    return chosen


def _written(chain: Chain, request: Request) -> Brief:
    """Return the leaflet, from this reader's last visit where nothing has changed, else with its progress shown."""
    asked = (request, chain.library.revision)
    if st.session_state.get("leaflet-asked") != asked:
        st.session_state["leaflet-brief"] = _watched(chain, request)
        st.session_state["leaflet-asked"] = asked
    brief = st.session_state["leaflet-brief"]
    assert isinstance(brief, Brief)
    return brief


def _watched(chain: Chain, request: Request) -> Brief:
    """Write, and say meanwhile what is being written and how many statements have passed the check."""
    place, part, passed = st.empty(), "Reading", 0
    for event in chain.stream(request):
        if isinstance(event, Brief):
            place.empty()
            return event
        if isinstance(event, Gathered):
            part = f"Reading {len(event.articles)} article(s)"
        elif isinstance(event, Section):
            part = event.heading.text
        passed += isinstance(event, Claim)
        place.html(f'<p class="cv-wait" role="status">{escape(part)}… {passed} statement(s) checked so far.</p>')
    raise AssertionError("a run ends with a brief")


def _show(brief: Brief) -> None:
    """Show a leaflet as it will print, and offer it as a file."""
    if brief.sections:
        offers.files(brief, "leaflet")
    st.html(f'<article class="cv-sheet">{body(brief, depth=2, draw=ladder_image)}</article>')
    if brief.sections and brief.kind is Kind.SUMMARY and brief.language == "en":
        _hard(brief)


def _hard(brief: Brief) -> None:
    """Show a health writer which sentences are hard, and how hard the whole is."""
    hard = hard_sentences(plain_text(brief), HARD)
    with st.expander(f"Sentences that are hard to read ({len(hard)})"):
        listed = "".join(f"<li>{escape(span.text)}</li>" for span in hard)
        none = f"<p>No sentence is above school grade {HARD:.0f}.</p>"
        st.html(
            f"<p>School grade of our own words: {brief.grade}. Of all that is shown, quotations too: "
            f"{brief.grade_shown}. Each sentence below is above grade {HARD:.0f}.</p>"
            + (f'<ul class="cv-list">{listed}</ul>' if hard else none)
        )
