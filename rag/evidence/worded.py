"""Caveats an article's words carry: add-on treatment, stand-in outcomes, trials to come, hype, rough translation."""

import re
from collections.abc import Iterator
from functools import cache

from rag.domain import PEOPLE, Article, Caveat, Role, Span
from rag.evidence import cues
from rag.evidence.report import TREATS, Report, part
from rag.evidence.statements import Statement

LONGEST_WORD = 40
"""Characters of a strong word that is quoted."""


def combination(report: Report) -> Iterator[Caveat]:
    """An effect seen together with, or on top of, another treatment."""
    for statement in report.told:
        if report.stage(statement.study) not in TREATS or statement.story or statement.role not in (None, Role.RESULT):
            continue
        match = cues.first("wording", "combination", statement.text)
        if match:
            raw = statement.span.text
            phrase = cues.patterns("worded")["phrase"].match(raw, match.end + (raw[match.end : match.end + 1] == " "))
            other = " ".join(phrase[0].split()) if phrase else "another treatment"
            end = phrase.end() if phrase else match.end
            yield report.caveat(
                "combination", part(statement.span, match.start, end), _same(report, statement), other=other
            )
            return


def surrogate_endpoint(report: Report) -> Iterator[Caveat]:
    """Results that are stand-ins, the first of each study: a scan, a blood value, the size of a tumor."""
    said: set[int] = set()
    for statement in report.told:
        if (
            not statement.result
            or statement.study in said
            or report.stage(statement.study) not in TREATS
            or cues.first("wording", "harms_list", statement.text)
        ):
            continue
        found = ((name, match) for name, pattern in _standins() if (match := pattern.search(statement.text)))
        if first := next(found, None):
            name, match = first
            limited = [i for i in report.of(statement.study) if report.findings[i].span.overlaps(statement.span)]
            span = part(statement.span, match.start(), match.end())
            yield report.caveat("surrogate_endpoint", span, limited, standin=name)
            said.add(statement.study)


def trials_to_come(report: Report) -> Iterator[Caveat]:
    """Studies in people that are planned, and such as are under way."""
    for role, kind in ((Role.PLANNED, "trial_planned"), (Role.ONGOING, "trial_ongoing")):
        limited = [i for i, finding in enumerate(report.findings) if finding.role is role and finding.stage in PEOPLE]
        if limited:
            yield report.caveat(kind, report.findings[limited[0]].span, limited)


def hype(report: Report) -> Iterator[Caveat]:
    """A strong word in title, headings or sentences."""
    if not report.results:
        return
    heads = [span for span in (headline(report.article), *report.article.headings) if span]
    for span, text in (*((head, cues.plain(head.text)) for head in heads), *((s.span, s.text) for s in report.told)):
        if match := cues.first("wording", "hype", text):
            found = part(span, match.start, match.end)
            yield report.caveat("hype", found, None, word=found.text[:LONGEST_WORD])
            return


def headline(article: Article) -> Span | None:
    """The title where it stands in the text outside the removed lines."""
    start = article.text.find(article.source.title)
    if start < 0:
        return None
    span = Span(start, start + len(article.source.title), article.source.title)
    return span if article.citable(span) else None


def garbled_text(report: Report) -> Iterator[Caveat]:
    """Words that edited English never has, or a line that says the text was translated by a machine."""
    if span := report.says("garbled_text"):
        yield report.caveat("garbled_text", span)
    elif any(
        cues.first("wording", "garbled_text", cues.plain(line))
        for span in report.article.removed
        for line in span.text.splitlines()
    ):
        yield report.caveat("garbled_text")


def pipeline_count(report: Report) -> Iterator[Caveat]:
    """A count of projects in development."""
    if span := report.says("pipeline_count"):
        yield report.caveat("pipeline_count", span)


def retracted(report: Report) -> Iterator[Caveat]:
    """A study that was withdrawn: binds the findings near those words, or the article where title or lead say so."""
    statement = next((s for s in report.told if cues.first("wording", "retracted", s.text)), None)
    if statement is None:
        return
    whole = cues.first("wording", "retracted", cues.plain(report.article.source.title)) or statement.sentence.n < LEAD
    near = [i for i, finding in enumerate(report.findings) if finding.span.overlaps(statement.span)]
    yield report.caveat("retracted", statement.span, None if whole or not near else near)


LEAD = 3
"""Sentences that make the lead: what is withdrawn there is what the article is about."""


def withdrawn(title: str, told: list[Statement]) -> bool:
    """Whether an article is about a withdrawn study: its title or its lead says so."""
    lead = [cues.plain(title), *(s.text for s in told if s.sentence.n < LEAD)]
    return any(cues.first("wording", "retracted", text) for text in lead)


def _same(report: Report, statement: Statement) -> list[int]:
    """The findings of the sentence, or of the study where the sentence is no finding."""
    here = [i for i in report.of(statement.study) if report.findings[i].span.overlaps(statement.span)]
    return here or list(report.of(statement.study))


@cache
def _standins() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (row["standin"], re.compile(rf"(?<![\w-])(?:{row['pattern']})(?!\w)")) for row in cues.rows("standins")
    )
