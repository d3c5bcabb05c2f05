"""What the store keeps, and back: an article as JSON, a passage as text and facts; a span is its two offsets."""

import json
import types
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from rag.domain import Article, Passage, Span
from rag.errors import StoreError

SCHEMA = 2
"""Raise it when a record or a passage means something else than before: older libraries then ask to be built anew."""


def dump(article: Article) -> str:
    """Write an article as one line of JSON."""
    return json.dumps(_plain(article), ensure_ascii=False, separators=(",", ":"))


def load(record: str, article: str) -> Article:
    """Read the article with that id back. Raises StoreError for a record that is damaged or of another version."""
    try:
        fact = json.loads(record)
        made: Article = _made(Article, fact, fact["text"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        # Here a ValueError is a fault of the file, not of ours: a constructor refused what the disk gave back.
        raise _unreadable(article, error) from error
    return made


def _unreadable(article: str, error: Exception) -> StoreError:
    return StoreError(
        f"The library's record of {article} cannot be read: {error}.",
        f"Take it out (python -m rag remove {article}) and read the article in again.",
    )


@dataclass(frozen=True, slots=True)
class Kept:
    """What a rebuild needs of an article: its text, what came with it (`given`, JSON), and what was left out of it.

    `given` is empty where the article was put in without it; then `removed` holds the places of what was left out.
    """

    id: str
    origin: str
    text: str
    given: str
    removed: tuple[tuple[int, int], ...]


def kept(record: str, article: str, given: str) -> Kept:
    """Read what a rebuild needs from a record of this version or an older one. Raises StoreError for a damaged one."""
    try:
        fact = json.loads(record)
        told = {name: how for name, how in fact["source"].get("found", {}).items() if how.startswith("given")}
        stated = {name: fact["source"][name] for name in told} | {"url": fact["source"].get("url")}
        removed = tuple((int(start), int(end)) for start, end in fact["removed"])
        return Kept(
            article, fact["source"]["origin"], fact["text"], given or json.dumps(stated), () if given else removed
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _unreadable(article, error) from error


def embedding_text(passage: Passage) -> str:
    """Return the text whose vector stands for a passage: its own words under the title of its article."""
    return f"{passage.title}\n{passage.span.text}"


def facts(passage: Passage) -> dict[str, str | int]:
    """Return what is kept of a passage beside its embedding text."""
    return {
        "passage": passage.id,
        "article": passage.article,
        "title": passage.title,
        "section": passage.section,
        "start": passage.span.start,
        "end": passage.span.end,
    }


def passage(text: str, kept: Mapping[str, Any]) -> Passage:
    """Make a passage of its embedding text and its facts."""
    span = Span(kept["start"], kept["end"], text[len(kept["title"]) + 1 :])
    return Passage(kept["passage"], kept["article"], kept["title"], kept["section"], span)


def _plain(value: object) -> Any:  # noqa: ANN401  (JSON has no narrower type)
    if isinstance(value, Span):
        return [value.start, value.end]
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, frozenset):
        return sorted(value)
    return dict(value) if isinstance(value, Mapping) else value


def _made(kind: Any, fact: Any, text: str) -> Any:  # noqa: ANN401  (any of the nouns, out of any JSON)
    if kind is Span:
        start, end = fact
        return Span(start, end, text[start:end])
    if isinstance(kind, type) and is_dataclass(kind):
        hints = _hints(kind)
        return kind(**{name: _made(hints[name], value, text) for name, value in fact.items()})
    if isinstance(kind, types.UnionType):
        inner = next(option for option in get_args(kind) if option is not types.NoneType)
        return None if fact is None else _made(inner, fact, text)
    if get_origin(kind) in (tuple, frozenset):
        return get_origin(kind)(_made(get_args(kind)[0], item, text) for item in fact)
    return kind(fact) if isinstance(kind, type) and issubclass(kind, StrEnum) else fact


@cache
def _hints(noun: type) -> Mapping[str, Any]:
    return get_type_hints(noun)
