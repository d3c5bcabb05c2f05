"""What the caveats are read from: an article with its statements, studies and findings."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rag.domain import Article, Caveat, Finding, Role, Span, Stage
from rag.evidence import cues
from rag.evidence.stages import LABORATORY, TRIALS
from rag.evidence.statements import Statement
from rag.evidence.studies import Study

TREATS = LABORATORY | TRIALS | {Stage.CASE_REPORT, Stage.UNCLEAR}
"""Stages at which something was done to what was studied."""


@dataclass(frozen=True, slots=True)
class Report:
    """An article whose findings have been read; `told` holds its statements, `main` the number of its main study."""

    article: Article
    told: tuple[Statement, ...]
    studies: dict[int, Study]
    findings: tuple[Finding, ...]
    main: int | None

    @property
    def results(self) -> list[int]:
        """The indices of the results."""
        return [i for i, finding in enumerate(self.findings) if finding.role is Role.RESULT]

    def of(self, *studies: int) -> frozenset[int]:
        """The results of some studies."""
        return frozenset(i for i in self.results if self.findings[i].study in studies)

    def at(self, stages: Iterable[Stage]) -> list[int]:
        """The results at some stages."""
        wanted = frozenset(stages)
        return [i for i in self.results if self.findings[i].stage in wanted]

    def stage(self, study: int) -> Stage | None:
        """The stage of a study's results, None where it has none."""
        return next((self.findings[i].stage for i in self.results if self.findings[i].study == study), None)

    def telling(self, *studies: int) -> Iterator[Statement]:
        """The result and method statements of some studies that have results, in order."""
        wanted = studies or tuple({self.findings[i].study for i in self.results})
        return (statement for statement in self.told if statement.telling and statement.study in wanted)

    def treated(self) -> bool:
        """Whether a treatment was tested: something was done to those studied, or the exposure watched is one."""
        if any(self.findings[i].stage in TREATS for i in self.results):
            return True
        lead = next((statement.text for statement in self.told if statement.result), "")
        return any(cues.first("wording", "exposure", text) for text in (cues.plain(self.article.source.title), lead))

    def caveat(
        self, kind: str, span: Span | None = None, findings: Iterable[int] | None = None, **slots: str
    ) -> Caveat:
        """A caveat of this article."""
        return Caveat(kind, self.article.id, span, slots, None if findings is None else frozenset(findings))

    def says(self, label: str) -> Span | None:
        """The first words of the article, title aside, out of one list of `wording.csv`; None where there are none."""
        return next((span for span in self.saying(label)), None)

    def saying(self, label: str) -> Iterator[Span]:
        """Every first occurrence in a statement of one list of `wording.csv`."""
        for statement in self.told:
            if match := cues.first("wording", label, statement.text):
                yield part(statement.span, match.start, match.end)


def part(span: Span, start: int, end: int) -> Span:
    """A slice of a span, without blanks at its edges."""
    words = span.text[start:end]
    start += len(words) - len(words.lstrip())
    return Span(span.start + start, span.start + start + len(words.strip()), words.strip())
