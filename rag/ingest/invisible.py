"""Characters without a form leave a document as it is decoded: what a reader sees is what is searched and judged.

A zero-width space within "mice" would hide the animals from every rule, and an order to a program from the reader.
"""

import re
from bisect import bisect_left
from dataclasses import replace

from rag.domain import Document, Span
from rag.ingest.extract import Extract

_FORMLESS = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]+"
    # Joiners shape Indic, Persian and joined emoji; after a Latin letter, a digit, a blank or a stop they do nothing.
    "|(?:(?<=[\x00-\u024f\u2010-\u2027])|^)[\u200c\u200d]+"
)
_STATED = ("title", "date", "outlet")


def visible(document: Document) -> Document:
    """Drop what has no form from a document's text and from what was given with it; places move along.

    A document of nothing else keeps its text, for the caller to refuse.
    """
    stated = {name: plain(told) for name in _STATED if (told := getattr(document, name)) is not None}
    dropped = [n for found in _FORMLESS.finditer(document.text) for n in range(*found.span())]
    text = plain(document.text)
    if not text.strip():
        return document
    if not isinstance(document, Extract):
        return replace(document, text=text, **stated)
    places = (
        (at.start - bisect_left(dropped, at.start), at.end - bisect_left(dropped, at.end)) for at in document.furniture
    )
    furniture = tuple(Span(start, end, text[start:end]) for start, end in places if text[start:end].strip())
    authors = tuple(plain(author) for author in document.authors)
    return replace(document, text=text, furniture=furniture, authors=authors, **stated)


def plain(text: str) -> str:
    """Drop what has no form from a text."""
    return _FORMLESS.sub("", text)
