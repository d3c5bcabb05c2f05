"""A leaflet, a summary or an explainer, about one article or several on a topic: written to an outline, checked, with
its words explained.
"""

import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import itemgetter
from typing import Protocol

from rag.brief import Brief, Event, Gathered, Outcome, Section
from rag.catalogue import columns
from rag.claim import Claim, Note
from rag.domain import Article, Caveat
from rag.export.plaintext import day, own_words, plain_text
from rag.export.sheet import written_by
from rag.plain.glossary import terms
from rag.plain.readability import grade
from rag.question import Asks, Evidence, Kind, Level, Question, Request, Sufficiency
from rag.retrieve.limits import limits
from rag.writers.explainer import Explainer
from rag.writers.extractive import Writer
from rag.writers.outline import headline, titled
from rag.writers.plain import LOUD
from rag.writers.summary import Summary
from rag.writers.tested import badges, results, stages
from rag.writers.together import Together
from rag.writing import Log, written

WRITERS: dict[Kind, type[Summary] | type[Explainer]] = {Kind.SUMMARY: Summary, Kind.EXPLAINER: Explainer}
WORDS = {Level.SIMPLE: 7, Level.STANDARD: 6, Level.DETAILED: 10}
"""Words explained on a page, by level: the rarest."""
AT_ONCE = 4
"""Words of a simple page that are explained in the part that first uses them, at most ONE_CLAIM for a sentence."""
ONE_CLAIM = 2
WORDY = 6
"""Words of a topic that only names something; a longer one, or one with a strong word, may claim it."""
TOPIC = 120
"""Characters of a topic that stand in a sentence of ours."""


class LeafletWriter(Writer, Protocol):
    """What writes the lines of a leaflet, and says which caveats it shows."""

    def due(self) -> Sequence[Caveat]:
        """Return the caveats that are shown."""
        ...


Opens = Callable[[LeafletWriter], LeafletWriter]
"""What opens a language model that retells what a built-in writer lays out."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a leaflet is of: articles, the best first, its language, and by id the others with the same release."""

    articles: tuple[Article, ...]
    language: str = "en"
    also_in: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.articles:
            raise ValueError("a leaflet is of an article")

    @property
    def spoken(self) -> str:
        """The language of our own words: there are two."""
        return "es" if self.language == "es" else "en"


def leaflet(subject: Subject, request: Request, model: Opens | None = None) -> Iterator[Event]:
    """Yield Gathered, then each heading and each claim as it passes its check, and last the Brief.

    `request.text` is the topic the articles were found for, where `request.article` is None. A `model` retells what the
    built-in writer lays out; without one, and where it fails, the built-in writer stands, as it does for a table of
    studies.
    """
    began = time.perf_counter()
    asks = Asks.SUMMARY if request.kind is Kind.SUMMARY else Asks.EXPLAINER
    question = Question(request.text, request.text, subject.spoken, frozenset({asks}), None, frozenset(), (), ())
    evidence = Evidence(question, Sufficiency.ENOUGH, subject.articles)
    caveats = limits(evidence)
    own = _built_in(subject, request, caveats)
    writer = model(own) if model and len(subject.articles) == 1 else own
    found = tuple(finding for article in subject.articles for finding in results(article))
    yield Gathered(subject.articles, found, tuple(writer.due()), _opening(subject, request)[1])
    log = Log(writer.name)
    lines = written(writer, evidence, log, own)
    explains = request.kind is Kind.EXPLAINER and request.level is Level.SIMPLE and subject.spoken == "en"
    for heading, line in _explained(lines) if explains else lines:
        heading, line = _in(subject.spoken, heading), line if isinstance(line, Claim) else _in(subject.spoken, line)
        if log.put(heading, line) or isinstance(line, Note):
            yield Section(heading, (line,) if isinstance(line, Note) else ())
        if isinstance(line, Claim):
            yield line
    due = writer.due() if log.written_by == writer.name else own.due()
    brief = _brief(subject, request, log, tuple(due))
    brief = replace(brief, notices=(*_notices(subject, model), *log.said()))
    brief = _finished(brief, subject, request, log)
    yield replace(brief, timings_ms={"write": round(1000 * (time.perf_counter() - began), 1)})


def _explained(lines: Iterable[tuple[Note, Claim | Note]]) -> Iterator[tuple[Note, Claim | Note]]:
    """Put the hard words of a part, explained, at its end: between its sentences they would part what goes together."""
    told: dict[str, str] = {}
    for heading, part in groupby(lines, key=itemgetter(0)):
        here: list[Note] = []
        for _, line in part:
            yield heading, line
            if isinstance(line, Claim) and not columns(heading.id):
                new = terms(line.text, ONE_CLAIM, told)[: AT_ONCE - len(told)]
                here += [_word(term, plain) for term, plain in new if not _says_itself(line.text, term)]
                told |= dict(new)
        yield from ((heading, note) for note in here)


