"""Hold a claim against a whole text: split it, find the sentences nearest to the claim, check it against those."""

from typing import Any

from rag.check.support import check_against
from rag.domain import Document
from rag.ingest.clean import clean, sentences


def verify_claim(claim: str, text: str) -> dict[str, Any]:
    """Return the Verdict of the contract; offsets point into the text."""
    document = Document(text, "", "text")
    verdict, carried_by = check_against(claim, sentences("text", clean(document), text))
    return {
        "verdict": "supported" if verdict.supported else "unsupported",
        "score": round(verdict.score, 4),
        "problems": [{"kind": p.kind, "claim": p.claim, "text": p.text} for p in verdict.problems],
        "citations": [{"start": s.span.start, "end": s.span.end, "quote": s.span.text} for s in carried_by],
    }
