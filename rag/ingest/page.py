"""Web pages: the article in reading order, with what the page put in between marked, and nothing the page hides.

trafilatura says which paragraphs are the article. The text is set from the page itself and not from trafilatura's
output, which leaves out bylines, notices and links between paragraphs: a reader should see what was left out.
"""

from collections.abc import Iterator, Sequence

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types
from lxml.html import (  # type: ignore[import-untyped]  # lxml ships no types
    HtmlElement,
    HTMLParser,
    document_fromstring,
)
from trafilatura import extract

from rag.errors import LoadError
from rag.ingest.encoding import decode, stated
from rag.ingest.extract import Extract, Part, together
from rag.ingest.lines import key
from rag.ingest.markup import Block, blocks
from rag.ingest.metadata import Metadata, metadata

BYTES, TAGS = 10 * 1024 * 1024, 50_000
"""Sizes of a page at most. An article's page has some thousand tags; 60,000 take 2 s and 200 MB."""
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_LEAST = 80
"""Letters under which a page holds no article but a notice ("Please enable JavaScript to go on"); in Chinese 80 are
some sentences."""
_LOGIN = 120
"""Words under which a page that asks for a password holds no article; a public page with a login form has more."""
_SEARCHED = 200_000
"""Characters of an article searched for each block: that of a long one, times all blocks, would take minutes."""
_PROSE = 12
"""Words from which a block that trafilatura left out may yet be a paragraph of the article, when a sentence ends it."""


def read_page(name: str, data: bytes, charset: str | None = None) -> Extract:
    """Read an HTML page. Raises LoadError for one that is too big or deep, is no text, or holds no article."""
    tree = _parsed(name, data, charset)
    told = metadata(tree)
    main = extract(tree, include_comments=False) or ""
    if tree.xpath("boolean(//input[@type='password'])") and len(main.split()) < _LOGIN:
        raise LoadError(f"{name} is a login page.", "Log in with your browser, save the article and give the file.")
    found = list(blocks(tree, len(main)))
    title = _title(found, told)
    text, furniture = together(_parts(found, _owned(found, main), title))
    if sum(character.isalpha() for character in main) < _LEAST or not text:
        raise LoadError(f"{name} holds no article text.", "Open it in a browser, copy the article and save it as text.")
    return Extract(text, name, name, title, told.url, told.date, told.outlet, furniture, told.authors)


def _parsed(name: str, data: bytes, charset: str | None) -> HtmlElement:
    hint = "Save the article alone as text, and give that."
    if len(data) > BYTES or data.count(b"<") > TAGS * 2:
        raise LoadError(f"{name} is too big for an article's page.", hint)
    text = decode(name, data, charset or stated(data))
    if not text.strip():
        raise LoadError(f"{name} is empty.", "Give a page that holds an article.")
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError as error:
        raise LoadError(f"{name} holds no page.", hint) from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise LoadError(f"{name} cannot be read: its tags are nested too deep.", hint)
    if sum(1 for _ in tree.iter()) > TAGS:
        raise LoadError(f"{name} is too big for an article's page.", hint)
    return tree


def _title(blocks: list[Block], told: Metadata) -> str | None:
    """The headline of the page where its metadata mean the same one, else the one of the metadata."""
    for block in blocks:
        if block.place.tag == "h1" and any(_alike(block.text, title) for title in told.titles):
            return " ".join(block.text.split())
    return told.titles[0] if told.titles else None


def _alike(heading: str, title: str) -> bool:
    """Whether two titles share most words of the shorter: sites shorten theirs for search engines."""
    one, other = set(heading.casefold().split()), set(title.casefold().split())
    return len(one) > 1 and len(one & other) * 3 >= min(len(one), len(other)) * 2


def _owned(blocks: Sequence[Block], main: str) -> list[bool]:
    """Whether each block is the article's: a line of it, or within one where the two break lines differently."""
    lines = {key(line) for line in main.splitlines()} - {""}
    whole = key(main) if len(main) <= _SEARCHED else ""
    keys = [key(block.text) for block in blocks]
    return [name in lines or (bool(name) and name in whole) for name in keys]


def _parts(blocks: Sequence[Block], own: Sequence[bool], title: str | None) -> Iterator[Part]:
    """The page from its headline to the end of the article, each block told whether it is furniture."""
    inside = [i for i, block in enumerate(blocks) if own[i] and not block.place.aside]
    first = next((i for i in inside if _prose(blocks[i].text)), inside[0] if inside else 0)
    named = [i for i in range(first) if title and _names(blocks[i].text, title)]
    begin = named[-1] if named else first
    while begin and blocks[begin - 1].place.home == blocks[begin].place.home > 0 and not blocks[begin - 1].place.aside:
        begin -= 1
    for i in range(begin, (inside[-1] if inside else len(blocks) - 1) + 1):
        yield _part(blocks[i], own[i], head=i < first)


def _names(text: str, title: str) -> bool:
    """Whether a block is the headline, a date or byline in the same block allowed."""
    return key(title) in key(text) and len(text) < len(title) + 100


def _prose(text: str) -> bool:
    return len(text.split()) >= _PROSE and text.rstrip("\"'\u201d\u2019)")[-1:] in ".?!\u2026"


def _part(block: Block, own: bool, head: bool) -> Part:
    prose = _prose(block.text)
    heading = block.place.tag in _HEADINGS
    beside = block.place.aside and not (own and prose)
    if beside or (not own and not head and (block.linked or not (prose or heading))):
        return Part(block.text, furniture=True)
    bullet = block.place.tag == "li" and own and not block.linked
    return Part(f"- {block.text}" if bullet else block.text)
