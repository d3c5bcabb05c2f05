"""A message with orders about the product itself: the orders are left out, a real question beside them is kept."""

import re
from dataclasses import dataclass

from rag.safety.cues import Clause, hits, mentions, read
from rag.safety.matching import shown
from rag.safety.patterns import slot

PIECES = re.compile(r"[^.!?。！？:：;；\n]+(?:[.!?。！？:：;；\n]+|$)")
TAG = r"</?\s*(?:system|assistant|context|instructions?)\b[^>]{0,200}>|<\|[^|>]{1,40}\|>|\[/?INST\]"
TURN = (
    r"(?:^|(?<=[.!?\n]\s)|(?<=\n))\s{0,3}(?:#{1,6}\s{0,3})?"
    r"(?:system|assistant|chatgpt)(?: message| prompt)?\s{0,2}:\s"
)
CALL = (
    r"</?\s*(?:tool_call|function_call|tool|function|invoke|parameter)\b"
    r"|[{,]\s{0,9}\"[a-z_]{1,40}\"\s{0,9}:\s{0,9}[\[{\"\d]"
)
LABEL = r"(?:^|(?<=[.!?\n]\s))\s{0,3}\[S\d{1,3}\]\s"
TAGS = re.compile(rf"{TAG}|{TURN}|{CALL}|{LABEL}|!\[[^\]]{{0,200}}\]\(", re.IGNORECASE)
CODED = re.compile(
    r"(?<![\w/+.:-])(?=[A-Za-z0-9+/]{0,400}[a-z][A-Z0-9]{1,9}[a-z])[A-Za-z0-9+/]{40,4000}={0,2}(?![\w/+.-])"
)
"""A run of base64: longer than any word, its capitals and digits within, and no address or path around it."""
TAGGED = re.compile(
    r"<\s*(system|assistant|instructions?)\b[^>]{0,200}>[^<]{0,5000}</\s*\1\s*>"
    r"|\[INST\][^\[]{0,5000}\[/INST\]|!\[[^\]]{0,200}\]\([^)]{0,2000}\)?|" + TAG,
    re.IGNORECASE,
)
QUOTED = re.compile(r"^\s*[\"'“‘«「『]")


@dataclass(frozen=True, slots=True)
class Part:
    """What is left of a message: whether orders were left out, whether they were after settings, and the question."""

    refused: bool
    secret: bool
    question: str


def part(text: str, clauses: tuple[Clause, ...]) -> Part:
    """Part the orders in a message from its question.

    A text in quotation marks is what an order wants said, not a question.
    """
    seen = shown(text)
    kinds = {cue.kind for clause in clauses for cue, _ in hits("injection", clause)}
    if TAGS.search(seen) or CODED.search(seen):
        kinds.add("tags")
    if not kinds:
        return Part(False, False, text)
    pieces = (piece[0].strip() for piece in PIECES.finditer(TAGGED.sub("\n", seen)))
    return Part(True, "secret" in kinds, " ".join(piece for piece in dict.fromkeys(pieces) if _asks(piece)))


def _asks(piece: str) -> bool:
    """Whether a piece of a message is a question or a request, in the reader's own voice, and gives no order."""
    if QUOTED.match(piece) or not any(character.isalnum() for character in piece):
        return False
    clauses = read(piece)
    if TAGS.search(piece) or CODED.search(piece) or any(True for clause in clauses for _ in hits("injection", clause)):
        return False
    return piece.endswith(("?", "？")) or any(
        mentions(name, clause) and slot(name).match(clause.text) for clause in clauses for name in ("asks", "requests")
    )