def _says_itself(text: str, term: str) -> bool:
    """Tell whether a sentence explains a term in it: "gout, a painful form of arthritis"."""
    return bool(re.search(rf"\b{re.escape(term)}s?(?:,? \(|, (?:an?|or|which|in which|the)\b)", text, re.I))


def _brief(subject: Subject, request: Request, log: Log, due: tuple[Caveat, ...]) -> Brief:
    """The brief without its sections."""
    title, bottom = _opening(subject, request)
    return Brief(
        kind=request.kind,
        outcome=Outcome.NOT_SAID,
        title=title,
        bottom=bottom,
        articles=subject.articles,
        caveats=due,
        also_in=subject.also_in,
        language=subject.spoken,
        written_by=log.written_by,
        dropped=tuple(log.dropped),
        tokens=log.tokens,
    )


def _built_in(subject: Subject, request: Request, caveats: Sequence[Caveat]) -> LeafletWriter:
    if len(subject.articles) > 1:
        return Together(request.kind, request.level, caveats, grade)
    return WRITERS[request.kind](request.level, caveats, grade)


def _opening(subject: Subject, request: Request) -> tuple[Note, tuple[Note, ...]]:
    """The title, which names the species or the stage, and the first line."""
    title = WRITERS[request.kind].title
    if len(subject.articles) == 1:
        named, first = headline(subject.articles[0], title, subject.spoken)
        return _in(subject.spoken, named), (_in(subject.spoken, first),)
    found = [finding for article in subject.articles for finding in results(article)]
    n = str(len(subject.articles))
    kinds = stages(found) or (subject.articles[0].stage,)
    named = Note(f"{title}_many", {"n": n, "badge": badges(kinds, found, subject.spoken)})
    mild = len(request.text.split()) <= WORDY and not LOUD.search(request.text)
    first = Note("several_on", {"n": n, "topic": _cut(request.text)}) if mild else Note("several", {"n": n})
    return _in(subject.spoken, named), (_in(subject.spoken, first),)


def _finished(brief: Brief, subject: Subject, request: Request, log: Log) -> Brief:
    lines = [line for section in log.sections for line in section.lines]
    claims = [line for line in lines if isinstance(line, Claim)]
    here = {n.slots["term"]: n.slots["plain"] for n in lines if isinstance(n, Note) and n.id == "word"}
    left = terms("\n".join(claim.text for claim in claims), max(WORDS[request.level] - len(here), 0), here)
    sections = list(log.sections)
    if left and request.kind is Kind.EXPLAINER and subject.spoken == "en":
        sections.append(Section(Note("heading_words"), tuple(_word(term, plain) for term, plain in left)))
    origin = tuple(_in(subject.spoken, note) for note in _origin(subject, request, log))
    sections.append(Section(_in(subject.spoken, Note("heading_origin")), origin))
    outcome = Outcome.WRITTEN if claims else Outcome.NOT_SAID
    brief = replace(brief, outcome=outcome, sections=tuple(sections), glossary=(*here.items(), *left))
    return replace(brief, grade=grade(own_words(brief)), grade_shown=grade(plain_text(brief)))


def _in(language: str, note: Note) -> Note:
    return note if note.language == language else replace(note, language=language)


def _word(term: str, plain: str) -> Note:
    return Note("word", {"term": term, "plain": plain})


def _notices(subject: Subject, model: Opens | None) -> Iterator[str]:
    """That not all of a page is in the reader's language, and that no model wrote it, where one is there."""
    if subject.language == "es":
        yield Note("quotes_english", language="es").text
    elif subject.language != "en":
        yield Note("other_language").text
    if model and len(subject.articles) > 1:
        yield Note("by_program_many", language=subject.spoken).text


def _origin(subject: Subject, request: Request, log: Log) -> Iterator[Note]:
    """What the articles are, of when, by whom; and who wrote the leaflet."""
    if len(subject.articles) == 1:
        yield from _from_one(subject.articles[0], request, subject.spoken)
    else:
        yield Note("from_several", {"n": str(len(subject.articles))})
        yield Note("from_topic_many", {"topic": _cut(request.text)})
    yield written_by(log.written_by, subject.spoken)


def _from_one(article: Article, request: Request, language: str) -> Iterator[Note]:
    source = article.source
    if request.article is None:
        yield Note("from_topic", {"topic": _cut(request.text), "title": titled(article)}, article.id)
    if request.kind is Kind.EXPLAINER:
        yield Note("from_news", article=article.id)
        dated = {"date": day(source.date, language)} if source.date else {}
        named = {"outlet": source.outlet} if source.outlet else {}
        kinds = {(True, True): "from_outlet", (True, False): "from_outlet_undated", (False, True): "from_date"}
        yield Note(kinds.get((bool(named), bool(dated)), "from_nowhere"), named | dated, article.id)
    if source.journal and request.kind is Kind.EXPLAINER:
        yield Note("from_journal", {"journal": source.journal}, article.id)


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= TOPIC else f"{line[:TOPIC].rsplit(' ', 1)[0]}…"
