import json

import pytest
from lxml.html import document_fromstring

from rag.ingest.metadata import Metadata, metadata


def of(head: str, body: str = "<p>x</p>") -> Metadata:
    return metadata(document_fromstring(f"<html><head>{head}</head><body>{body}</body></html>"))


def ld(*facts: object) -> str:
    return "".join(f'<script type="application/ld+json">{json.dumps(fact)}</script>' for fact in facts)


ARTICLE = {
    "@type": ["NewsArticle"],
    "headline": "Tea and sleep",
    "datePublished": "2024-02-03T23:30:00-05:00",
    "dateModified": "2025-01-01",
    "author": [{"@type": "Person", "name": "Ada Merrow"}, "Jon Vale", {"name": "newsdesk"}],
    "publisher": {"@type": "Organization", "name": "The Valley Post"},
}


@pytest.mark.parametrize(
    "facts",
    [
        [ARTICLE],
        [[ARTICLE]],
        [{"@graph": [{"@type": "WebSite", "name": "Other"}, ARTICLE]}],
        [{"@type": "WebPage", "mainEntity": ARTICLE}],
        [{"@type": "NewsArticle", "headline": "Other story", "datePublished": "2020-01-01"}, ARTICLE],
    ],
    ids=["alone", "list", "graph", "page", "several"],
)
def test_the_articles_own_facts_are_found(facts: list[object]):
    found = of("<title>Tea and sleep | The Valley Post</title>" + ld(*facts))
    assert found.titles[0] == "Tea and sleep"
    assert (found.date, found.outlet, found.authors) == ("2024-02-03", "The Valley Post", ("Ada Merrow", "Jon Vale"))


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ('<meta property="article:published_time" content="2023-05-04T11:20:45+00:00">', "2023-05-04"),
        ('<meta name="citation_publication_date" content="2023/05/04">', "2023-05-04"),
        ('<meta name="DC.date.issued" content="2023-05">', "2023-05"),
        ('<meta name="pubdate" content="20230504">', "2023-05-04"),
        ('<meta name="date" content="4 May 2023">', "2023-05-04"),
        ('<meta property="article:modified_time" content="2023-05-04">', None),
        ('<meta property="article:published_time" content="1970-01-01T00:00:00Z">', None),
        ('<meta name="date" content="yesterday">', None),
        (ld({"@type": "WebPage", "datePublished": "2023-05-04"}), "2023-05-04"),
        (ld({"@type": "Event", "startDate": "2023-05-04", "datePublished": "2023-05-04"}), None),
        ('<script type="application/ld+json">{"@type": "NewsArticle", </script>', None),
        (f'<script type="application/ld+json">{"[" * 50_000}</script>', None),
    ],
)
def test_a_date_is_that_of_publication_as_precise_as_it_is_stated(head: str, date: str | None):
    assert of(head).date == date


def test_a_marked_time_counts_and_another_does_not():
    assert of("", "<time itemprop='datePublished' datetime='2022-10-01'>1 Oct</time>").date == "2022-10-01"
    assert of("", "<time datetime='2022-10-01'>1 Oct</time>").date is None


@pytest.mark.parametrize(
    ("title", "outlet", "expected"),
    [
        ("Tea and sleep | The Valley Post", "The Valley Post", "Tea and sleep"),
        ("The Valley Post: Tea and sleep", "The Valley Post", "The Valley Post: Tea and sleep"),
        ("The Valley Post - Tea and sleep", "The Valley Post", "Tea and sleep"),
        ("Tea - and sleep", "The Valley Post", "Tea - and sleep"),
        ("Tea and sleep – Other Site", None, "Tea and sleep – Other Site"),
    ],
)
def test_a_title_comes_without_the_sites_name(title: str, outlet: str | None, expected: str):
    site = f'<meta property="og:site_name" content="{outlet}">' if outlet else ""
    assert of(f'<meta property="og:title" content="{title}">{site}').titles == (expected,)


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "/news/1", "file:///etc/passwd", "https://[", "https://a b"]
)
def test_only_a_web_address_is_taken_as_one(address: str):
    assert of(f'<link rel="canonical" href="{address}">').url is None
    good = '<meta property="og:url" content="https://post.example/tea">'
    assert of(f'<link rel="canonical" href="{address}">{good}').url == "https://post.example/tea"
