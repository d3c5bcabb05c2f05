"""Write and check: each draft is held against the words it cites before it is shown; where a model fails, the built-in
writer takes over, and that is said.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from rag.brief import Section, Tokens
from rag.catalogue import columns
from rag.check.names import names_agree
from rag.check.support import check, merely_untraced
from rag.claim import Claim, Draft, Dropped, Note, Problem, Verdict
from rag.errors import WriterError
from rag.plain.back import back
from rag.question import Evidence
from rag.text.figures import figures
from rag.writers.extractive import Extractive, Writer
from rag.writers.judge import Judge
from rag.writers.llm import ModelDraft

OWN = "Where nothing the language model wrote could be shown, the sentences of the built-in writer stand."


@dataclass(slots=True)
class Log:
    """What one run has written so far, and what is to be said about it; `retold` counts a model's claims that stand."""

    written_by: str
    sections: list[Section] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    retold: int = 0
    tokens: Tokens | None = None

    def put(self, heading: Note, line: Claim | Note) -> bool:
        """Put a line under its heading, the last one or a new one; tell whether it is new."""
        if self.sections and self.sections[-1].heading == heading:
            self.sections[-1] = Section(heading, (*self.sections[-1].lines, line))
            return False
        self.sections.append(Section(heading, (line,)))
        return True

    def said(self) -> tuple[str, ...]:
        """Return the notices, with how many sentences the check dropped."""
        if not self.dropped:
            return tuple(self.notices)
        return (*self.notices, f"{len(self.dropped)} sentence(s) were left out: the words they cite do not carry them.")


def written(
    writer: Writer, evidence: Evidence, log: Log, instead: Writer | None = None
) -> Iterator[tuple[Note, Claim | Note]]:
    """Yield the lines of a writer that stand; where no claim of it does, those of the built-in one (`instead`)."""
    shown = 0
    try:
        for heading, line in _lines(writer, evidence, log):
            shown += isinstance(line, Claim)
            yield heading, line
    except WriterError as error:
        log.notices.append(f"{error.message} {error.hint}")
    kept_own = shown and instead not in (None, writer) and not log.retold
    if kept_own or (not shown and not isinstance(writer, Extractive)):
        log.notices.append("The built-in writer answered in place of the language model.")
        log.written_by = Extractive.name
    if not shown and not isinstance(writer, Extractive):
        log.sections.clear()
        yield from _lines(instead or Extractive(), evidence, log)


def _lines(writer: Writer, evidence: Evidence, log: Log) -> Iterator[tuple[Note, Claim | Note]]:
    told = set[str]()
    for line in writer.write(evidence):
        if isinstance(line, Tokens):
            log.tokens = line
            continue
        heading, draft = line
        kept = draft if isinstance(draft, Note) else _checked(writer, draft, evidence, log)
        log.retold += isinstance(kept, Claim) and isinstance(draft, ModelDraft)
        if isinstance(kept, Claim):
            told.add(heading.text)
        elif kept is None and isinstance(draft, Draft) and draft.instead and heading.text not in told:
            yield from _own(writer, heading, draft.instead, evidence, log)
            continue
        if kept is None and not columns(heading.id):
            continue
        yield heading, kept or Note("cell_dropped", language=heading.language)


def _own(
    writer: Writer, heading: Note, drafts: tuple[Draft, ...], evidence: Evidence, log: Log
) -> Iterator[tuple[Note, Claim]]:
    """The built-in sentences of a part of which no claim of the model stands."""
    if OWN not in log.notices:
        log.notices.append(OWN)
    for draft in drafts:
        if kept := _checked(writer, draft, evidence, log):
            yield heading, kept


def _checked(writer: Writer, draft: Draft, evidence: Evidence, log: Log) -> Claim | None:
    """Check a draft against the words it cites, let it be written again once, or give it up, which is noted."""
    verdict = _verdict(draft)
    if not verdict.supported and (again := writer.repair(draft, verdict.problems, evidence)):
        draft, verdict = again, _verdict(again)
    if merely_untraced(draft.english or draft.text, verdict) and isinstance(writer, Judge) and writer.accepts(draft):
        verdict = Verdict(True, verdict.score)
    if verdict.supported:
        return Claim(draft.text, draft.citations, verdict)
    log.dropped.append(Dropped(draft.text, tuple(dict.fromkeys(problem.kind for problem in verdict.problems))))
    return None


def _verdict(draft: Draft) -> Verdict:
    """Check a draft; one in another language by its English rendering, with the same figures and names.

    A glossary meaning stands for its word.
    """
    cited = [citation.span.text for citation in draft.citations]
    if draft.english is not None:
        stated, rendered = ({figure.value for figure in figures(text)} for text in (draft.text, draft.english))
        if stated != rendered:
            return Verdict(False, 0.0, (Problem("number", draft.text, draft.english),))
        if not names_agree(draft.text, draft.english):
            return Verdict(False, 0.0, (Problem("entity", draft.text, draft.english),))
    claim = draft.text if draft.english is None else draft.english
    verdict = check(claim, cited)
    return verdict if verdict.supported or back(claim) == claim else check(back(claim), cited)
