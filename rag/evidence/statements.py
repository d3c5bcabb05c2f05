"""An article's statements: its sentences, or clauses where the role changes within one, and what their words tell."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from rag.domain import Article, Role, Sentence, Span
from rag.evidence import cues, roles
from rag.evidence.roles import Reading
from rag.evidence.samples import Sample, sample
from rag.evidence.stages import Setting, setting

REACH = 12
"""Sentences for which a study stays in mind: a bare past tense ("the spine did not change") counts as its result."""
TO_COME = (Role.PLANNED, Role.ONGOING)


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence or clause: its place, plain text and role, the stage and sample its own words name, and its study."""

    sentence: Sentence
    span: Span
    text: str
    reading: Reading
    setting: Setting | None
    sample: Sample | None
    study: int = 0
    story: bool = False

    @property
    def role(self) -> Role | None:
        """The role of the statement, None where it is no finding."""
        return self.reading.role

    @property
    def result(self) -> bool:
        """Whether it reports a result."""
        return self.reading.role is Role.RESULT

    @property
    def telling(self) -> bool:
        """Whether its words tell what its study was done in: those of a result or a method do."""
        return self.result or (self.reading.role is None and self.reading.method)

    def within(self, study: int, reading: Reading | None = None, *, story: bool = False) -> "Statement":
        """The same statement as part of a study, read anew where a reading is given."""
        return replace(self, study=study, reading=reading or self.reading, story=self.story or story)


def statements(article: Article) -> list[Statement]:
    """Read every sentence of an article, in order."""
    found: list[Statement] = []
    last = -REACH - 1
    for sentence in article.sentences:
        near = sentence.n - last <= REACH or bool(
            cues.patterns("statements")["sized"].search(sentence.span.text[: cues.LONGEST])
        )
        for statement in _read(sentence, in_study=near):
            if found and _goes_on(found[-1], statement):
                statement = replace(statement, reading=Reading(found[-1].role))
            found.append(statement)
            if statement.telling or cues.patterns("statements")["mention"].search(statement.text):
                last = sentence.n
    return found


def _goes_on(before: Statement, statement: Statement) -> bool:
    """Whether a statement tells more of the study to come that the one before it named."""
    same = before.sentence.paragraph == statement.sentence.paragraph
    return (
        same
        and statement.role is None
        and before.role in TO_COME
        and bool(cues.patterns("statements")["more"].match(statement.text))
    )


def _read(sentence: Sentence, *, in_study: bool) -> Iterator[Statement]:
    """Read a sentence, unless it has no end; it is cut only where its clauses are findings of different roles."""
    raw = sentence.span.text
    if len(raw) > cues.LONGEST:
        return
    plain = cues.plain(raw)
    readings = [(start, end, roles.read(plain[start:end], in_study=in_study)) for start, end in roles.clauses(plain)]
    if len({reading.role for _, _, reading in readings} - {None}) > 1:
        for start, end, reading in _joined(readings):
            yield _statement(sentence, start, end, reading)
        return
    whole = readings[0][2] if len(readings) == 1 else roles.read(plain, in_study=in_study)
    yield _statement(sentence, 0, len(raw), whole)


def _joined(readings: list[tuple[int, int, Reading]]) -> list[tuple[int, int, Reading]]:
    """Join neighbouring clauses of one role; one without a role goes with its neighbour."""
    joined: list[tuple[int, int, Reading]] = []
    for start, end, reading in readings:
        if joined and (reading.role in (None, joined[-1][2].role) or joined[-1][2].role is None):
            before = joined[-1][2]
            role = before.role or reading.role
            joined[-1] = (
                joined[-1][0],
                end,
                Reading(role, before.method or reading.method, before.framed or reading.framed),
            )
        else:
            joined.append((start, end, reading))
    return joined


def _statement(sentence: Sentence, start: int, end: int, reading: Reading) -> Statement:
    raw = sentence.span.text[start:end]
    if not (start == 0 and end == len(sentence.span.text)):
        lead = cues.patterns("statements")["edge"].match(raw)
        start += lead.end() if lead else 0
        raw = cues.patterns("statements")["edge"].sub("", raw)
    plain = cues.plain(raw)
    place = sentence.span.start + start
    span = Span(place, place + len(raw), raw)
    if reading.role is None and not reading.method:
        return Statement(sentence, span, plain, reading, None, None)
    return Statement(sentence, span, plain, reading, setting(plain), sample(raw))
