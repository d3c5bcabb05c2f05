"""What stands where on an article's page."""

from dataclasses import dataclass

from rag.domain import Span


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of prose, numbered through the article, with the number of the section it stands in (both from 0)."""

    span: Span
    paragraph: int
    section: int


@dataclass(frozen=True, slots=True)
class Layout:
    """The parts of a page. `removed` lines are never cited; `headings` are teasers, repeated titles, subheads."""

    title: Span | None
    removed: tuple[Span, ...]
    headings: tuple[Span, ...]
    blocks: tuple[Block, ...]
