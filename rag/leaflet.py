"""A leaflet about one article, a summary or an explainer: written to an outline, checked, with its words explained."""

import time
from collections.abc import Iterator
from dataclasses import replace

from rag.brief import Brief, Event, Gathered, Outcome, Section
from rag.claim import Claim, Note
from rag.domain import Article, Caveat
from rag.export.plaintext import day, own_words, plain_text
from rag.plain.glossary import terms
from rag.plain.readability import grade
from rag.question import Asks, Evidence, Kind, Level, Question, Request, Sufficiency
from rag.retrieve.limits import limits
from rag.writers.explainer import Explainer
from rag.writers.outline import headline
from rag.writers.summary import Summary
from rag.writers.tested import results
from rag.writing import Log, written

WRITERS: dict[Kind, type[Summary] | type[Explainer]] = {Kind.SUMMARY: Summary, Kind.EXPLAINER: Explainer}
WORDS = {Level.SIMPLE: 5, Level.STANDARD: 6, Level.DETAILED: 10}
"""Words explained at the foot, by level: those used first."""
TITLE = 120
"""Characters of a title that stand in a sentence of ours."""


def leaflet(article: Article, request: Request) -> Iterator[Event]:
    """Yield Gathered, then each claim as it passes its check, and last the Brief.

    `request.text` is the topic the article was found for, where `request.article` is None.
    """
    began = time.perf_counter()
    asks = Asks.SUMMARY if request.kind is Kind.SUMMARY else Asks.EXPLAINER
    question = Question(request.text, request.text, "en", frozenset({asks}), None, frozenset(), (), ())
    evidence = Evidence(question, Sufficiency.ENOUGH, (article,))
    caveats = limits(evidence)
    writer = WRITERS[request.kind](request.level, caveats, grade)
    yield Gathered((article,), tuple(results(article)), tuple(writer.due()))
    log = Log(writer.name)
    for heading, line in written(writer, evidence, log):
        if isinstance(line, Claim):
            yield line
        log.put(heading, line)
    brief = _finished(article, request, log, tuple(writer.due()))
    yield replace(brief, timings_ms={"write": round(1000 * (time.perf_counter() - began), 1)})


def _finished(article: Article, request: Request, log: Log, caveats: tuple[Caveat, ...]) -> Brief:
    title, first = headline(article, WRITERS[request.kind].title)
    claims = [line for section in log.sections for line in section.lines if isinstance(line, Claim)]
    words = terms(" ".join(claim.text for claim in claims))[: WORDS[request.level]]
    sections = list(log.sections)
    if words and request.kind is Kind.EXPLAINER:
        sections.append(Section(Note("heading_words"), tuple(_word(term, plain) for term, plain in words)))
    sections.append(Section(Note("heading_origin"), tuple(_origin(article, request, log))))
    brief = Brief(
        kind=request.kind,
        outcome=Outcome.WRITTEN if claims else Outcome.NOT_SAID,
        title=title,
        bottom=(first,),
        sections=tuple(sections),
        articles=(article,),
        caveats=caveats,
        glossary=words,
        written_by=log.written_by,
        notices=log.said(),
        tokens=log.tokens,
    )
    return replace(brief, grade=grade(own_words(brief)), grade_shown=grade(plain_text(brief)))


def _word(term: str, plain: str) -> Note:
    return Note("word", {"term": term, "plain": plain})


def _origin(article: Article, request: Request, log: Log) -> Iterator[Note]:
    """What the article is, of when, by whom; and who wrote the leaflet."""
    source = article.source
    if request.article is None:
        slots = {"topic": _cut(request.text), "title": _cut(source.title)}
        yield Note("from_topic", slots, article.id)
    if request.kind is Kind.EXPLAINER:
        yield Note("from_news", article=article.id)
        dated = {"date": day(source.date)} if source.date else {}
        named = {"outlet": source.outlet} if source.outlet else {}
        kinds = {(True, True): "from_outlet", (True, False): "from_outlet_undated", (False, True): "from_date"}
        yield Note(kinds.get((bool(named), bool(dated)), "from_nowhere"), named | dated, article.id)
    if source.journal and request.kind is Kind.EXPLAINER:
        yield Note("from_journal", {"journal": source.journal}, article.id)
    yield Note("by_program")


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= TITLE else f"{line[:TITLE].rsplit(' ', 1)[0]}…"
