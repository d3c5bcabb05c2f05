"""What a language model is told: rules and task out of `prompts/`, and the sentences of the evidence as numbered data.

Data is put in last, once, and is never read as a template. What does not fit the model's window is left out, the least
useful sentences first.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from string import Template
from typing import Any

from rag.claim import Citation, Draft, Problem
from rag.domain import Article, Role, Sentence, Span
from rag.question import Asks, Evidence, Sufficiency
from rag.settings import ROOT
from rag.text.tokens import count

PROMPTS = ROOT / "prompts"
WINDOW = 8_192
"""Tokens a model reads and writes at once; the least that current models offer."""
ROOM = 1_500
"""Tokens kept free for the reply and for what a server adds around each message."""
ANSWER_TOKENS = 270
"""Tokens of sentences in an answer, about nine. Of 83 questions with the sentences that answer them, a prompt holds 87%
at 59% of the tokens of a plain chain over four passages of 1,000 characters, which holds 84%."""
WHOLE_TOKENS = 3_000
"""Tokens of sentences in a summary, six articles of usual length: some local servers cut a prompt at 4,096 unasked."""
WHOLE = frozenset({Asks.SUMMARY, Asks.EXPLAINER})
CLAIMS = {"answer": 4, "summary": 8, "explainer": 8, "repair": 1}
LANGUAGES = {"en": "English", "es": "Spanish"}
FORGED = re.compile(r"</?\s*(?:question|sentences|claim|failed)\b[^>]*>?|<\|[^|]*\|>", re.I)
"""Our marks and those of chat templates, inside the data."""
UNSEEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\U000e0000-\U000e007f]")
WRONG = {
    "number": "not the number in the sentences",
    "negation": "a “not” was lost or added",
    "species": "not what was tested",
    "certainty": "surer than the sentences",
    "causation": "a cause where they tell of a link",
    "scope": "a limit was lost: a group, a condition, an add-on, a comparison or a time",
    "entity": "another name than in the sentences",
    "not_in_text": "not in the sentences",
}


@dataclass(frozen=True, slots=True)
class Part:
    """A heading of a leaflet and the sentences that tell it."""

    heading: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is sent, and the sentences that its labels S1, S2 … stand for."""

    system: str
    task: str
    sentences: tuple[Sentence, ...]
    schema: Mapping[str, Any]
    most: int

    def citations(self, labels: Sequence[int]) -> tuple[Citation, ...]:
        """Return the places that labels stand for, empty where one of them stands for none."""
        if not all(1 <= label <= len(self.sentences) for label in labels):
            return ()
        chosen = (self.sentences[label - 1] for label in labels)
        return tuple(Citation(sentence.article, sentence.span) for sentence in chosen)


def prompt(evidence: Evidence, model: str) -> Prompt | None:
    """Ask for an answer, a summary or an explainer; None where there is no sentence to write from."""
    asks, language = evidence.question.asks, evidence.question.language
    job = "summary" if Asks.SUMMARY in asks else "explainer" if Asks.EXPLAINER in asks else "answer"
    values = {"question": data(evidence.question.whole), "most": str(CLAIMS[job]), "language": _named(language)}
    system, bare = _system(language), fill(job, **values, sentences="")
    room = WINDOW - ROOM - count(system + bare, model)[0]
    most = min(room, WHOLE_TOKENS if asks & WHOLE else ANSWER_TOKENS)
    sentences = _fitting(offered(evidence), model, most)
    if not sentences:
        return None
    return Prompt(system, fill(job, **values, sentences=_numbered(sentences)), sentences, schema(language), CLAIMS[job])


def laid_out(parts: Sequence[Part], evidence: Evidence, model: str) -> Prompt | None:
    """Ask for a leaflet whose parts hold the sentences given; None where there are none."""
    asks, language = evidence.question.asks, evidence.question.language
    job = "summary" if Asks.SUMMARY in asks else "explainer"
    system, left, kept = _system(language), min(WHOLE_TOKENS, WINDOW - ROOM), list[Part]()
    for part in parts:
        fit = _fitting(part.sentences, model, left)
        left -= sum(count(_line(99, sentence) + "\n", model)[0] for sentence in fit)
        kept += [Part(part.heading, fit)] if fit else []
    sentences = tuple(dict.fromkeys(sentence for part in kept for sentence in part.sentences))
    if not sentences:
        return None
    most = max(CLAIMS[job], len(sentences))
    values = {"question": data(evidence.question.whole), "most": str(most), "language": _named(language)}
    number = {sentence: n for n, sentence in enumerate(sentences, 1)}
    blocks = [[data(part.heading) + ":", *(_line(number[s], s) for s in part.sentences)] for part in kept]
    task = fill(job, **values, sentences="\n\n".join("\n".join(block) for block in blocks))
    return Prompt(system, task, sentences, schema(language), most)


def cited(draft: Draft, evidence: Evidence) -> tuple[Sentence, ...]:
    """Return the sentences that a draft cites."""
    return tuple(
        sentence
        for article in evidence.articles
        for sentence in article.sentences
        if any(c.article == article.id and c.span.overlaps(sentence.span) for c in draft.citations)
    )


