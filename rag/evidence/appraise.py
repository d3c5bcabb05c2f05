"""The whole reading of an article: its findings, its caveats and the stage of its main study."""

import datetime
from dataclasses import replace

from rag.domain import Article, Role, Stage
from rag.evidence import stories
from rag.evidence import studies as study
from rag.evidence.caveats import caveats
from rag.evidence.findings import findings
from rag.evidence.reach import english
from rag.evidence.report import Report
from rag.evidence.roles import Reading
from rag.evidence.statements import Statement, statements
from rag.evidence.worded import withdrawn


def appraise(draft: Article, today: datetime.date) -> Article:
    """Read the findings and caveats of a draft, an article with sentences only. `today` decides what is old.

    A draft in another language than English is returned as it is.
    """
    if not english(draft):
        return draft
    told, studies = study.split(draft, stories.told(statements(draft)))
    if withdrawn(draft.source.title, told):
        told = [_past(statement) for statement in told]
    found = findings(draft, told, studies)
    main = study.main(draft, told, studies)
    stage = next((f.stage for f in found if f.role is Role.RESULT and f.study == main), Stage.REVIEW_OPINION)
    report = Report(draft, tuple(told), studies, found, main)
    return replace(draft, findings=found, caveats=caveats(report, today), stage=stage)


def _past(statement: Statement) -> Statement:
    """A result that was withdrawn is background."""
    return statement.within(statement.study, Reading(Role.BACKGROUND)) if statement.result else statement
