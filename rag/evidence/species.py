"""Which animals a study was done in, in a word that reads well: mice, guinea pigs."""

from collections.abc import Iterable

from rag.evidence import cues
from rag.evidence.statements import Statement

PLURALS = {"mouse": "mice", "murine": "mice", "rat": "rats", "monkey": "monkeys", "guinea pig": "guinea pigs"}


def species(statements: Iterable[Statement]) -> str:
    """Return what the sentences call their animals, as a plural; "animals" where they say no more."""
    for statement in statements:
        if name := cues.patterns("people")["animals"].search(statement.text):
            return PLURALS.get(name[0], name[0])
    return "animals"
