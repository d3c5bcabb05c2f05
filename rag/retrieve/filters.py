"""Filters of a search: by outlet, by date and by what was tested in. They hold before the search, not after it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.domain import Article, Stage
from rag.errors import RagError

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_STAGES = ", ".join(stage.value for stage in Stage)


@dataclass(frozen=True, slots=True)
class Filter:
    """Which articles are searched. "" holds for all; a date is a year, a month or a day (2024, 2024-03, 2024-03-09)."""

    outlet: str = ""
    since: str = ""
    until: str = ""
    stage: str = ""

    def __post_init__(self) -> None:
        for day in (self.since, self.until):
            if day and not _DATE.fullmatch(day):
                raise RagError(f"{day!r} is no date.", "Write a year, a month or a day: 2024, 2024-03 or 2024-03-09.")
        if self.since and self.until and _first(self.since) > _last(self.until):
            raise RagError(f"Nothing is since {self.since} and until {self.until}.", "Put the earlier date first.")
        if self.stage and self.stage not in set(Stage):
            raise RagError(f"{self.stage!r} is no stage of evidence.", f"There are: {_STAGES}.")

    def chosen(self, articles: Sequence[Article]) -> list[str] | None:
        """Return the ids of the articles that are kept, None where nothing is asked of them."""
        return None if self == Filter() else [article.id for article in articles if self.keeps(article)]

    def keeps(self, article: Article) -> bool:
        """Whether an article is searched. One dated 2010 is in a range that holds some of 2010, an undated in none."""
        return self._outlet_and_stage(article) and self._in_range(article.source.date)

    def notices(self, articles: Sequence[Article]) -> tuple[str, ...]:
        """Say what a reader may miss: articles left out for having no date, and a filter that nothing fits."""
        said = []
        if self == Filter():
            return ()
        if not any(self.keeps(article) for article in articles):
            said.append("No article fits the filter.")
        undated = sum(not article.source.date and self._outlet_and_stage(article) for article in articles)
        if undated and (self.since or self.until):
            is_are = "1 article is" if undated == 1 else f"{undated} articles are"
            said.append(f"{is_are} not searched: without a date, none can be placed in a range of dates.")
        return tuple(said)

    def _outlet_and_stage(self, article: Article) -> bool:
        outlet = (article.source.outlet or "").casefold()
        return self.outlet.casefold() in outlet and (not self.stage or self.stage in (article.stage, *article.stages))

    def _in_range(self, date: str | None) -> bool:
        if not (self.since or self.until):
            return True
        if not date:
            return False
        return _last(date) >= _first(self.since) and (not self.until or _first(date) <= _last(self.until))


def _first(date: str) -> str:
    return f"{date}-01-01" if len(date) == 4 else date


def _last(date: str) -> str:
    return date + "-12-31"[: 10 - len(date)] if len(date) == 4 else f"{date}-31"[:10]
