"""What a page says of itself to machines: JSON-LD (schema.org), OpenGraph and meta elements. The page's text says less.

Only the date of publication counts; that of an update says when the page was touched.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement  # type: ignore[import-untyped]  # lxml ships no types

from rag.ingest.dates import iso
from rag.ingest.people import authors

Fact = Mapping[str, Any]
_ARTICLES = re.compile(r"(?:Article|BlogPosting|Report|PressRelease)$")
_PAGES = re.compile(r"WebPage$")
_DATES = (
    "article:published_time",
    "og:article:published_time",
    "citation_publication_date",
    "citation_online_date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "parsely-pub-date",
    "sailthru.date",
    "datepublished",
    "publishdate",
    "publish-date",
    "pubdate",
    "date",
)
_TITLES = ("citation_title", "og:title", "twitter:title", "dc.title", "dcterms.title")
_OUTLETS = ("og:site_name", "application-name", "dc.publisher", "citation_publisher")
_AUTHORS = ("citation_author", "article:author", "author", "dc.creator", "parsely-author", "sailthru.author")
_JOINT = re.compile(r"\s+[|\u00bb\u203a\u2013\u2014:\u00b7-]\s+")
_EPOCH = "1970-01-01"
"""What a system writes where it knows no date."""
_LONGEST = 300
_JSON = 512 * 1024
"""Characters of JSON-LD read at most; an article's has some thousand, the text itself included."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """A page's metadata; `titles` holds the likeliest first."""

    titles: tuple[str, ...] = ()
    url: str | None = None
    date: str | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()


def metadata(tree: HtmlElement) -> Metadata:
    """Read a page's metadata; what they do not say is None."""
    metas = _metas(tree)
    named = [_line(node.text_content()) for node in tree.xpath("//head/title | //title[not(ancestor::svg)]")[:1]]
    facts = _facts(tree, [*_of(metas, _TITLES), *named])
    outlet = next(iter([*_names(facts, "publisher"), *_of(metas, _OUTLETS)]), None)
    titles = [*_texts(facts, "headline"), *_of(metas, _TITLES), *named]
    people = [*_names(facts, "author"), *_of(metas, _AUTHORS)]
    return Metadata(
        titles=tuple(dict.fromkeys(_without_site(title, outlet) for title in titles if title)),
        url=_url(tree, metas),
        date=_date(tree, facts, metas),
        outlet=outlet,
        authors=tuple(dict.fromkeys(authors(f"By {name}" for name in people))),
    )


def _metas(tree: HtmlElement) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for node in tree.iter("meta"):
        for attribute in ("property", "name", "itemprop"):
            if (name := node.get(attribute)) and (content := _line(node.get("content", ""))):
                found.setdefault(name.strip().lower(), []).append(content)
    return found


def _of(metas: Mapping[str, list[str]], names: tuple[str, ...]) -> list[str]:
    return [content for name in names for content in metas.get(name, [])]


def _line(text: str) -> str:
    return " ".join(text.split())[:_LONGEST]


def _facts(tree: HtmlElement, titles: list[str]) -> list[Fact]:
    """The article's own facts, then those of its page. Of several articles the one whose headline it has."""
    found = [fact for node in tree.xpath("//script[@type='application/ld+json']") for fact in _graph(node.text)]
    articles = [fact for fact in found if _is(fact, _ARTICLES)]
    named = [fact for fact in articles if any(_line(str(fact.get("headline", "-"))) in title for title in titles)]
    return [*(named or articles)[:1], *(fact for fact in found if _is(fact, _PAGES))][:2]


def _graph(text: str | None) -> Iterator[Fact]:
    try:
        data = json.loads((text or "")[:_JSON], strict=False)
    except (json.JSONDecodeError, RecursionError):
        # A page's own mistake; its other metadata stand.
        return
    for item in data if isinstance(data, list) else [data]:
        if isinstance(item, dict):
            graph = item.get("@graph")
            inner = item.get("mainEntity")
            yield from (
                node for node in [item, inner, *(graph if isinstance(graph, list) else [])] if isinstance(node, dict)
            )


def _is(fact: Fact, kind: re.Pattern[str]) -> bool:
    kinds = fact.get("@type")
    return any(isinstance(name, str) and kind.search(name) for name in (kinds if isinstance(kinds, list) else [kinds]))


def _texts(facts: list[Fact], field: str) -> list[str]:
    return [_line(fact[field]) for fact in facts if isinstance(fact.get(field), str) and fact[field].strip()]


def _names(facts: list[Fact], field: str) -> list[str]:
    """The names in a field that holds a name, a person or organisation, or several."""
    values = [value for fact in facts for value in _several(fact.get(field))]
    names = [value.get("name") if isinstance(value, dict) else value for value in values]
    return [_line(name) for name in names if isinstance(name, str) and name.strip()]


def _several(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _without_site(title: str, outlet: str | None) -> str:
    """A title without the site's name after or before it."""
    parts = _JOINT.split(title)
    if len(parts) > 1 and outlet:
        for part, rest in ((parts[-1], title[: title.rfind(parts[-1])]), (parts[0], title[len(parts[0]) :])):
            if part.casefold() == outlet.casefold():
                return re.sub(rf"^{_JOINT.pattern}|{_JOINT.pattern}$", "", f" {rest} ").strip()
    return title


def _url(tree: HtmlElement, metas: Mapping[str, list[str]]) -> str | None:
    links: list[str] = [node.get("href", "").strip() for node in tree.xpath("//link[@rel='canonical']")]
    for address in [*links, *_of(metas, ("og:url",))]:
        try:
            parts = urlsplit(address)
        except ValueError:
            # An address that is none, in a page of someone else's.
            continue
        if parts.scheme in ("http", "https") and parts.netloc and not re.search(r"\s", address):
            return address
    return None


def _date(tree: HtmlElement, facts: list[Fact], metas: Mapping[str, list[str]]) -> str | None:
    marked = tree.xpath("//time[@itemprop='datePublished' or @pubdate]/@datetime")
    stated: list[str] = [*_texts(facts, "datePublished"), *_of(metas, _DATES), *map(str, marked)]
    for text in stated:
        day = re.match(r"(\d{4})-?(\d\d)-?(\d\d)(?=T|\s|$)", text.strip())
        found = iso("-".join(day.groups()) if day else text)
        if found and found != _EPOCH:
            return found
    return None
