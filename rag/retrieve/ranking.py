"""What a sentence is worth as an answer: the question's words, its meaning, and whether it tells what is asked for."""

import csv
import re
from functools import cache
from importlib import resources

from rag.domain import Article, Role, Sentence
from rag.question import Asks, Question
from rag.retrieve.vocabulary import Vocabulary, alike
from rag.text.figures import figures
from rag.text.words import content, stem, words

ROLE_WORTH = {Role.RESULT: 0.12, Role.ONGOING: 0.06, Role.PLANNED: 0.04, Role.BACKGROUND: 0.0, Role.ASPIRATION: -0.25}
"""A reported result answers better than earlier knowledge, and a hope does not answer."""
FIGURE_WORTH = 0.08
"""A yes or no wants its number."""
DENIED_WORTH = 0.08
DENIAL = re.compile(r"\b(no|not|nor|neither|cannot|without|failed)\b|n't\b", re.I)
"""What was not found matters more to a reader than one more thing that was."""
FINDS = re.compile(
    r"\b(?:find|finds|found|show|shows|shown|showed|discover\w*|results?|learn\w*|conclu\w+)\b|"
    r"\bwhat (?:did|does|do|has|have) [^?]{2,60}\b(?:do|done)\b",
    re.I,
)
FOUND_WORTH = 0.1
"""Where the question is what was found, a result is the answer."""
HEAD = re.compile(r"\b(?:which|what) ([a-z][\w-]+)", re.I)
NAMING = re.compile(r"\b(?:called|known as|named|such as|including|namely|consist\w* of|compris\w+)\b|: ")
NAMING_WORTH = 0.2
"""Where it is asked which ones, a sentence that has them by name."""
PHASE = re.compile(r"\bphase[ -]?([1-4]|i{1,3}|iv)\b", re.I)
ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
NAMED_WORTH = 0.15
"""A figure or a trial phase in the question points at the sentence that has it."""
SIZED_WORTH = 0.25
SLIPPED_COST = 0.3
"""A sentence that says people where the test was in animals misleads when it is quoted alone."""
TO_COME = frozenset({Role.ONGOING, Role.PLANNED})
COMING_WORTH = 0.25
POINTED = frozenset(
    {
        Asks.WHO,
        Asks.WHERE,
        Asks.WHEN,
        Asks.JOURNAL,
        Asks.PEOPLE,
        Asks.NUMBER,
        Asks.DOSE,
        Asks.COST,
        Asks.AGE,
        Asks.CONTROL,
        Asks.FUNDER,
        Asks.NEXT,
        Asks.HARMS,
    }
)
"""What a sentence either tells or does not, however much of the rest it shares with the question."""
TOLD_WORTH = 0.2
POINTED_WORTH = 0.15
"""Beyond that, where the thing asked for has a sure mark."""
COUNTED = re.compile(r"\b(?:how many|cu[aá]nt[oa]s) ((?:[\w-]+ ?){1,4})", re.I)
COUNTED_WORTH = 0.25
ANYBODY = frozenset(map(stem, "people patients participants persons subjects volunteers adults respondents".split()))
"""Who is counted goes by any of these names."""
PRICE = re.compile(r"\b(?:costs?|priced?|prices|expensive|cheap|much|cuesta)\b", re.I)
AVAILABLE = re.compile(
    r"\b(?:on the market|not (?:yet )?(?:been )?(?:approved|available|licensed)|approv(?:ed|al) (?:in|by|for)|licensed|"
    r"available (?:in|from|to|as)|stop(?:ped)? developing|file for approval|prescription)\b",
    re.I,
)
"""What tells whether a treatment can be had, where its price is not asked for."""
MEASURED = {
    "long": frozenset(map(stem, "minutes hours days weeks months years".split())),
    "often": frozenset(map(stem, "times time daily weekly monthly".split())),
    "old": frozenset(map(stem, "aged years".split())),
    "far": frozenset(map(stem, "meters metres miles kilometers feet".split())),
}
"""What tells how long or how far."""
TIME = MEASURED["long"]
LASTS = re.compile(
    r"\b(?:an?|one) (?:year|month|week|day|hour)\b(?! old)|\b[\w]+-(?:year|month|week|day|hour|minute)\b(?!-old)", re.I
)
"""How long, without a figure: "a year after the first"."""
OFTEN = re.compile(
    r"\b(?:daily|weekly|monthly|hourly|once|twice|of the time|every (?:\w+ ){0,2}(?:day|week|month|year|hour)s?|"
    r"(?:times|sessions|days|hours) (?:a|per|each) (?:day|week|month|year))\b",
    re.I,
)
AGED = re.compile(r"\b(?:aged?|ages)\b[^.;]{0,24}$", re.I)
"""Years of age are no length of time."""
PLACE = re.compile(
    r"\b(?:conducted|carried out|took place|performed|done|based|enrolled|recruited|sites?|locations?|cent(?:er|re)s?|"
    r"hospitals?|clinics?|universit\w+|institute|scientists|researchers|team) "
    r"(?:[\w-]+ ){0,4}?(?:in|at|across|of) (?-i:[A-Z])",
    re.I,
)
DONE = re.compile(
    r"\b(?:conducted|carried out|took place|performed|held|done|recruited|enrolled) (?:\w+ ){0,4}?(?:in|at|across)\b"
)
SITES = re.compile(
    r"\b(?:hospitals|sites|cent(?:er|re)s|clinics|countries|universities|practices|(?:in|at|across) (?-i:[A-Z]))", re.I
)
"""What tells where it was done beyond that it was."""
FACTS = frozenset(
    {Asks.WHO, Asks.WHERE, Asks.WHEN, Asks.JOURNAL, Asks.COST, Asks.FUNDER, Asks.NEXT, Asks.DOSE, Asks.AGE}
)
"""What is asked of the study itself and not of what it found."""
OUT = re.compile(r"\bresults?\b|\bfinish\w*|\breport\w*", re.I)
DUE = re.compile(
    r"\bresults? (?:is|are|were)? ?(?:expected|due)|\bexpected to (?:report|finish|end)|\bresults by\b|\breport in\b",
    re.I,
)
"""What tells when results are to come."""
WITHIN = 4
"""Words after a figure within which stands what it counts: "two urban emergency departments"."""
LEADING = re.compile(
    r"\b(?:led|lead|leads|headed|heads|ran|run|runs|running|carried|conducted|did|behind|charge|leader|scientist|researcher)\b",
    re.I,
)
LEADER = re.compile(
    r"\b(?:led by|who (?:led|heads|directed|headed)|led the|lead (?:author|researcher|investigator|scientist)|"
    r"(?:senior|first|study|corresponding) author|(?:chief|principal|lead) investigator|headed by|heads? of|"
    r"running|conducting|conducts|carrying out|conducted|carried out|first trial|developed by|"
    r"announced (?:[\w-]+ ){0,3}(?:results|data))\b",
    re.I,
)
OUTSIDE = re.compile(r"\b(?:not (?:been )?involved|no part in|not part of|did not take part|independent)\b", re.I)
"""Who leads a study is not who comments on it."""


