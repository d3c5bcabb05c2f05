"""Caveats about what is sold and what it is sold for: a company that takes part, a use in another illness."""

import re
from collections.abc import Iterator

from rag.domain import Caveat, Role, Stage
from rag.evidence import cues
from rag.evidence.report import Report, part


def company_involved(report: Report) -> Iterator[Caveat]:
    """A company that makes, sells, funds or runs what is reported."""
    unnamed = None
    for statement in report.told:
        raw = statement.span.text
        for match in cues.patterns("products")["named"].finditer(raw):
            name = next(group for group in match.groups() if group)
            if not cues.patterns("products")["public"].search(name):
                shown = " ".join(name.split())
                shown = shown if shown.count(".") > 1 else shown.rstrip(".")
                yield report.caveat("company_involved", statement.span, _bound(report, statement.span), company=shown)
                return
        if unnamed is None and (found := cues.patterns("products")["unnamed"].search(statement.text)):
            unnamed = (statement, found)
    if unnamed:
        statement, found = unnamed
        words = part(statement.span, *found.span("who" if found["who"] else 0))
        yield report.caveat("company_involved", statement.span, _bound(report, statement.span), company=words.text)


def other_disease(report: Report) -> Iterator[Caveat]:
    """A use in routine care for another illness than the one studied."""
    studied = " ".join([cues.plain(report.article.source.title), *(s.text for s in report.telling())])
    for i, finding in enumerate(report.findings):
        if finding.role is not Role.BACKGROUND or finding.stage is not Stage.APPROVED:
            continue
        text = cues.plain(finding.span.text)
        match = cues.patterns("products")["used"].search(text)
        if not match:
            continue
        use = cues.patterns("products")["end"].split(match["use"])[0]
        words = re.findall(r"[a-z-]{4,}", cues.patterns("products")["generic"].sub(" ", use))
        if words and any(word.rstrip("s") not in studied for word in words[:4]):
            yield report.caveat("other_disease", finding.span, [i])
            return


def _bound(report: Report, span: object) -> list[int] | None:
    """The planned or ongoing study a company sentence is about, None where it is about the whole."""
    here = [
        i for i, finding in enumerate(report.findings)
        if finding.role in (Role.PLANNED, Role.ONGOING) and finding.span == span
    ]  # fmt: skip
    return here or None
