"""How far the reading of evidence reaches: English sentences. What lies beyond is said, never passed over."""

from rag import catalogue
from rag.domain import Article
from rag.text.language import language

BEGINNING = 50
"""Sentences by which a language is told: as many characters as `rag.text.language` looks at, and more."""


def english(article: Article) -> bool:
    """Whether an article begins in the language the cue lists are written in."""
    return language("\n".join(sentence.span.text for sentence in article.sentences[:BEGINNING])) == "en"


def unread(article: Article) -> str | None:
    """Say why no result was read out of an article, None where one was."""
    if article.stages:
        return None
    note = "unread_text" if not article.sentences else "unread_result" if english(article) else "unread_language"
    return catalogue.render(note, "en", {})
