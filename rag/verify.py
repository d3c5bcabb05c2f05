"""Hold a claim against a whole text: split it, find the sentences nearest to the claim, check it against those."""

from dataclasses import dataclass
from typing import Any

from rag.check.links import Account, account
from rag.check.support import LONGEST, SENTENCE, check_against
from rag.claim import Verdict
from rag.domain import Document, Sentence
from rag.ingest.clean import clean, sentences
from rag.plain.back import back, put_back


@dataclass(frozen=True, slots=True)
class Held:
    """A claim held against a text: the verdict, the sentences it was held against, and the account of its words.

    `read_as` is the claim with glossary words put back for their meanings, which are `words`.
    """

    claim: str
    read_as: str
    words: tuple[str, ...]
    verdict: Verdict
    cited: tuple[Sentence, ...]
    account: Account | None


def hold(claim: str, text: str) -> Held:
    """Hold a claim against a text; the account is None where the text has no sentence."""
    told = sentences("text", clean(Document(text, "", "text")), text)
    plain = " ".join(claim.split())
    verdict, carried_by = check_against(plain, told)
    if not verdict.supported and (read_as := back(plain)) != plain:
        again, others = check_against(read_as, told)
        if again.supported or again.score > verdict.score:
            return Held(claim, read_as, put_back(plain), again, others, _account(read_as, others))
    return Held(claim, plain, (), verdict, carried_by, _account(plain, carried_by))


def verify_claim(claim: str, text: str) -> dict[str, Any]:
    """Return the Verdict of the contract, with the account of the words; offsets point into the text."""
    held = hold(claim, text)
    return {
        "verdict": "supported" if held.verdict.supported else "unsupported",
        "score": round(held.verdict.score, 4),
        "problems": [{"kind": p.kind, "claim": p.claim, "text": p.text} for p in held.verdict.problems],
        "citations": [{"start": s.span.start, "end": s.span.end, "quote": s.span.text} for s in held.cited],
        "trace": _trace(held),
    }


def _account(claim: str, cited: tuple[Sentence, ...]) -> Account | None:
    return account(claim[:LONGEST], [sentence.span.text[:SENTENCE] for sentence in cited]) if cited else None


def _trace(held: Held) -> dict[str, Any]:
    found = held.account
    links = found.links if found else ()
    return {
        "read_as": held.read_as,
        "glossary": list(held.words),
        "main": found.main if found else None,
        "words": [
            {"start": w.start, "end": w.end, "word": w.word, "how": w.how, "citation": w.sentence, "rests_on": w.rests}
            for w in links
        ],
        "dropped": [{"what": loss.what, "text": loss.words} for loss in (found.losses if found else ())],
    }
