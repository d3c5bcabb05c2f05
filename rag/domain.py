"""The nouns. Frozen, and each constructor refuses what must never exist; a ValueError here is a fault of ours."""

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


PEOPLE = frozenset(
    {Stage.CASE_REPORT, Stage.OBSERVATIONAL, Stage.TRIAL_UNSPECIFIED, Stage.PHASE1, Stage.PHASE2, Stage.PHASE3,
     Stage.SYSTEMATIC_REVIEW, Stage.APPROVED}
)  # fmt: skip


class Role(StrEnum):
    """What a statement is to the article; only a RESULT is evidence."""

    RESULT = "result"
    ONGOING = "ongoing"
    PLANNED = "planned"
    BACKGROUND = "background"
    ASPIRATION = "aspiration"


class Kind(StrEnum):
    """The three jobs."""

    ANSWER = "answer"
    SUMMARY = "summary"
    EXPLAINER = "explainer"


class Level(StrEnum):
    """How plain the reader wants it."""

    SIMPLE = "simple"
    STANDARD = "standard"
    DETAILED = "detailed"


class Outcome(StrEnum):
    """How a request ended."""

    WRITTEN = "written"
    CORRECTED = "corrected"
    NOT_SAID = "not_said"
    NOT_FOUND = "not_found"
    ADVICE = "advice"
    CRISIS = "crisis"
    EMERGENCY = "emergency"
    REFUSED = "refused"


FIXED = frozenset({Outcome.CRISIS, Outcome.EMERGENCY, Outcome.REFUSED})


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
    """A text as it came in, before anything was read out of it. `id`, `title`, `url`, `date` and `outlet` only where given with it."""

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
    """Where an article comes from. None where the text does not say; `date` is as precise as the text: 2026-02-11, 2013-03 or 2010."""

    title: str
    origin: str
    outlet: str | None = None
    url: str | None = None
    date: str | None = None
    authors: tuple[str, ...] = ()
    researchers: tuple[str, ...] = ()
    journal: str | None = None


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
    """Something the article says was or will be tested: in what, in which role, in how many. `study` numbers the article's studies."""

    article: str
    stage: Stage
    role: Role
    span: Span
    sample_size: int | None = None
    study: int = 0

    def __post_init__(self) -> None:
        if self.sample_size is not None and self.sample_size < 1:
            raise ValueError(f"a study of {self.sample_size} is none")


@dataclass(frozen=True, slots=True)
class Caveat:
    """A limit of the evidence. `span` holds the words it rests on (None: it rests on the whole article, or on what is not there);
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
    """A text that has been read. `text` is never edited; `removed` may be seen but not cited; `stage` is the main study's."""

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
        for owner in (*self.sentences, *self.findings, *self.caveats):
            if owner.article != self.id:
                raise ValueError(f"{self.id} holds something of {owner.article}")
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
        """The caveats of one severity that must be said where these spans are cited: those of the results they touch."""
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


@dataclass(frozen=True, slots=True)
class Request:
    """What the reader wants. `earlier` holds the reader's own earlier questions, oldest first; answers are never evidence."""

    text: str
    kind: Kind = Kind.ANSWER
    article: str | None = None
    earlier: tuple[str, ...] = ()
    level: Level = Level.STANDARD


