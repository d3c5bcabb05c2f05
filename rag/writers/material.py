"""Which sentences of an article a leaflet may tell, what part of it each belongs to, and how much each is worth."""

import csv
import re
from collections.abc import Iterator
from functools import cache
from importlib import resources

from rag.domain import Article, Role, Sentence
from rag.text.figures import figures
from rag.writers.plain import LOUD, QUOTES, TELLING

FULL = 20
"""Words of a sentence that says who, what and how much; a shorter one says less."""
LONG = 40
"""Words beyond which nobody takes a sentence in at one reading."""
BARE = 7
"""Words a plan needs to say what is planned: "Research is to be continued" tells nothing."""
GROUP = r"those(?! (?:who|with|in|on|given|treated|\w+ing))"
"""A pronoun, and not the people who did something."""
LEANS = re.compile(
    rf"^[\"'“]?(?:this|these|{GROUP}|they|it|its|he|she|such|both|another|nor|neither they|"
    r"but|yet|however|instead|later|"
    r"also|still|then|moreover|meanwhile|similarly|likewise|conversely|in contrast|by contrast|in turn|as a result|"
    r"(?:compared|in comparison) (?:to|with) (?:this|that|these|those)|\w+ (?:was|were|is|are) also|"
    r"(?:all|most|many|some|none|one|each|half|of) (?:of )?(?:these|them|those)|"
    r"other(?:s|wise)|the (?:difference|effect|result|latter|former|other)|results (?:are|were) expected|"
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d+) "
    r"(?:said|had|were|did|got|felt|reported|dropped|withdrew|left|stopped|improved)|"
    r"\w+ (?:days|weeks|months|years) later(?=,))\b"
    r"|\b(?:most|some|many|all|\d[\d,]*) of (?:these|those)\b"
    r"|\bsuch (?:cases|people|patients|results|findings|studies|effects|changes)\b",
    re.I,
)
"""A sentence that is only understood after the one before it."""
TAKES_BACK = re.compile(
    rf"^[\"'“]?(?:{GROUP}|they|it|its|both|nor|neither they|but|yet|however|the (?:difference|effect|result))\b",
    re.I,
)
"""One that may take back or complete the one before it, so that this is not told without it."""
TURNS = re.compile(r"^[\"'“]?(?:but|yet|however|in contrast|by contrast|the difference)\b", re.I)
"""One that does so even where it states no finding of its own."""
TEAM = re.compile(r"\b(?:researchers?|scientists?|team|authors?|investigators?|group|doctors|experts)\b", re.I)
THEIRS = re.compile(r"\b(?:they|them|their|we|our|us)\b", re.I)
DENIES = re.compile(
    r"\b(?:no (?:better|worse|more|less|difference|effect|benefit|change|link)|did(?: not|n['’]t)(?! test| look)|"
    r"did nothing|fail\w*|missed|unchanged|rule out chance|due to chance)\b",
    re.I,
)
"""A result that something did not help weighs as much as one that it did."""
BESIDE = re.compile(r"\b(?:compared|versus|vs|than|against|placebo|control|untreated|in every|out of)\b", re.I)
"""A figure beside the one it is to be held against tells how much."""
VAGUE = re.compile(
    r"^(?:a|an|the|another) (?:key|main|central|important|crucial|special|further|other) "
    r"(?:aspect|point|feature|part)\b|"
    r"\b(?:opens? (?:up )?(?:the |new )?(?:doors?|ways?)|innovative|promising|paves? the way|(?:a|the) new way|"
    r"new (?:insights?|approach(?:es)?|avenues?))\b",
    re.I,
)
"""Words that announce a result without telling it."""
CANNOT = re.compile(r"\b(?:cannot|can['’]t|could not|couldn['’]t|were not|was not)\b", re.I)
"""What was not done or cannot be known is a limit, not a method."""
WHO = re.compile(
    r"^(?!.*\b(?:than|fell|rose|improved)\b).*?(?:\b(?:mean|average|median) age\b|\beligible (?:to|for)\b|"
    r"\b(?:was|were) (?:on average|aged|eligible|required to|(?:randomly )?(?:assigned|allocated|randomi[sz]ed))\b|"
    r"\bon average (?:was|were)\b|\bat (?:baseline|enrol\w*|the start of the (?:study|trial))\b|"
    r"^when the (?:study|trial) (?:began|started)\b|^all (?:the )?(?:participants|patients|people|women|men) had\b)",
    re.I | re.S,
)
"""Who they were when it began, and who got what, is no result, whatever figures it has."""
HARMS = re.compile(r"\b(?:side[- ]effects?|adverse|tolera(?:ted|ble|bility)|complaints?|toxic\w*)\b", re.I)
PART = re.compile(
    r"\bsubgroup|"
    r"^(?:in|among|for) (?:people|men|women|adults|children|those|patients|participants) (?:under|over|aged|with)\b",
    re.I,
)
"""A result in a part of those studied, which says less than one in all."""
PAIRS = (("“", "”"), ("(", ")"))


