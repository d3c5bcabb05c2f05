"""What a reader asks, and what was found for it: the nouns between a question and its answer."""

from dataclasses import dataclass
from enum import StrEnum

from rag.domain import Article, Hit, Sentence


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


@dataclass(frozen=True, slots=True)
class Request:
    """What the reader wants. `earlier` holds their own earlier questions, oldest first: answers are never evidence;
    `language` is that of a leaflet, None for the one its topic is in."""

    text: str
    kind: Kind = Kind.ANSWER
    article: str | None = None
    earlier: tuple[str, ...] = ()
    level: Level = Level.STANDARD
    language: str | None = None


class Asks(StrEnum):
    """What a question wants to know; the cues are in `rag/retrieve/asks.csv`."""

    SUMMARY = "summary"
    EXPLAINER = "explainer"
    OVERVIEW = "overview"
    COMPARE = "compare"
    JOURNAL = "journal"
    PEOPLE = "people"
    NUMBER = "number"
    DOSE = "dose"
    HARMS = "harms"
    COST = "cost"
    WHO = "who"
    WHERE = "where"
    WHEN = "when"
    WHY = "why"
    WHOM = "whom"
    AGE = "age"
    CONTROL = "control"
    WHAT = "what"
    FUNDER = "funder"
    NEXT = "next"
    APP = "app"


class Sufficiency(StrEnum):
    """Whether the library can answer: it does; it is on the subject without the detail; it holds nothing."""

    ENOUGH = "enough"
    NOT_SAID = "not_said"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class Question:
    """A question as read. `whole` is the text with what it leans on from earlier questions; `claim` is what a yes/no
    question asks to be confirmed, `presumed` what a why, how or when takes for granted, None for any other; `strong`
    holds the stems of a claim that promise much, `subject` the stems it is about, without the words that any question
    has, `focus` those of its own text that tell sentences apart."""

    text: str
    whole: str
    language: str
    asks: frozenset[Asks]
    claim: str | None
    strong: frozenset[str]
    subject: tuple[str, ...]
    focus: tuple[str, ...]
    presumed: str | None = None


class Part(StrEnum):
    """What a sentence does in an answer: it denies what the question assumes, answers it, says in whom something was
    tested, what is not shown, or what is to come."""

    DENIES = "denies"
    ANSWER = "answer"
    TESTED = "tested"
    LIMIT = "limit"
    NEXT = "next"


@dataclass(frozen=True, slots=True)
class Pick:
    """A sentence chosen for an answer, how well it fits (0..1), and its part in it."""

    article: Article
    sentence: Sentence
    score: float
    part: Part = Part.ANSWER

    def __post_init__(self) -> None:
        if self.sentence.article != self.article.id or not self.article.citable(self.sentence.span):
            raise ValueError(f"{self.article.id}: a sentence that cannot be cited")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was gathered for a question. `missing` is the detail the article lacks where `sufficiency` is NOT_SAID
    (None: the detail has no name); `left_out` tells that only lines removed from a page are on its subject; `more`
    counts articles on it beyond those kept."""

    question: Question
    sufficiency: Sufficiency
    articles: tuple[Article, ...] = ()
    picks: tuple[Pick, ...] = ()
    hits: tuple[Hit, ...] = ()
    missing: Asks | None = None
    left_out: bool = False
    more: int = 0

    def __post_init__(self) -> None:
        if self.sufficiency is Sufficiency.NOT_FOUND and (self.articles or self.picks):
            raise ValueError("nothing was found, so there is nothing to cite")
        if self.sufficiency is not Sufficiency.NOT_FOUND and not self.articles:
            raise ValueError("found, but in no article")
