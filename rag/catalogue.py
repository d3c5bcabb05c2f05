"""The catalogue of notes: every fixed sentence the product may say, by its id, with slots filled from the text."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from string import Template

FILES = ("caveats.csv", "answers.csv", "explainers.csv", "safety.csv")
FACTS = ("id", "severity", "says", "source")
"""The columns of a file that are not a language."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One note in the languages it is written in. `severity` is empty where the note is not a caveat; `says` names the
    caveat whose meaning it holds, so that the caveat need not be said again; a caveat says itself."""

    id: str
    severity: str
    says: str
    texts: Mapping[str, Template]


@cache
def entries() -> Mapping[str, Entry]:
    """All notes by id, read once from `rag/notes/`. Raises ValueError where an id stands twice or has no English."""
    found: dict[str, Entry] = {}
    for name in FILES:
        with resources.files("rag").joinpath("notes", name).open(encoding="utf8") as file:
            for row in csv.DictReader(file, restkey="beyond"):
                if "beyond" in row:
                    raise ValueError(f"{name}: a comma outside quotation marks in note {row['id']!r}")
                texts = {language: Template(text) for language, text in row.items() if language not in FACTS and text}
                if row["id"] in found or "en" not in texts:
                    raise ValueError(f"{name}: note {row['id']!r} stands twice or has no English text")
                says = row.get("says") or (row["id"] if row["severity"] else "")
                found[row["id"]] = Entry(row["id"], row["severity"], says, texts)
    return found


@cache
def _tables() -> Mapping[str, tuple[str, ...]]:
    with resources.files("rag").joinpath("notes", "tables.csv").open(encoding="utf8") as file:
        return {row["heading"]: tuple(row["columns"].split()) for row in csv.DictReader(file)}


def columns(heading: str) -> tuple[str, ...]:
    """The notes that head the columns of the table under a heading, none where lines stand under it."""
    return _tables().get(heading, ())


def render(note: str, language: str, slots: Mapping[str, str]) -> str:
    """Fill a note's slots, in English where it is not written in that language.

    Raises ValueError for a note that is not in the catalogue, or a slot too few or too many.
    """
    entry = entries().get(note)
    if entry is None:
        raise ValueError(f"the catalogue has no note {note!r}")
    template = entry.texts.get(language, entry.texts["en"])
    wanted = set(template.get_identifiers())
    if wanted != set(slots):
        raise ValueError(f"note {note!r} takes the slots {sorted(wanted)}, not {sorted(slots)}")
    return template.substitute(slots)


def severity(note: str) -> str:
    """The severity of a caveat: high, medium, low or always. Raises ValueError for a note that is no caveat."""
    entry = entries().get(note)
    if entry is None or not entry.severity:
        raise ValueError(f"the catalogue has no caveat {note!r}")
    return entry.severity
