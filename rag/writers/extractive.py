"""The built-in writer: the article's own sentences, framed by notes. Needs no model and no network."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from rag.brief import Tokens
from rag.claim import Citation, Draft, Note, Problem
from rag.domain import Article, Role, Sentence, Span
from rag.question import Asks, Evidence, Part, Pick, Sufficiency
from rag.writers.compared import compared
from rag.writers.plain import plain

Line = tuple[Note, Draft | Note] | Tokens
"""A heading with a line under it; or, from a model, what it read and wrote."""


QUOTED_WORDS = 80
"""Words of the article's own that a summary quotes at most."""
TO_RESULTS = 58
"""Of these, to tell the results: what is to come needs its share."""
HEADINGS = {
    Part.DENIES: "heading_says",
    Part.ANSWER: "heading_says",
    Part.TESTED: "heading_tested",
    Part.LIMIT: "heading_limit",
    Part.NEXT: "heading_next",
}


class Writer(Protocol):
    """Writes the lines of an answer, each under its heading; the chain checks every draft before it is shown."""

    name: str

    def write(self, evidence: Evidence) -> Iterator[Line]:
        """Write the lines in the order they are to be read. Raises WriterError."""
        ...

    def repair(self, draft: Draft, problems: Sequence[Problem], evidence: Evidence) -> Draft | None:
        """Write a draft again that failed its check, None where that makes no sense. Raises WriterError."""
        ...


class Extractive:
    """Quotes the sentences picked; a summary goes by what was found, what comes next and what is left out."""

    name = "extractive"

    def write(self, evidence: Evidence) -> Iterator[Line]:
        """Write the lines in the order they are to be read."""
        language = evidence.question.language
        if evidence.question.asks & {Asks.SUMMARY, Asks.EXPLAINER}:
            for article in evidence.articles:
                yield from _outline(article, evidence)
            return
        if len(evidence.articles) > 1:
            yield from compared(evidence)
            return
        short = evidence.sufficiency is Sufficiency.NOT_SAID
        for pick in evidence.picks:
            yield Note("heading_nearest" if short else HEADINGS[pick.part], language=language), _draft(pick, evidence)

    def repair(self, draft: Draft, problems: Sequence[Problem], evidence: Evidence) -> Draft | None:
        """Quote what plain words do not carry; return None for what was a quotation."""
        quoted = Draft(" ".join(draft.citations[0].span.text.split()), draft.citations)
        return quoted if quoted != draft else None


def _draft(pick: Pick, evidence: Evidence) -> Draft:
    """A sentence in plain words, resting on the whole of it."""
    text = plain(pick.sentence.span.text, evidence.question.asks)
    return Draft(text, (Citation(pick.article.id, pick.sentence.span),))


def quote(sentence: Sentence) -> Draft:
    """Return a sentence as a draft that rests on itself."""
    return Draft(" ".join(sentence.span.text.split()), (Citation(sentence.article, sentence.span),))


def _outline(article: Article, evidence: Evidence) -> Iterator[Line]:
    """How it was tested, the results and what is to come, in the article's order; then what it does not say."""
    language, shown = evidence.question.language, set[int]()
    told = [c.span for c in article.caveats if c.kind in ("not_in_humans", "small_sample") and c.span]
    by_role = (("heading_found", (Role.RESULT,), 5), ("heading_next", (Role.ONGOING, Role.PLANNED), 2))
    groups = [("heading_tested", told[:1] or [s.span for s in article.sentences[:1]], 1)]
    groups += [(heading, [f.span for f in article.findings if f.role in roles], n) for heading, roles, n in by_role]
    quoted = 0
    for heading, spans, limit in groups:
        for sentence in _sentences(article, spans, shown)[:limit]:
            draft = _draft(Pick(article, sentence, 0.0), evidence)
            words = len(draft.text.split()) if draft.text in quote(sentence).text else 0
            if quoted + words <= (QUOTED_WORDS if heading == "heading_next" else TO_RESULTS):
                quoted += words
                shown.add(sentence.n)
                yield Note(heading, language=language), draft
    for caveat in article.caveats:
        if caveat.span is None and caveat.severity == "low":
            yield Note("heading_gaps", language=language), Note(caveat.kind, caveat.slots, article.id, language)


def _sentences(article: Article, spans: Sequence[Span], shown: set[int]) -> list[Sentence]:
    slipped = [c.span for c in article.caveats if c.kind == "species_slip" and c.span]
    return [
        sentence
        for sentence in article.sentences
        if sentence.n not in shown
        and any(span.overlaps(sentence.span) for span in spans)
        and not any(span.overlaps(sentence.span) for span in slipped)
    ]