@cache
def tells() -> dict[Asks, re.Pattern[str]]:
    """Return what a sentence looks like that tells who, where, how many … (`tells.csv`)."""
    with resources.files("rag.retrieve").joinpath("tells.csv").open(encoding="utf8") as file:
        return {Asks(row["asks"]): re.compile(row["pattern"], re.I) for row in csv.DictReader(file)}


def telling(question: Question, kind: Asks, text: str) -> bool:
    """Tell whether a sentence tells a thing asked for: who, where, how many of what is counted."""
    if kind is Asks.WHO and LEADING.search(question.text):
        return bool(LEADER.search(text)) and not OUTSIDE.search(text)
    if kind in (Asks.NUMBER, Asks.DOSE) and (asked := _counted(question)):
        return _counts(asked, text)
    if kind is Asks.COST and not PRICE.search(question.text) and AVAILABLE.search(text):
        return True
    if kind is Asks.WHERE and DONE.search(question.text):
        return bool(DONE.search(text) or PLACE.search(text))
    return kind in tells() and bool(tells()[kind].search(text))


def score(question: Question, article: Article, sentence: Sentence, vocabulary: Vocabulary, near: float) -> float:
    """Return how well a sentence answers (0 or more); `near` is how near its meaning is to the question's."""
    text = sentence.span.text
    worth = 0.4 * max(near, 0.0) + 0.15 * vocabulary.overlap(question.subject, text)
    worth += 0.25 * vocabulary.overlap(question.focus, text)
    worth += _told(question, text)
    found = [finding.role for _, finding in article.findings_at(sentence.span)]
    worth += max((_role_worth(question, role) for role in found), default=0.0)
    if question.claim and Role.RESULT in found and figures(text):
        worth += FIGURE_WORTH
    if DENIAL.search(text) and vocabulary.overlap(question.focus, text):
        worth += DENIED_WORTH
    if FINDS.search(question.text):
        worth += FOUND_WORTH * (bool(figures(text)) + (Role.RESULT in found)) / 2
        worth += FOUND_WORTH / 2 * bool(figures(text) or Role.RESULT in found)
    if Asks.WHEN in question.asks and OUT.search(question.text) and DUE.search(text):
        worth += COUNTED_WORTH
    if Asks.WHERE in question.asks and DONE.search(text):
        worth += COUNTED_WORTH + POINTED_WORTH * bool(SITES.search(text))
    if Asks.WHEN in question.asks and AVAILABLE.search(question.text) and AVAILABLE.search(text):
        worth += COUNTED_WORTH
    worth += NAMED_WORTH * _named(question.text, text)
    worth += NAMING_WORTH * _names_them(question.text, text)
    if Asks.PEOPLE in question.asks and _sized(article, text):
        worth += SIZED_WORTH
    if any(c.kind == "species_slip" and c.span and c.span.overlaps(sentence.span) for c in article.caveats):
        worth -= SLIPPED_COST
    return max(worth, 0.0)


