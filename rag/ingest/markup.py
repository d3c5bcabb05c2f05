"""The visible paragraphs of a web page in order, each with its place: in the article, beside it, made of links."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types
from lxml.html import HtmlElement  # type: ignore[import-untyped]  # lxml ships no types

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form"
    " h1 h2 h3 h4 h5 h6 header hr legend li main nav ol p pre section summary table tbody td tfoot th thead tr"
    " ul".split()
)
_UNSEEN = frozenset(
    "script style noscript template head iframe object svg math canvas audio video select textarea button"
    " dialog".split()
)
_ASIDE = frozenset("nav aside footer form menu figcaption".split())
_ASIDE_ROLES = frozenset("navigation dialog alertdialog banner complementary contentinfo search menu".split())
_ASIDE_WORDS = re.compile(
    r"(?<![a-z])(?:ads?|advert\w*|banner|breadcrumbs?|comments?|consent|cookies?|disqus|menu|newsletter|outbrain|popup"
    r"|promo\w*|recirc\w*|recommend\w*|related|share|sharing|sidebar|signup|social|sponsor\w*|subscri\w*|taboola|tags"
    r"|teasers?|toolbar|trending|widget|yarpp)(?![a-z])"
)
"""Words in the classes and ids that pages give to what stands beside the article."""
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?!\.?\d)")
_HIDDEN_WORDS = re.compile(r"(?<![a-z])(?:sr-only|visually-?hidden|screen-?reader-?text)(?![a-z])")
_LINKED = 0.5
"""Share of a block's letters that stand in links, from which it is a list of links."""


@dataclass(frozen=True, slots=True)
class Place:
    """The element a block stands in, whether that is beside the article, and the number of the article around it."""

    tag: str
    aside: bool
    home: int


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph as the page shows it, its place, and whether it is made of links."""

    text: str
    place: Place
    linked: bool


def blocks(tree: HtmlElement, size: int) -> Iterator[Block]:
    """Take a page apart into its visible paragraphs, in their order; what it hides is taken out of the tree.

    An element's text is its own up to the next block in it. `size`: the characters of the article.
    """
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or element.tag in _UNSEEN or _hidden(element):
            _drop(element)
    runs = _Runs(size)
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        yield from runs.open(element) if event == "start" else runs.close(element)


class _Runs:
    """Gathers the text between one block's beginning or end and the next."""

    def __init__(self, size: int) -> None:
        """Take the characters of the article: what holds half of them does not stand beside it."""
        self._size = size
        self._text: list[str] = []
        self._linked = 0
        self._links = 0
        self._open: list[Place] = [Place("body", aside=False, home=0)]
        self._homes = 0

    def open(self, element: HtmlElement) -> Iterator[Block]:
        """Begin an element."""
        if element.tag in _BLOCKS:
            if element.tag not in ("td", "th"):
                yield from self._flush()
            self._open.append(self._place(element))
        elif element.tag == "br":
            self._text.append("\x00")
        self._links += element.tag == "a"
        self._add(element.text)

    def close(self, element: HtmlElement) -> Iterator[Block]:
        """End an element; its tail belongs to the one around it."""
        self._links -= element.tag == "a"
        if element.tag in ("td", "th"):
            self._text.append(" | ")
            self._open.pop()
        elif element.tag in _BLOCKS:
            yield from self._flush()
            self._open.pop()
        self._add(element.tail)

    def _place(self, element: HtmlElement) -> "Place":
        around = self._open[-1]
        if element.tag in ("article", "main"):
            self._homes += 1
            return Place(element.tag, around.aside, self._homes)
        aside = around.aside or (
            _aside(element) and len(element.text_content()) * 2 < self._size and element.find(".//h1") is None
        )
        return Place(element.tag, aside, around.home)

    def _add(self, text: str | None) -> None:
        if text:
            self._text.append(text.replace("\x00", ""))
            self._linked += len("".join(text.split())) if self._links else 0

    def _flush(self) -> Iterator[Block]:
        whole, linked = "".join(self._text), self._linked
        self._text, self._linked = [], 0
        letters = len("".join(whole.split())) or 1
        place = self._open[-1]
        for paragraph in re.split(r"\x00\s*\x00", whole):
            rows = (" ".join(row.split()) for row in paragraph.split("\x00"))
            text = "\n".join(row for row in rows if row)
            if text := text.strip("| ") if place.tag == "tr" else text:
                yield Block(text, place, linked > letters * _LINKED)


def _drop(element: HtmlElement) -> None:
    parent = element.getparent()
    if parent is not None:
        tail, element.tail = element.tail, None
        before = element.getprevious()
        parent.remove(element)
        if before is not None:
            before.tail = (before.tail or "") + (tail or "")
        else:
            parent.text = (parent.text or "") + (tail or "")


def _hidden(element: HtmlElement) -> bool:
    """Whether a reader of the page does not see an element: what is not seen cannot be quoted."""
    named = f"{element.get('class', '')} {element.get('id', '')}".lower()
    return (
        element.get("hidden") is not None
        or bool(_HIDDEN.search(element.get("style", "").lower()))
        or bool(_HIDDEN_WORDS.search(named))
    )


def _aside(element: HtmlElement) -> bool:
    named = f"{element.get('class', '')} {element.get('id', '')}".lower()
    return element.tag in _ASIDE or element.get("role", "") in _ASIDE_ROLES or bool(_ASIDE_WORDS.search(named))
