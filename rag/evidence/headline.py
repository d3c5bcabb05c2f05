"""Caveats computed from title, stage, date and page: overreach, mixed evidence, age, and where the page comes from."""

import datetime
from collections.abc import Iterator

from rag.domain import Caveat, Stage
from rag.evidence import cues
from rag.evidence.report import Report, part
from rag.evidence.stages import LABORATORY
from rag.evidence.worded import headline

OLD = 5
"""Years after which an article is old (the project's definition of the caveat)."""
EARLY = LABORATORY | {Stage.UNCLEAR, Stage.PHASE1, Stage.PHASE2, Stage.CASE_REPORT}


def headline_overreach(report: Report) -> Iterator[Caveat]:
    """A title that claims an effect and names neither species nor phase nor doubt, over early or mixed evidence."""
    title = cues.plain(report.article.source.title)
    stages = {report.findings[i].stage for i in report.results}
    if report.main is None or not (report.stage(report.main) in EARLY or (len(stages) > 1 and stages & EARLY)):
        return
    claims = cues.first("titles", "claim", title)
    doubts = cues.first("titles", "hedge", title) or title.endswith("?")
    if claims and (not doubts or cues.first("titles", "proof", title)):
        yield report.caveat("headline_overreach", headline(report.article))


def mixed_evidence(report: Report) -> Iterator[Caveat]:
    """Results at more than one stage."""
    if len({report.findings[i].stage for i in report.results}) > 1:
        yield report.caveat("mixed_evidence", None, report.results)


def age(report: Report, today: datetime.date) -> Iterator[Caveat]:
    """No date, or one more than five years back; a date without a day counts from its last."""
    date = report.article.source.date
    if date is None:
        yield report.caveat("undated")
        return
    year, month, day = (
        (*(int(part) for part in date.split("-")), 12, 28)[:3] if len(date) < 10 else map(int, date.split("-"))
    )
    if (year + OLD, month, day) < (today.year, today.month, today.day):
        yield report.caveat("old_article", year=str(year))


def aggregator_source(report: Report) -> Iterator[Caveat]:
    """A page that says it copies, translates or hands on: read in its removed lines too, but never quoted from them."""
    for statement in report.told:
        if match := cues.first("wording", "aggregator_source", statement.text):
            yield report.caveat("aggregator_source", part(statement.span, match.start, match.end))
            return
    if any(cues.first("wording", "aggregator_source", cues.plain(line)) for line in _lines(report)):
        yield report.caveat("aggregator_source")


def _lines(report: Report) -> Iterator[str]:
    for span in (*report.article.removed, *report.article.headings):
        yield from span.text.splitlines()
