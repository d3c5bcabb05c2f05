"""Caveats of what an article does not say; each is judged on the whole article, never on a part of it."""

import re
from collections.abc import Iterator

from rag.domain import PEOPLE, Caveat, Role, Span, Stage
from rag.evidence import cues
from rag.evidence.report import TREATS, Report, part
from rag.evidence.stages import TRIALS

STATEMENT = 12
"""Words of a safety phrase that are quoted; the longest narrow phrase of the tuning articles has nine."""


def harms(report: Report) -> Iterator[Caveat]:
    """Nothing said of side effects; or only a narrow phrase, where no list of harms stands beside it."""
    limited = report.at(TREATS | ({Stage.OBSERVATIONAL} if report.treated() else frozenset()))
    if not limited:
        return
    if report.says("harms_list"):
        return
    for statement in report.told:
        if statement.role not in (None, Role.RESULT):
            continue
        if match := cues.first("wording", "harms_partial", statement.text):
            span = _phrase(statement.span, match.start, match.end)
            yield report.caveat("harms_partial", span, limited, statement=" ".join(span.text.split()))
            return
    if not report.says("harms"):
        yield report.caveat("harms_missing", None, limited)


def _phrase(span: Span, start: int, end: int) -> Span:
    """The clause around a safety phrase where it is short, else the words from the phrase on."""
    edges = [m.end() for m in cues.patterns("absent")["clause"].finditer(span.text)]
    begin = max((edge for edge in edges if edge <= start), default=0)
    stop = min((m.start() for m in cues.patterns("absent")["clause"].finditer(span.text, end)), default=len(span.text))
    if len(span.text[begin:stop].split()) > STATEMENT:
        begin = start
        words = list(re.finditer(r"\S+", span.text[start:stop]))[:STATEMENT]
        stop = max(end, start + words[-1].end())
    return part(span, begin, stop)


def no_control(report: Report) -> Iterator[Caveat]:
    """A test in people that says it had no comparison group, or names none."""
    for number in {report.findings[i].study for i in report.at(TRIALS)}:
        around = [s for s in report.told if s.study == number]
        said = next(((s, m) for s in around if (m := cues.first("wording", "no_control", s.text))), None)
        if said:
            statement, match = said
            yield report.caveat("no_control", part(statement.span, match.start, match.end), report.of(number))
        elif not any(cues.first("wording", "control", s.text) for s in around):
            yield report.caveat("no_control", None, report.of(number))


def effect_not_quantified(report: Report) -> Iterator[Caveat]:
    """A study whose results claim an effect and never give its size."""
    for number in dict.fromkeys(report.findings[i].study for i in report.results):
        results = [s for s in report.told if s.result and s.study == number]
        if report.studies[number].story or any(_sized(s.text) for s in results):
            continue
        statement = next((s for s in results if cues.first("wording", "effect", s.text)), None)
        if statement:
            yield report.caveat("effect_not_quantified", statement.span, report.of(number))


def unsaid(report: Report) -> Iterator[Caveat]:
    """What the article leaves out: dose, follow-up, access, journal, a second place, an independent voice."""
    if not report.results:
        return
    treated = report.treated()
    if treated and not report.says("dose"):
        yield report.caveat("dose_missing")
    people = report.at(PEOPLE - {Stage.SYSTEMATIC_REVIEW, Stage.APPROVED})
    if people and not report.says("followup"):
        yield report.caveat("followup_missing", None, people)
    if treated and not report.says("access"):
        yield report.caveat("availability_missing")
    if report.article.source.journal is None and not report.says("journal"):
        yield report.caveat("journal_not_named")
    if not report.says("independent"):
        yield report.caveat("no_independent_voice")
        if not report.says("multisite") and len(_institutes(report)) == 1:
            yield report.caveat("single_site")


def _sized(text: str) -> bool:
    """Whether a result gives a size: a number that is no name, phase or count of people, or a word for one."""
    patterns = cues.patterns("absent")
    return bool(patterns["size"].search(patterns["names"].sub(" ", text)))


def _institutes(report: Report) -> set[str]:
    """The universities, hospitals and institutes an article names."""
    found = cues.patterns("absent")["institute"]
    return {match[0] for statement in report.told for match in found.finditer(statement.span.text)}
