"""The gates before retrieval: a fixed order, fixed rules, fixed words; the same message always meets the same gate."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from rag.brief import Note
from rag.safety import injections, words
from rag.safety.cues import hits, known, slot
from rag.safety.matching import clauses
from rag.safety.subjects import Message, subject
from rag.text.language import language

ENOUGH = 2
"""The weight at which a gate closes: one plain cue, or two weaker ones of different kinds (a burden, and letters written)."""


class Gate(StrEnum):
    """What stops a question before anything is looked up, the most urgent first."""

    CRISIS = "crisis"
    EMERGENCY = "emergency"
    TREATMENT = "treatment"
    DIAGNOSIS = "diagnosis"
    INJECTION = "injection"


@dataclass(frozen=True, slots=True)
class Screened:
    """A message after the gates. `notes` are the words to say first; with no gate closed at most a refusal of a part, and no title.

    `standing` is the help line that stays above later answers; `question` what is left to answer.
    """

    gate: Gate | None
    language: str
    title: Note | None
    notes: tuple[Note, ...]
    standing: str | None
    question: str


def screen(text: str, earlier: tuple[str, ...] = ()) -> Screened:
    """Pass a message through the gates. `earlier` holds the reader's own earlier messages, which only decide on the standing help line."""
    spoken = language(text)
    read = clauses(text, known)
    crisis = _about("crisis", read)
    standing = words.standing(spoken) if crisis or any(_about("crisis", clauses(before, known)) for before in earlier) else None
    if crisis:
        return Screened(Gate.CRISIS, spoken, words.title("crisis", spoken), words.crisis(spoken, crisis == {"other"}), standing, text)
    if _about("emergency", read):
        return Screened(Gate.EMERGENCY, spoken, words.title("emergency", spoken), words.emergency(spoken), standing, text)
    if _about("treatment", read):
        notes = words.treatment(spoken, _stops_antidepressant(read))
        return Screened(Gate.TREATMENT, spoken, words.title("treatment", spoken), notes, standing, text)
    if _about("diagnosis", read):
        return Screened(Gate.DIAGNOSIS, spoken, words.title("diagnosis", spoken), words.diagnosis(spoken), standing, text)
    part = injections.part(text)
    if part.refused and not part.question:
        return Screened(Gate.INJECTION, spoken, words.title("injection", spoken), words.injection(spoken, part.secret), standing, text)
    if part.refused:
        return Screened(None, language(part.question), None, words.partly(language(part.question), part.secret), standing, part.question)
    return Screened(None, spoken, None, (), standing, text)


def _about(gate: str, read: tuple[str, ...]) -> frozenset[str]:
    """Whom a gate's cues speak of, or nothing where they do not weigh enough."""
    message = Message.of(read)
    weights: dict[str, int] = {}
    about: set[str] = set()
    for kind, weight, who in _signs(gate, read, message):
        weights[kind] = max(weights.get(kind, 0), weight)
        about.add(who)
    return frozenset(about) if sum(weights.values()) >= ENOUGH else frozenset()


def _signs(gate: str, read: tuple[str, ...], message: Message) -> Iterator[tuple[str, int, str]]:
    for clause in read:
        if gate == Gate.EMERGENCY and slot("past").search(clause) and not slot("now").search(clause):
            continue
        for cue, found in hits(gate, clause):
            who = subject(cue, found, message)
            if who:
                yield cue.kind, cue.weight, who


def _stops_antidepressant(read: tuple[str, ...]) -> bool:
    return any(slot("antidepressant").search(clause) and slot("stops").search(clause) for clause in read)