def roles(article: Article, sentence: Sentence) -> set[Role]:
    """Return the roles of the findings that a sentence states."""
    return {finding.role for _, finding in article.findings_at(sentence.span)}


def usable(article: Article) -> Iterator[Sentence]:
    """Yield the sentences that mislead nobody when they stand alone: no slip in the species, no half of a quotation, no
    question."""
    slipped = [caveat.span for caveat in article.caveats if caveat.kind == "species_slip" and caveat.span]
    for sentence in article.sentences:
        text = sentence.span.text
        whole = all(text.count(left) == text.count(right) for left, right in PAIRS) and text.count('"') % 2 == 0
        if whole and text.rstrip("”\")’'")[-1:] in (".", "!") and not any(s.overlaps(sentence.span) for s in slipped):
            yield sentence


def method(sentence: Sentence) -> bool:
    """Tell whether a sentence says what was done, and in whom or in how many."""
    text = sentence.span.text
    told = (_any_of("methods").search(text) and not outcome(sentence)) or WHO.search(text)
    return bool(told and TELLING.search(text) and not LEANS.search(text) and not CANNOT.search(text))


def plan(article: Article, sentence: Sentence) -> bool:
    """Tell whether a sentence says what is under way or planned, and not what is only hoped for."""
    of = roles(article, sentence)
    long = len(sentence.span.text.split()) >= BARE or LEANS.search(sentence.span.text)
    return bool(of & {Role.ONGOING, Role.PLANNED} and Role.ASPIRATION not in of and long)


def outcome(sentence: Sentence) -> bool:
    """Tell whether a sentence says what came out, and not only what was done."""
    return bool(_any_of("outcomes").search(sentence.span.text))


def worth(article: Article, sentence: Sentence, first: bool) -> float:
    """Weigh how much a sentence tells: the main study, the first, a figure, what did not help; nobody's own words."""
    text = sentence.span.text
    partial = (c.span for c in article.caveats if c.kind in ("hype", "harms_partial") and c.span)
    return (
        1.0 * any(finding.stage is article.stage for _, finding in article.findings_at(sentence.span))
        + 0.5 * first
        + 0.3 * bool(DENIES.search(text))
        + 0.4 * bool(figures(text))
        + 0.3 * bool(len(figures(text)) > 1 and BESIDE.search(text))
        + 0.02 * min(len(text.split()), FULL)
        - 0.02 * max(0, len(text.split()) - LONG)
        - 0.6 * bool(PART.search(text))
        - 0.9 * bool(HARMS.search(text))
        - 0.8 * bool(LOUD.search(text))
        - 0.6 * bool(VAGUE.search(text))
        - 0.8 * any(span.overlaps(sentence.span) for span in partial)
        - 0.6 * bool(QUOTES.search(text))
        - 0.02 * sentence.n
    )


def adrift(text: str, plainer: str) -> bool:
    """Tell whether plainer words lost whom a "they" or "them" in them means: "The team found that ... led them to"."""
    return bool(THEIRS.search(plainer) and TEAM.search(text) and not TEAM.search(plainer))


@cache
def _any_of(name: str) -> re.Pattern[str]:
    with resources.files("rag.writers").joinpath(f"{name}.csv").open(encoding="utf8") as file:
        words = "|".join(row["word"] for row in csv.DictReader(file))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.I)