def _role_worth(question: Question, role: Role) -> float:
    """What a role is worth to a question: a result answers no question about the facts around a study."""
    if role in TO_COME:
        return COMING_WORTH if Asks.NEXT in question.asks else 0.0 if FINDS.search(question.text) else ROLE_WORTH[role]
    facts = question.asks & FACTS and question.claim is None and not FINDS.search(question.text)
    return 0.0 if facts and role is Role.RESULT else ROLE_WORTH[role]


def _told(question: Question, text: str) -> float:
    wanted = [kind for kind in question.asks if kind in tells()]
    told = [kind for kind in wanted if telling(question, kind, text)]
    worth = TOLD_WORTH * len(told) / max(len(wanted), 1)
    worth += POINTED_WORTH * any(kind in POINTED for kind in told)
    counted = _counted(question)
    return worth + COUNTED_WORTH * bool(counted and _counts(counted, text))


def _counted(question: Question) -> frozenset[str]:
    """What is counted: the first word that carries meaning after "how many", and those that mean the same."""
    asked = question.whole if question.language == "es" else question.text
    match = COUNTED.search(asked)
    if match is None:
        return next((units for measure, units in MEASURED.items() if f"how {measure}" in asked.lower()), frozenset())
    first = next((word.stem for word in content(match[1])), None)
    return alike(first) - ANYBODY if first else frozenset()


def _counts(counted: frozenset[str], text: str) -> bool:
    """Whether a figure of a text stands before what is counted."""
    found = words(text)
    if counted == MEASURED["often"]:
        return bool(OFTEN.search(text))
    if TIME & counted and LASTS.search(text):
        return True
    for figure in figures(text):
        if AGED.search(text[: figure.start]):
            continue
        after = [word.stem for word in found if word.start >= figure.start][: WITHIN + 1]
        if counted & set(after):
            return True
    return False


def _names_them(asked: str, text: str) -> bool:
    """Whether a sentence names which ones, where a question asks "which games …"."""
    head = HEAD.search(asked)
    named = alike(stem(head[1].lower())) & {word.stem for word in words(text)} if head else None
    return bool(named and NAMING.search(text))


def _named(asked: str, text: str) -> float:
    """The share of the figures and trial phases a question names that a sentence has too (0..1)."""
    wanted = names(asked)
    return len(wanted & names(text)) / len(wanted) if wanted else 0.0


def names(text: str) -> set[float | str]:
    """Return the figures and trial phases a text names."""
    phases = (match[1].lower() for match in PHASE.finditer(text))
    return {figure.value for figure in figures(text)} | {ROMAN.get(phase, phase) for phase in phases}


def _sized(article: Article, text: str) -> bool:
    """Whether a sentence states the sample size of one of the article's studies."""
    sizes = {finding.sample_size for finding in article.findings if finding.sample_size}
    return any(figure.unit is None and figure.value in sizes for figure in figures(text))
