"""The fixed words of the gates, as notes of the catalogue; the help numbers come, with dates, from `numbers.csv`."""

from dataclasses import dataclass
from functools import cache

from rag import catalogue
from rag.claim import Note
from rag.safety.patterns import rows


@dataclass(frozen=True, slots=True)
class Line:
    """A help number: where it answers, what it is, where that was read and when it was verified."""

    id: str
    country: str
    number: str
    what: str
    source: str
    verified: str


@cache
def lines() -> tuple[Line, ...]:
    """All help numbers, in the order they are shown."""
    return tuple(Line(**row) for row in rows("numbers.csv"))


def _numbers(role: str) -> dict[str, str]:
    return {line.id: line.number for line in lines() if line.what == role}


def _note(name: str, language: str, slots: dict[str, str] | None = None) -> Note:
    return Note(name, slots or {}, language=language)


def title(gate: str, language: str) -> Note:
    """The title over a gate's words."""
    return _note(f"{gate}_title", language)


def crisis(language: str, someone_else: bool) -> tuple[Note, ...]:
    """What to say to a reader in danger, or to one who fears for somebody: 80 to 120 English words."""
    person = "other" if someone_else else "self"
    shown = (line for line in lines() if line.what in ("helpline", "directory"))
    helplines = (_note(f"help_{line.id}", language, {"number": line.number}) for line in shown)
    return (
        _note(f"crisis_heard_{person}", language),
        _note(f"crisis_now_{person}", language, _numbers("emergency")),
        *helplines,
        _note(f"crisis_together_{person}", language),
    )


def standing(language: str) -> str:
    """The help line above later answers."""
    numbers = {line.id: line.number for line in lines()}
    wanted = catalogue.entries()["crisis_standing"].texts["en"].get_identifiers()
    return _note("crisis_standing", language, {name: numbers[name] for name in wanted}).text


def emergency(language: str) -> tuple[Note, ...]:
    """What to say to a reader who describes an emergency."""
    return (_note("emergency_call", language, _numbers("emergency")),)


def treatment(language: str, stops_antidepressant: bool) -> tuple[Note, ...]:
    """What to say to a reader about to take, stop or change a treatment."""
    notes = (_note("treatment_ask", language),)
    return (*notes, _note("treatment_withdrawal", language)) if stops_antidepressant else notes


def diagnosis(language: str) -> tuple[Note, ...]:
    """What to say to a reader who asks which illness it is."""
    return (_note("diagnosis_ask", language),)


def injection(language: str, secret: bool) -> tuple[Note, ...]:
    """What to say to a message that is nothing but orders about the product."""
    return (*partly(language, secret), _note("refused_instead", language))


def partly(language: str, secret: bool) -> tuple[Note, ...]:
    """The refusal said before the answer where a message holds orders and a question."""
    return (_note("refused_secret" if secret else "refused_order", language),)
