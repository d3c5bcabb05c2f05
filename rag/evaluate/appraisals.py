"""The suite of appraisals: what is read out of each gold article beside what a careful reader found in it."""

import datetime
from collections.abc import Iterator

from rag.domain import Article, Document, Finding, Role, Span
from rag.evaluate import gold
from rag.evaluate.gold import GoldArticle, GoldFinding
from rag.evaluate.marks import Mark
from rag.intake import article_of

TODAY = datetime.date(2026, 11, 21)
"""The day the gold was written for: what is old depends on it."""
HALF = 0.5
"""Share of the shorter of two quotes that they must have in common to be about the same thing."""
TO_COME = {"planned", "ongoing"}


def marks() -> Iterator[Mark]:
    """Appraise every gold article and mark the appraisal."""
    for row in gold.articles().values():
        text = row.path.read_bytes().decode("utf8")
        yield from marked(row, article_of(Document(text, row.path.name, row.id), TODAY))


def marked(row: GoldArticle, article: Article) -> Iterator[Mark]:
    """Mark one appraisal: badge, date, findings, caveats."""
    yield Mark("stage", row.id, article.stage in row.stages)
    yield Mark("dates", row.id, _same_date(article.source.date, row.date))
    for wanted in row.findings:
        yield from _sought(row, wanted, article.findings)
    for finding in article.findings:
        if finding.role is Role.RESULT and not _unjudged(finding.span, row.neutral, row.findings):
            right = any(wanted.result and _near(finding.span, wanted.places) for wanted in row.findings)
            yield Mark("findings_precision", row.id, right)
    raised = {caveat.kind for caveat in article.caveats}
    for kind in sorted(row.due):
        yield Mark("caveats_recall", row.id, kind in raised)
    for kind in sorted(row.undue):
        yield Mark("caveats_clean", row.id, kind not in raised)


def _sought(row: GoldArticle, wanted: GoldFinding, found: tuple[Finding, ...]) -> Iterator[Mark]:
    """Mark whether a finding was found in its role; for a result also its stage and its size."""
    right = [finding for finding in found if finding.role in wanted.roles and _near(finding.span, wanted.places)]
    if wanted.roles & TO_COME and not wanted.result:
        yield Mark("studies_to_come", row.id, bool(right))
    if not wanted.result:
        return
    yield Mark("findings_joint", row.id, any(finding.stage in wanted.stages for finding in right))
    if wanted.sizes and right:
        yield Mark("sample_size", row.id, any(finding.sample_size in wanted.sizes for finding in right))


def _unjudged(span: Span, neutral: tuple[Span, ...], findings: tuple[GoldFinding, ...]) -> bool:
    """Whether a quote is one the gold does not judge: neutral, and no finding of its own."""
    return _near(span, neutral) and not any(wanted.result and _near(span, wanted.places) for wanted in findings)


def _near(span: Span, places: tuple[Span, ...]) -> bool:
    """Whether a quote has half of the shorter text in common with one of some places."""
    return any(
        min(span.end, place.end) - max(span.start, place.start) >= HALF * min(len(span.text), len(place.text))
        for place in places
    )


def _same_date(found: str | None, wanted: str | None) -> bool:
    """Whether a date is the gold's, or the same less precisely."""
    if found is None or wanted is None:
        return found is wanted
    return found.startswith(wanted) or wanted.startswith(found)
