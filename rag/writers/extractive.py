"""The built-in writer: the article's own sentences, framed by notes. Needs no model and no network."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from rag.brief import Citation, Draft, Note, Problem, Tokens
from rag.domain import Article, Finding, Role, Sentence
from rag.question import Asks, Evidence, Sufficiency
from rag.writers.tested import results, tested

Line = tuple[Note, Draft | Note] | Tokens
"""A heading with a line under it; or, from a model, what it read and wrote."""


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
                yield from _outline(article, language)
            return
        if len(evidence.articles) > 1:
            for article in evidence.articles:
                yield from _of_one(article, evidence)
            return
        heading = "heading_nearest" if evidence.sufficiency is Sufficiency.NOT_SAID else "heading_says"
        for pick in evidence.picks:
            yield Note(heading, language=language), quote(pick.sentence)

    def repair(self, draft: Draft, problems: Sequence[Problem], evidence: Evidence) -> Draft | None:
        """Return None: a quotation is what it is."""
        return None


def _of_one(article: Article, evidence: Evidence) -> Iterator[Line]:
    """What one of several articles says, under its title: first what its results were tested in."""
    language = evidence.question.language
    heading = Note("heading_article", {"title": article.source.title}, article.id, language)
    yield heading, tested(article, results(article), language)
    for pick in evidence.picks:
        if pick.article is article:
            yield heading, quote(pick.sentence)


def quote(sentence: Sentence) -> Draft:
    """Return a sentence as a draft that rests on itself."""
    return Draft(" ".join(sentence.span.text.split()), (Citation(sentence.article, sentence.span),))


def _outline(article: Article, language: str) -> Iterator[Line]:
    """The lead, the results and what is to come, in the article's order; then what the article does not say."""
    shown: set[int] = set()
    groups = (("heading_found", (Role.RESULT,), 5), ("heading_next", (Role.ONGOING, Role.PLANNED), 3))
    lead = article.sentences[:1]
    for sentence in lead:
        shown.add(sentence.n)
        yield Note("heading_tested", language=language), quote(sentence)
    for heading, roles, limit in groups:
        wanted = [finding for finding in article.findings if finding.role in roles]
        for sentence in _sentences(article, wanted, shown)[:limit]:
            shown.add(sentence.n)
            yield Note(heading, language=language), quote(sentence)
    for caveat in article.caveats:
        if caveat.span is None and caveat.severity == "low":
            yield Note("heading_gaps", language=language), Note(caveat.kind, caveat.slots, article.id, language)


def _sentences(article: Article, findings: list[Finding], shown: set[int]) -> list[Sentence]:
    slipped = [c.span for c in article.caveats if c.kind == "species_slip" and c.span]
    return [
        sentence
        for sentence in article.sentences
        if sentence.n not in shown
        and any(finding.span.overlaps(sentence.span) for finding in findings)
        and not any(span.overlaps(sentence.span) for span in slipped)
    ]
