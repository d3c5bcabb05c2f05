"""The gates before retrieval: a fixed order, fixed rules, fixed words; the same message always meets the same gate."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from rag.claim import Note
from rag.safety import injections, words
from rag.safety.cues import Clause, hits, mentions, read
from rag.safety.likeness import Alike
from rag.safety.matching import shown
from rag.safety.subjects import Message, asks, subject
from rag.text.language import language

ENOUGH = 2
"""The weight that closes a gate: one plain cue, or two weaker ones of different kinds (a burden, letters written)."""

NEAR = 6
"""Clauses within which weaker cues are counted together: more than most messages have, fewer than a pasted article."""

DARK = "dark_"
"""How the kinds of words begin that are no cause for alarm in a question, and are one in what is told unasked."""


class Gate(StrEnum):
    """What stops a question before anything is looked up, the most urgent first."""

    CRISIS = "crisis"
    EMERGENCY = "emergency"
    TREATMENT = "treatment"
    DIAGNOSIS = "diagnosis"
    INJECTION = "injection"


BODY = (Gate.EMERGENCY, Gate.TREATMENT, Gate.DIAGNOSIS)
"""The gates of the body, in their order."""


@dataclass(frozen=True, slots=True)
class Screened:
    """A message after the gates.

    `notes` are the words to say first; with no gate closed at most the refusal of a part, and then without a title.
    `standing` is the help line that stays above later answers; `question` what is left to answer.
    """

    gate: Gate | None
    language: str
    title: Note | None
    notes: tuple[Note, ...]
    standing: str | None
    question: str


def screen(text: str, earlier: tuple[str, ...] = (), alike: Alike | None = None) -> Screened:
    """Pass a message through the gates.

    `earlier` holds the reader's own earlier messages, which decide on the standing help line and nothing else. `alike`
    hears what no cue has words for, in a message that no gate has closed for.
    """
    spoken = language(text)
    clauses = read(text)
    plainly = _about(Gate.CRISIS, clauses)
    crisis = plainly or _darkly(clauses)
    stands = bool(crisis) or any(_in_danger(told, alike) for told in earlier)
    standing = words.standing(spoken) if stands else None
    # The body's own emergency comes before a dark word, and after plain ones.
    if plainly or (crisis and not _about(Gate.EMERGENCY, clauses)):
        notes = words.crisis(spoken, someone_else=crisis == {"other"})
        return Screened(Gate.CRISIS, spoken, words.title("crisis", spoken), notes, standing, text)
    for gate in BODY:
        if _about(gate, clauses):
            return Screened(gate, spoken, words.title(gate, spoken), _words(gate, spoken, clauses), standing, text)
    if who := _like(text, clauses, alike):
        notes = words.crisis(spoken, someone_else=who == "other")
        return Screened(Gate.CRISIS, spoken, words.title("crisis", spoken), notes, words.standing(spoken), text)
    part = injections.part(text, clauses)
    if part.refused and not part.question:
        notes = words.injection(spoken, part.secret)
        return Screened(Gate.INJECTION, spoken, words.title("injection", spoken), notes, standing, text)
    if part.refused:
        spoken = language(part.question)
        return Screened(None, spoken, None, words.partly(spoken, part.secret), standing, part.question)
    return Screened(None, spoken, None, (), standing, text)


def _words(gate: Gate, spoken: str, clauses: tuple[Clause, ...]) -> tuple[Note, ...]:
    if gate is Gate.EMERGENCY:
        return words.emergency(spoken)
    if gate is Gate.DIAGNOSIS:
        return words.diagnosis(spoken)
    stops = any(mentions("antidepressant", clause) and mentions("stops", clause) for clause in clauses)
    return words.treatment(spoken, stops)


def _in_danger(text: str, alike: Alike | None) -> bool:
    clauses = read(text)
    return bool(_about(Gate.CRISIS, clauses) or _darkly(clauses)) or (
        not any(_about(gate, clauses) for gate in BODY) and _like(text, clauses, alike) is not None
    )


def _like(text: str, clauses: tuple[Clause, ...], alike: Alike | None) -> str | None:
    """Whom a message is about that is like one of danger; only one that tells of somebody and asks nothing."""
    return alike(shown(text)) if alike and Message.of(clauses).told else None


def _darkly(clauses: tuple[Clause, ...]) -> frozenset[str]:
    """Whom the dark words are about in a message that tells of somebody and asks nothing of the articles."""
    if not Message.of(clauses).told:
        return frozenset()
    return frozenset(who for _, kind, _, who in _signs(Gate.CRISIS, clauses) if kind.startswith(DARK))


def _about(gate: Gate, clauses: tuple[Clause, ...]) -> frozenset[str]:
    """Whom a gate's cues speak of, or nothing where they do not weigh enough within NEAR clauses."""
    signs = list(_signs(gate, clauses))
    for last, *_ in signs:
        near = [(kind, weight) for n, kind, weight, _ in signs if last - NEAR < n <= last]
        if sum({kind: weight for kind, weight in sorted(near, key=lambda sign: sign[1])}.values()) >= ENOUGH:
            return frozenset(who for *_, who in signs)
    return frozenset()


def _signs(gate: Gate, clauses: tuple[Clause, ...]) -> Iterator[tuple[int, str, int, str]]:
    """What speaks for a gate, by clause. An emergency is now: one in the past is none unless it says now too."""
    message = Message.of(clauses)
    for n, clause in enumerate(clauses):
        if gate is Gate.EMERGENCY and mentions("past", clause) and not mentions("now", clause):
            continue
        for cue, found in hits(gate, clause):
            who = subject(cue, found, message)
            if who and not (cue.kind.startswith(DARK) and asks(clause)):
                yield n, cue.kind, cue.weight, who
