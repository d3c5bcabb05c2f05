"""A message that gives orders about the product itself: the orders are left out, a real question beside them is kept."""

import re
from dataclasses import dataclass

from rag.safety.cues import Clause, hits, read, slot
from rag.safety.matching import shown

PIECES = re.compile(r"[^.!?。！？:：;；\n]+(?:[.!?。！？:：;；\n]+|$)")
TAGS = re.compile(r"</?\s*(?:system|assistant|context|instructions?)\b[^>]{0,200}>|<\|[^|>]{1,40}\|>|\[/?INST\]|!\[[^\]]{0,200}\]\(", re.I)
TAGGED = re.compile(r"<\s*(system|assistant|instructions?)\b[^>]{0,200}>[^<]{0,5000}</\s*\1\s*>|<\|[^|>]{1,40}\|>|\[INST\][^\[]{0,5000}\[/INST\]", re.I)
QUOTED = re.compile(r"^\s*[\"'“‘«「『]")


@dataclass(frozen=True, slots=True)
class Part:
    """What is left of a message: whether orders were left out, whether they asked for settings or keys, and the real question, if any."""

    refused: bool
    secret: bool
    question: str


def part(text: str, clauses: tuple[Clause, ...]) -> Part:
    """Part the orders in a message from its question. A text in quotation marks after an order is what was to be said, not a question."""
    seen = shown(text)
    kinds = {cue.kind for clause in clauses for cue, _ in hits("injection", clause)}
    if TAGS.search(seen):
        kinds.add("tags")
    if not kinds:
        return Part(False, False, text)
    pieces = [piece[0] for piece in PIECES.finditer(TAGGED.sub("\n", seen))]
    kept = [piece.strip() for piece in pieces if _asks(piece) and not _orders(piece)]
    return Part(True, "secret" in kinds, " ".join(kept))


def _orders(piece: str) -> bool:
    return bool(TAGS.search(piece) or any(True for clause in read(piece) for _ in hits("injection", clause)))


def _asks(piece: str) -> bool:
    """Whether a piece of a message is a question or a request, standing in the reader's own voice."""
    if QUOTED.match(piece) or not any(character.isalnum() for character in piece):
        return False
    if piece.rstrip().endswith(("?", "？")):
        return True
    return any(slot("asks").match(clause.text) or slot("requests").match(clause.text) for clause in read(piece))
