"""What a format's reader hands over: the text it extracted, and which parts of it its layout says are furniture."""

from collections.abc import Iterable
from dataclasses import dataclass

from rag.domain import Document, Span


@dataclass(frozen=True, slots=True)
class Extract(Document):
    """A document whose text was extracted: `furniture` is never cited, `authors` come from its metadata."""

    furniture: tuple[Span, ...] = ()
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph or line of an extracted text."""

    text: str
    furniture: bool = False


def together(parts: Iterable[Part]) -> tuple[str, tuple[Span, ...]]:
    """Set parts under one another, a blank line between; return the text and the places of the furniture."""
    pieces: list[str] = []
    furniture: list[Span] = []
    at = 0
    for part in parts:
        text = " ".join(part.text.split()) if part.furniture else part.text.strip()
        if not text:
            continue
        if part.furniture:
            furniture.append(Span(at, at + len(text), text))
        pieces.append(text)
        at += len(text) + 2
    return "\n\n".join(pieces), tuple(furniture)