def repair(draft: Draft, english: str | None, problems: Sequence[Problem], evidence: Evidence) -> Prompt:
    """Ask for a claim again, with the words that failed its check and the sentences it cites."""
    language = evidence.question.language
    rests = cited(draft, evidence)
    failed = "\n".join(f"- {_failed(problem)}" for problem in problems) or "- the sentences do not carry it"
    claim = data(draft.text if english is None else f"{draft.text} ({english})")
    values = {"language": _named(language), "problems": failed, "claim": claim, "sentences": _numbered(rests)}
    return Prompt(_system(language), fill("repair", **values), rests, schema(language), CLAIMS["repair"])


def fill(name: str, **values: str) -> str:
    """Return a prompt with its variables filled. Raises KeyError for one it is not given."""
    return _template(name).substitute(values)


def data(text: str) -> str:
    """Return text of others on one line, without marks that could end the data and without what is not seen."""
    return " ".join(FORGED.sub(" ", UNSEEN.sub("", text)).split())


def schema(language: str) -> Mapping[str, Any]:
    """Return the JSON schema of a reply; a claim not in English comes with an English rendering for its check."""
    fields: dict[str, Any] = {"text": {"type": "string"}}
    if language != "en":
        fields["english"] = {"type": "string"}
    fields["labels"] = {"type": "array", "items": {"type": "string"}}
    claim = {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}
    return {
        "title": "claims",
        "description": "The claims, in the order they are to be read.",
        "type": "object",
        "properties": {"claims": {"type": "array", "items": claim}},
        "required": ["claims"],
        "additionalProperties": False,
    }


def offered(evidence: Evidence) -> tuple[Sentence, ...]:
    """Return the sentences a model may cite, most useful first.

    For an answer: those picked, then their neighbours, the results and plans, the rest; of these none that calls for a
    caveat beyond those of the picked ones, which were said already. A summary may cite all but hopes and words that
    slip in the species.
    """
    if evidence.question.asks & WHOLE:
        found = [sentence for article in evidence.articles for sentence in _outline(article)]
    else:
        found = [pick.sentence for pick in sorted(evidence.picks, key=lambda pick: -pick.score)]
        if evidence.sufficiency is Sufficiency.ENOUGH:
            found += [sentence for article in evidence.articles for sentence in _beside(article, evidence)]
    return tuple(dict.fromkeys(found))


def _outline(article: Article) -> Iterator[Sentence]:
    usable = [s for s in article.sentences if not _slips(article, s) and Role.ASPIRATION not in roles(article, s.span)]
    for wanted in ({Role.RESULT}, {Role.ONGOING, Role.PLANNED}):
        yield from (s for s in usable if roles(article, s.span) & wanted)
    yield from usable


def _beside(article: Article, evidence: Evidence) -> Iterator[Sentence]:
    picked = [pick.sentence for pick in evidence.picks if pick.article is article]
    spans = tuple(sentence.span for sentence in picked)
    said = [c for severity in ("high", "medium") for c in article.due(spans, severity)]
    near = [s for s in article.sentences if any(s.section == p.section and abs(s.n - p.n) == 1 for p in picked)]
    told = [s for s in article.sentences if roles(article, s.span) & {Role.RESULT, Role.ONGOING, Role.PLANNED}]
    for sentence in [*near, *told, *article.sentences]:
        calls = [c for severity in ("high", "medium") for c in article.due((sentence.span,), severity)]
        safe = not _slips(article, sentence) and Role.ASPIRATION not in roles(article, sentence.span)
        if safe and all(caveat in said for caveat in calls):
            yield sentence


def roles(article: Article, span: Span) -> set[Role]:
    """Return what the statements of a span are to its article."""
    return {finding.role for _, finding in article.findings_at(span)}


def _slips(article: Article, sentence: Sentence) -> bool:
    return any(c.kind == "species_slip" and c.span and c.span.overlaps(sentence.span) for c in article.caveats)


def _fitting(sentences: Sequence[Sentence], model: str, room: int) -> tuple[Sentence, ...]:
    """The first sentences that fit, in the order they stand in their articles."""
    kept: list[Sentence] = []
    for sentence in sentences:
        room -= count(_line(99, sentence) + "\n", model)[0]
        if room < 0:
            break
        kept.append(sentence)
    order = {name: n for n, name in enumerate(dict.fromkeys(sentence.article for sentence in kept))}
    return tuple(sorted(kept, key=lambda sentence: (order[sentence.article], sentence.n)))


def _numbered(sentences: Sequence[Sentence]) -> str:
    """One sentence a line; where they are of several articles, a blank line between those."""
    lines = [_line(n, sentence) for n, sentence in enumerate(sentences, 1)]
    starts = [a.article != b.article for a, b in pairwise([sentences[0], *sentences])] if sentences else []
    return "\n".join(f"\n{line}" if new else line for new, line in zip(starts, lines, strict=True))


def _line(n: int, sentence: Sentence) -> str:
    return f"S{n}: {data(sentence.span.text)}"


def _system(language: str) -> str:
    english = '"english": "the same in English", ' if language != "en" else ""
    return fill("system", form=f'{{"claims": [{{"text": "…", {english}"labels": ["S1"]}}]}}')


def _failed(problem: Problem) -> str:
    said = f", but the sentences say “{data(problem.text)}”" if problem.text else ""
    return f"“{data(problem.claim)}”: {WRONG[problem.kind]}{said}"


def _named(language: str) -> str:
    return LANGUAGES.get(language, "the language of the question")


@cache
def _template(name: str) -> Template:
    return Template((PROMPTS / f"{name}.md").read_text(encoding="utf8").strip())
