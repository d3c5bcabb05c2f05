"""The nouns of the library. Frozen; each constructor refuses what must never exist (a ValueError is a fault of ours).

What a reader asks is in `rag/question.py`, what a reader is shown (Claim, Note, Verdict, Brief …) in `rag/brief.py`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from rag import catalogue


class Stage(StrEnum):
    """What a finding was tested in, lowest first (definitions: README, "Stages"); REVIEW_OPINION is off the ladder."""

    UNCLEAR = "unclear"
    CELL = "cell"
    ANIMAL = "animal"
    HUMAN_TISSUE = "human_tissue"
    CASE_REPORT = "case_report"
    OBSERVATIONAL = "observational"
    TRIAL_UNSPECIFIED = "trial_unspecified"
    PHASE1 = "phase1"
    PHASE2 = "phase2"
    PHASE3 = "phase3"
    SYSTEMATIC_REVIEW = "systematic_review"
    APPROVED = "approved"
    REVIEW_OPINION = "review_opinion"

    @property
    def rank(self) -> int:
        """Place on the ladder, 0 for the lowest."""
        return list(Stage).index(self)

    @property
    def in_people(self) -> bool:
        """Whether a result at this stage comes from living people."""
        return self in PEOPLE


PEOPLE = frozenset(Stage) - {
    Stage.UNCLEAR,
    Stage.CELL,
    Stage.ANIMAL,
    Stage.HUMAN_TISSUE,
    Stage.REVIEW_OPINION,
}


class Role(StrEnum):
    """What a statement is to the article; only a RESULT is evidence."""

    RESULT = "result"
    ONGOING = "ongoing"
    PLANNED = "planned"
    BACKGROUND = "background"
    ASPIRATION = "aspiration"


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` up to, not including, `end` of an article's text, with the characters themselves."""

    start: int
    end: int
    text: str

    def __post_init__(self) -> None:
        if self.start < 0 or self.end - self.start != len(self.text) or not self.text.strip():
            raise ValueError(f"{self.start}:{self.end} is not the place of {self.text!r}")

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def inside(self, text: str) -> bool:
        """Whether this is exactly that slice of a text."""
        return text[self.start : self.end] == self.text


@dataclass(frozen=True, slots=True)
class Document:
    """A text as it came in, before it was read; `title` … `outlet` only where they were given with it."""

    text: str
    origin: str
    id: str
    title: str | None = None
    url: str | None = None
    date: str | None = None
    outlet: str | None = None

    def __post_init__(self) -> None:
        if not self.text.strip() or not self.id.strip():
            raise ValueError("a document needs a text and an id")


@dataclass(frozen=True, slots=True)
class Source:
    """Where an article comes from. None where the text does not say; `date` is as precise as the text: 2026-02-11,
    2013-03 or 2010; `found` tells of each fact how it was found ("byline")."""

    title: str
    origin: str
    outlet: str | None = None
    url: str | None = None
    date: str | None = None
    authors: tuple[str, ...] = ()
    researchers: tuple[str, ...] = ()
    journal: str | None = None
    institutions: tuple[str, ...] = ()
    found: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A citable sentence: number `n` of its article, in a paragraph and a section (both counted from 0)."""

    article: str
    n: int
    paragraph: int
    section: int
    span: Span


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the article says was or will be tested: in what, in which role, in how many; `study` numbers the
    article's studies, `setting` holds the text's own words for what it was tested in ("mice")."""

    article: str
    stage: Stage
    role: Role
    span: Span
    sample_size: int | None = None
    study: int = 0
    setting: str | None = None

    def __post_init__(self) -> None:
        if self.sample_size is not None and self.sample_size < 1:
            raise ValueError(f"a study of {self.sample_size} is none")


@dataclass(frozen=True, slots=True)
class Caveat:
    """A limit of the evidence. `span` holds the words it rests on (None: the whole article, or what is not there);
    `findings` the indices of the findings it limits (None: all of the article's)."""

    kind: str
    article: str | None
    span: Span | None = None
    slots: Mapping[str, str] = field(default_factory=dict)
    findings: frozenset[int] | None = None

    def __post_init__(self) -> None:
        catalogue.severity(self.kind)
        catalogue.render(self.kind, "en", self.slots)

    @property
    def severity(self) -> str:
        """high, medium, low or always."""
        return catalogue.severity(self.kind)

    def text(self, language: str = "en") -> str:
        """The caveat as one plain sentence or two."""
        return catalogue.render(self.kind, language, self.slots)

    def limits(self, finding: int) -> bool:
        """Whether this caveat goes with that finding of its article."""
        return self.findings is None or finding in self.findings


@dataclass(frozen=True, slots=True)
class Article:
    """A text that was read. `text` is never edited; `removed` may be seen, not cited; `stage` is the main study's."""

    id: str
    source: Source
    text: str
    removed: tuple[Span, ...] = ()
    headings: tuple[Span, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    findings: tuple[Finding, ...] = ()
    caveats: tuple[Caveat, ...] = ()
    stage: Stage = Stage.REVIEW_OPINION

    def __post_init__(self) -> None:
        spans = [*self.removed, *self.headings, *(s.span for s in self.sentences), *(f.span for f in self.findings)]
        spans += [c.span for c in self.caveats if c.span]
        for span in spans:
            if not span.inside(self.text):
                raise ValueError(f"{self.id}: {span.text[:60]!r} does not stand at {span.start}:{span.end}")
        owned = {
            *(s.article for s in self.sentences),
            *(f.article for f in self.findings),
            *(c.article for c in self.caveats),
        }
        if owned - {self.id}:
            raise ValueError(f"{self.id} holds something of {owned - {self.id}}")
        for span in [*(s.span for s in self.sentences), *(f.span for f in self.findings)]:
            if not self.citable(span):
                raise ValueError(f"{self.id}: {span.text[:60]!r} was removed and must not be cited")
        results = {finding.stage for finding in self.findings if finding.role is Role.RESULT}
        if self.stage not in (results or {Stage.REVIEW_OPINION}):
            raise ValueError(f"{self.id}: stage {self.stage} is not the stage of any result")

    def citable(self, span: Span) -> bool:
        """Whether a span is a slice of the text that touches no removed line."""
        return span.inside(self.text) and not any(span.overlaps(gone) for gone in self.removed)

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The stages of the results, lowest first; more than one means several kinds of evidence."""
        return tuple(sorted({f.stage for f in self.findings if f.role is Role.RESULT}, key=lambda stage: stage.rank))

    def findings_at(self, span: Span) -> Iterator[tuple[int, Finding]]:
        """The findings whose words a span touches, with their indices."""
        return ((i, finding) for i, finding in enumerate(self.findings) if finding.span.overlaps(span))

    def due(self, spans: tuple[Span, ...], severity: str = "high") -> Iterator[Caveat]:
        """The caveats of a severity that must be said where these spans are cited: those of the results they touch."""
        touched = {i for span in spans for i, finding in self.findings_at(span) if finding.role is Role.RESULT}
        return (c for c in self.caveats if c.severity == severity and any(c.limits(i) for i in touched))


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit of search: neighbouring sentences of one section, with the title they stand under."""

    id: str
    article: str
    title: str
    section: int
    span: Span


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, how well it matches (0..1) and by what: dense, lexical, or both."""

    passage: Passage
    score: float
    found_by: tuple[str, ...]
