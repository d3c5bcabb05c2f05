"""How these tests read a text: through the real cleaning and splitting, then the real appraisal."""

import datetime
from collections.abc import Callable

import pytest

from rag.domain import Article, Document
from rag.evidence.appraise import appraise
from rag.ingest.clean import clean, sentences
from rag.ingest.describe import describe

TODAY = datetime.date(2026, 11, 21)


@pytest.fixture(scope="session")
def read() -> Callable[..., Article]:
    """Appraise a text as the product does."""

    def _read(text: str, title: str | None = None, date: str | None = None) -> Article:
        document = Document(text, "test", "test", title=title, date=date)
        layout = clean(document)
        draft = Article(
            "test", describe(document, layout), text, layout.removed, layout.headings, sentences("test", layout, text)
        )
        return appraise(draft, TODAY)

    return _read
