"""Questions to start from: each made from an article the library holds, so each has an answer."""

from collections.abc import Sequence

from rag.domain import Article

SHOWN = 4
PATTERNS = (
    "What did the study behind “{title}” find?",
    "Was “{title}” tested in people?",
    "What are the side effects in “{title}”?",
    "Summarise “{title}” in plain words.",
)


def suggestions(articles: Sequence[Article]) -> tuple[str, ...]:
    """Return up to four questions, each about another article."""
    return tuple(
        pattern.format(title=article.source.title.rstrip(".!"))
        for pattern, article in zip(PATTERNS, articles, strict=False)
    )
