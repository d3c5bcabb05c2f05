"""What is said and what it rests on: a claim with its citations and verdict, or a note. Frozen; constructors refuse."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rag import catalogue
from rag.domain import Span

QUOTES = '"“”'


@dataclass(frozen=True, slots=True)
class Citation:
    """The exact words of an article that a claim rests on."""

    article: str
    span: Span


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a claim: the kind, the words of the claim, those of the text they fail against or ""."""

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
class Draft:
    """A claim before its check; `english` is its rendering where it is written in another language, `instead` what is
    shown where neither it nor any before it under its heading passes."""

    text: str
    citations: tuple[Citation, ...]
    english: str | None = None
    instead: tuple["Draft", ...] = ()


@dataclass(frozen=True, slots=True)
class Dropped:
    """A sentence that was written and not shown, and the kinds of problem the check found in it. Never a claim."""

    text: str
    problems: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.text.strip() or set(self.problems) - set(Problem.KINDS):
            raise ValueError("what was left out has words, and problems of a known kind")


@dataclass(frozen=True, slots=True)
class Claim:
    """A cited statement: a verbatim sentence, or our own plain words, with the verdict of the check."""

    text: str
    citations: tuple[Citation, ...]
    verdict: Verdict

    def __post_init__(self) -> None:
        if not self.text.strip() or not self.citations:
            raise ValueError("a claim needs words and a citation")

    @property
    def verbatim(self) -> bool:
        """Whether it is in the article's own words."""
        return any(self.text in " ".join(citation.span.text.split()) for citation in self.citations)

    @property
    def shown(self) -> str:
        """The claim as it is read: the article's own words stand in quotation marks, once."""
        if not self.verbatim or (self.text[0], self.text[-1]) in (('"', '"'), ("“", "”")):
            return self.text
        loose = self.text.count('"') % 2 or self.text.count("“") != self.text.count("”")
        return f"“{self.text.strip(QUOTES) if loose else self.text}”"


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