@dataclass(frozen=True, slots=True)
class Citation:
    """The exact words of an article that a claim rests on."""

    article: str
    span: Span


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a claim: the kind, the words of the claim, and those of the text they fail against ("" where none)."""

    kind: str
    claim: str
    text: str

    KINDS = ("number", "negation", "species", "certainty", "causation", "scope", "entity", "not_in_text")

    def __post_init__(self) -> None:
        if self.kind not in Problem.KINDS:
            raise ValueError(f"{self.kind!r} is no kind of problem")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a text carries a claim, how well (0..1), and what is wrong with it."""

    supported: bool
    score: float
    problems: tuple[Problem, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.score <= 1 or (self.supported and self.problems):
            raise ValueError("a supported claim has no problems and a score lies between 0 and 1")


@dataclass(frozen=True, slots=True)
class Claim:
    """A cited statement: a verbatim sentence, or our own plain words, with the verdict of the check."""

    text: str
    citations: tuple[Citation, ...]
    verdict: Verdict

    def __post_init__(self) -> None:
        if not self.text.strip() or not self.citations:
            raise ValueError("a claim needs words and a citation")


@dataclass(frozen=True, slots=True)
class Note:
    """One of our fixed sentences, out of the catalogue; only its slots vary."""

    id: str
    slots: Mapping[str, str] = field(default_factory=dict)
    article: str | None = None
    language: str = "en"

    def __post_init__(self) -> None:
        catalogue.render(self.id, self.language, self.slots)

    @property
    def text(self) -> str:
        """The sentence with its slots filled."""
        return catalogue.render(self.id, self.language, self.slots)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading (a note of the catalogue) and the lines under it."""

    heading: Note
    lines: tuple[Claim | Note, ...]


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a language model read and wrote; `exact` is False for an estimate."""

    prompt: int
    completion: int
    exact: bool


@dataclass(frozen=True, slots=True)
class Gathered:
    """The first event of a run: the evidence and the caveats that must be said, before any claim is shown."""

    articles: tuple[Article, ...]
    evidence: tuple[Finding, ...]
    caveats: tuple[Caveat, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """What the reader is shown. `title` and `bottom` are notes, so nothing unchecked can stand in them; `articles` are those cited or
    named, in the order of their numbers."""

    kind: Kind
    outcome: Outcome
    title: Note
    bottom: tuple[Note, ...]
    sections: tuple[Section, ...] = ()
    articles: tuple[Article, ...] = ()
    caveats: tuple[Caveat, ...] = ()
    language: str = "en"
    standing: str | None = None
    glossary: tuple[tuple[str, str], ...] = ()
    written_by: str = "extractive"
    notices: tuple[str, ...] = ()
    tokens: Tokens | None = None
    timings_ms: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.outcome in FIXED and (self.sections or self.articles or self.caveats):
            raise ValueError(f"{self.outcome} has fixed words only")
        if not self.bottom:
            raise ValueError("a brief begins with a bottom line")
        if self.outcome in (Outcome.WRITTEN, Outcome.CORRECTED) and not self.claims:
            raise ValueError(f"{self.outcome} without a claim")
        if self.outcome is Outcome.NOT_FOUND and (self.claims or self.articles):
            raise ValueError("nothing was found, so nothing can be cited")
        if self.outcome is Outcome.ADVICE and len(self.claims) > 1:
            raise ValueError("one cited sentence at most beside the advice")
        for claim in self.claims:
            if not claim.verdict.supported:
                raise ValueError(f"not supported: {claim.text!r}")
        known = {article.id: article for article in self.articles}
        for citation in self.citations:
            if citation.article not in known or not known[citation.article].citable(citation.span):
                raise ValueError(f"a citation of {citation.article} that does not resolve: {citation.span.text[:60]!r}")
        said = {(caveat.kind, caveat.article) for caveat in self.caveats}
        for article in self.articles:
            spans = tuple(c.span for c in self.citations if c.article == article.id)
            for caveat in article.due(spans):
                if (caveat.kind, article.id) not in said:
                    raise ValueError(f"{article.id} is cited without its caveat {caveat.kind}")

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Every claim, in the order shown."""
        return tuple(line for section in self.sections for line in section.lines if isinstance(line, Claim))

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every citation, in the order shown."""
        return tuple(citation for claim in self.claims for citation in claim.citations)

    @property
    def bottom_line(self) -> str:
        """The answer in a line."""
        return " ".join(note.text for note in self.bottom)

    @property
    def evidence(self) -> tuple[Finding, ...]:
        """The findings the citations touch, in the order of the articles."""
        found: dict[tuple[str, int], Finding] = {}
        for article in self.articles:
            for citation in self.citations:
                if citation.article == article.id:
                    found |= {(article.id, i): finding for i, finding in article.findings_at(citation.span)}
        return tuple(found.values())


Event = Gathered | Claim | Brief
