"""What the reader is shown. Frozen; each constructor refuses what must never be shown (a ValueError is our fault)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from rag import catalogue
from rag.claim import Citation, Claim, Dropped, Note
from rag.domain import Article, Caveat, Finding
from rag.question import Kind


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
class Section:
    """A heading (a note of the catalogue) and the lines under it; under the heading of a table, its cells by row."""

    heading: Note
    lines: tuple[Claim | Note, ...]

    @property
    def columns(self) -> tuple[Note, ...]:
        """What heads the columns of a table; nothing where the lines stand one under the other."""
        return tuple(Note(column, language=self.heading.language) for column in catalogue.columns(self.heading.id))

    @property
    def rows(self) -> tuple[tuple[Claim | Note, ...], ...]:
        """The rows of a table; of lines that are none, each in a row of its own."""
        wide = len(self.columns) or 1
        return tuple(self.lines[start : start + wide] for start in range(0, len(self.lines), wide))


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a language model read and wrote; `exact` is False for an estimate."""

    prompt: int
    completion: int
    exact: bool


@dataclass(frozen=True, slots=True)
class Gathered:
    """The first event of a run: the evidence and the caveats that must be said, before any claim is shown; `bottom` is
    the bottom line, where it is known already."""

    articles: tuple[Article, ...]
    evidence: tuple[Finding, ...]
    caveats: tuple[Caveat, ...]
    bottom: tuple[Note, ...] = ()

    @property
    def to_say(self) -> tuple[Caveat, ...]:
        """The caveats that the bottom line has not said already."""
        return _unsaid(self.caveats, self.bottom, self.articles)


@dataclass(frozen=True, slots=True)
class Brief:
    """What the reader is shown. `title` and `bottom` are notes, so nothing unchecked can stand in them; `articles` are
    those cited or named, in the order of their numbers, `also_in` has by id the others that carry the same release;
    `grade` is the Flesch-Kincaid grade of our own words, `grade_shown` of everything shown; `dropped` is what the check
    did not let through."""

    kind: Kind
    outcome: Outcome
    title: Note
    bottom: tuple[Note, ...]
    sections: tuple[Section, ...] = ()
    articles: tuple[Article, ...] = ()
    caveats: tuple[Caveat, ...] = ()
    also_in: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    language: str = "en"
    standing: str | None = None
    glossary: tuple[tuple[str, str], ...] = ()
    grade: float = 0.0
    grade_shown: float = 0.0
    written_by: str = "extractive"
    notices: tuple[str, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    tokens: Tokens | None = None
    timings_ms: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.bottom:
            raise ValueError("a brief begins with a bottom line")
        self._fits_outcome()
        self._is_carried()
        self._says_caveats()

    def _fits_outcome(self) -> None:
        if self.outcome in FIXED and (self.sections or self.articles or self.caveats):
            raise ValueError(f"{self.outcome} has fixed words only")
        if self.outcome in (Outcome.WRITTEN, Outcome.CORRECTED) and not self.claims:
            raise ValueError(f"{self.outcome} without a claim")
        if self.outcome is Outcome.NOT_FOUND and (self.claims or self.articles):
            raise ValueError("nothing was found, so nothing can be cited")
        if any(len(row) != (len(section.columns) or 1) for section in self.sections for row in section.rows):
            raise ValueError("a table with a row that is not whole")
        if self.outcome is Outcome.ADVICE and len(self.claims) > 1:
            raise ValueError("one cited sentence at most beside the advice")

    def _is_carried(self) -> None:
        known = {article.id: article for article in self.articles}
        for claim in self.claims:
            if not claim.verdict.supported:
                raise ValueError(f"not supported: {claim.text!r}")
        for citation in self.citations:
            if citation.article not in known or not known[citation.article].citable(citation.span):
                raise ValueError(f"a citation of {citation.article} that does not resolve: {citation.span.text[:60]!r}")

    def _says_caveats(self) -> None:
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
    def to_say(self) -> tuple[Caveat, ...]:
        """The caveats that no note has said already: one thing is said once."""
        notes = (*self.bottom, *(line for s in self.sections for line in s.lines if isinstance(line, Note)))
        return _unsaid(self.caveats, notes, self.articles)

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


def _unsaid(caveats: tuple[Caveat, ...], notes: tuple[Note, ...], articles: tuple[Article, ...]) -> tuple[Caveat, ...]:
    alone = articles[0].id if len(articles) == 1 else None
    said = {
        (catalogue.entries()[note.id].says, about) for note in notes for about in (note.article, note.article or alone)
    }
    return tuple(caveat for caveat in caveats if (caveat.kind, caveat.article) not in said)


Event = Gathered | Section | Claim | Brief
"""A Section without lines tells under which heading the claims after it stand."""
