"""A second look by the model at words that do not trace to the cited sentences. It sees the claim and these alone."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Protocol, runtime_checkable

from rag.claim import Draft
from rag.writers.endpoint import Endpoint
from rag.writers.faults import Fault
from rag.writers.prompts import data, fill
from rag.writers.run import Run

MOST = 3
"""Claims of one answer that are judged: each costs a request, and an answer has four claims."""
SCHEMA: Mapping[str, Any] = {
    "title": "judgement",
    "description": "Whether the sentences carry the claim.",
    "type": "object",
    "properties": {"carried": {"type": "boolean"}},
    "required": ["carried"],
    "additionalProperties": False,
}
OBJECT = re.compile(r"\{[^{}]*\}")


@runtime_checkable
class Judge(Protocol):
    """A writer that can say whether cited sentences carry a draft whose words do not all trace to them."""

    def accepts(self, draft: Draft) -> bool:
        """Whether they do; False where the question cannot be asked or answered."""
        ...


def carried(endpoint: Endpoint, claim: str, cited: Sequence[str], run: Run) -> bool:
    """Ask whether sentences carry a claim. What fails, or is not a plain yes, is a no."""
    if run.judged >= MOST:
        return False
    run.judged += 1
    task = fill("judge", claim=data(claim), sentences="\n".join(f"- {data(text)}" for text in cited))
    try:
        return _yes("".join(endpoint.ask([("human", task)], SCHEMA, run)))
    except Fault:
        return False


def _yes(reply: str) -> bool:
    """Read the one object of a reply."""
    found = OBJECT.findall(reply)
    try:
        said = json.loads(found[0]) if len(found) == 1 else {}
    except json.JSONDecodeError:
        return False
    return said.get("carried") is True
