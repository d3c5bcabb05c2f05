"""Glossary words put back for their meaning, so that a claim that explains one is held against the article's word."""

import re
from collections.abc import Iterator
from functools import cache

from rag.plain.glossary import entries


def back(text: str) -> str:
    """Leave out a meaning in brackets after its word, and put the word where the meaning stands in its place."""
    for word, meaning, aside, alone in _meanings():
        if meaning in text.casefold():
            text = aside.sub(r"\1", text)
            text = alone.sub(word, text)
    return text


def put_back(text: str) -> tuple[str, ...]:
    """Name the glossary words whose meanings a text gives."""
    return tuple(word for word, meaning, _, _ in _meanings() if meaning in text.casefold())


@cache
def _meanings() -> tuple[tuple[str, str, re.Pattern[str], re.Pattern[str]], ...]:
    return tuple(_patterns())


def _patterns() -> Iterator[tuple[str, str, re.Pattern[str], re.Pattern[str]]]:
    """Whole meanings, and their first sentences, the longest first: the short one of another word may begin one."""
    found = {
        (meaning, entry.term, entry.match)
        for entry in entries()
        for meaning in (entry.plain.rstrip("."), entry.plain.split(". ")[0].rstrip("."))
        if len(meaning.split()) > 2
    }
    for meaning, term, match in sorted(found, key=lambda one: (-len(one[0]), one)):
        said = re.escape(meaning)
        aside = re.compile(rf"((?<!\w)(?:{match})) ?\({said}\.?\)", re.IGNORECASE)
        alone = re.compile(rf"(?<!\w){said}(?!\w)", re.IGNORECASE)
        yield term, meaning.casefold(), aside, alone
