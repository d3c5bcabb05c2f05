"""Articles read as the product reads them, and the leaflets it writes about them."""

from collections.abc import Sequence
from datetime import date
from functools import cache

from rag.brief import Brief
from rag.domain import Article, Document
from rag.ingest.read import read
from rag.intake import article_of
from rag.leaflet import Subject, leaflet
from rag.question import Kind, Level, Request
from rag.settings import ROOT

FILES = (*sorted((ROOT / "seeds").glob("*.txt")), *sorted((ROOT / "tests/gold/articles").glob("*.txt")))
TODAY = date(2026, 11, 21)
NAMES = tuple(path.stem[:3] for path in FILES)


@cache
def article(name: str) -> Article:
    """The sample or gold article whose file name begins so."""
    return article_of(read(str(next(path for path in FILES if path.name.startswith(name))))[0], TODAY)


def article_from(text: str, title: str | None = None, url: str | None = None, name: str = "a") -> Article:
    return article_of(Document(text, f"{name}.txt", name, title=title, url=url), TODAY)


def written(
    about: Article, kind: Kind, level: Level = Level.STANDARD, topic: str | None = None, language: str = "en"
) -> Brief:
    """The leaflet of an article, as of a request that names it, or that names a topic."""
    request = Request(topic or str(kind), kind, None if topic else about.id, level=level)
    return _last(Subject((about,), language), request)


def side_by_side(
    about: Sequence[str | Article], kind: Kind, level: Level = Level.STANDARD, language: str = "en"
) -> Brief:
    """The leaflet of several articles, given or by their names."""
    articles = tuple(article(one) if isinstance(one, str) else one for one in about)
    return _last(Subject(articles, language), Request("T cells", kind, level=level))


def _last(subject: Subject, request: Request) -> Brief:
    *_, brief = leaflet(subject, request)
    assert isinstance(brief, Brief)
    return brief
