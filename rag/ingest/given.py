"""What came in with a text, as JSON and back, so that it can be read anew when the rules of reading have changed."""

import json
from typing import Any

from rag.domain import Document, Span
from rag.ingest.extract import Extract

_STATED = ("title", "url", "date", "outlet")


def given(document: Document) -> str:
    """Return what came with a document beside its text, as JSON."""
    facts: dict[str, Any] = {name: told for name in _STATED if (told := getattr(document, name)) is not None}
    if isinstance(document, Extract):
        facts["furniture"] = [[span.start, span.end] for span in document.furniture]
        facts["authors"] = list(document.authors)
    return json.dumps(facts, ensure_ascii=False)


def again(name: str, origin: str, text: str, facts: str, removed: tuple[tuple[int, int], ...] = ()) -> Document:
    """Return a document as it came in. `removed`: places that are furniture whatever the facts say of them."""
    told = json.loads(facts)
    stated = {field: told[field] for field in _STATED if told.get(field)}
    places = [*map(tuple, told.get("furniture", ())), *removed]
    if not places and told.keys().isdisjoint(("furniture", "authors")):
        return Document(text, origin, name, **stated)
    furniture = tuple(Span(start, end, text[start:end]) for start, end in sorted(places))
    return Extract(text, origin, name, **stated, furniture=furniture, authors=tuple(told.get("authors", ())))
