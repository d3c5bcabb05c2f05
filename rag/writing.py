"""Write and check: each draft is held against the words it cites before it is shown; where a model fails, the built-in
writer takes over, and that is said.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from rag.brief import Section, Tokens
from rag.catalogue import columns
from rag.check.support import check
from rag.claim import Claim, Draft, Note, Verdict
from rag.errors import WriterError
from rag.question import Evidence
from rag.text.figures import figures
from rag.writers.extractive import Extractive, Writer


@dataclass(slots=True)
class Log:
    """What one run has written so far, and what is to be said about it."""

    written_by: str
    sections: list[Section] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    dropped: int = 0
    tokens: Tokens | None = None

    def put(self, heading: Note, line: Claim | Note) -> None:
        """Put a line under its heading, the last one or a new one."""
        if self.sections and self.sections[-1].heading == heading:
            self.sections[-1] = Section(heading, (*self.sections[-1].lines, line))
        else:
            self.sections.append(Section(heading, (line,)))

    def said(self) -> tuple[str, ...]:
        """Return the notices, with how many sentences the check dropped."""
        if not self.dropped:
            return tuple(self.notices)
        return (*self.notices, f"{self.dropped} sentence(s) were left out: the words they cite do not carry them.")


def written(writer: Writer, evidence: Evidence, log: Log) -> Iterator[tuple[Note, Claim | Note]]:
    """Yield the lines of a writer that stand; where no claim of it does, those of the built-in one."""
    shown = 0
    try:
        for heading, line in _lines(writer, evidence, log):
            shown += isinstance(line, Claim)
            yield heading, line
    except WriterError as error:
        log.notices.append(f"{error.message} {error.hint}")
    if not shown and not isinstance(writer, Extractive):
        log.notices.append("The built-in writer answered in place of the language model.")
        log.written_by = Extractive.name
        log.sections.clear()
        yield from _lines(Extractive(), evidence, log)


def _lines(writer: Writer, evidence: Evidence, log: Log) -> Iterator[tuple[Note, Claim | Note]]:
    for line in writer.write(evidence):
        if isinstance(line, Tokens):
            log.tokens = line
            continue
        heading, draft = line
        kept = draft if isinstance(draft, Note) else _checked(writer, draft, evidence)
        if kept is None:
            log.dropped += 1
            if not columns(heading.id):
                continue
        yield heading, kept or Note("cell_dropped", language=heading.language)


def _checked(writer: Writer, draft: Draft, evidence: Evidence) -> Claim | None:
    """Check a draft against the words it cites, let it be written again once, or give it up."""
    verdict = _verdict(draft)
    if not verdict.supported:
        again = writer.repair(draft, verdict.problems, evidence)
        if again is None:
            return None
        draft, verdict = again, _verdict(again)
    return Claim(draft.text, draft.citations, verdict) if verdict.supported else None


def _verdict(draft: Draft) -> Verdict:
    """Check a draft; one in another language by its English rendering, which must state the same figures."""
    cited = [citation.span.text for citation in draft.citations]
    if draft.english is None:
        return check(draft.text, cited)
    stated, rendered = ({figure.value for figure in figures(text)} for text in (draft.text, draft.english))
    return check(draft.english, cited) if stated == rendered else Verdict(False, 0.0)
