"""The verbs, in the order they happen: screen, gather, write, check, finish. Start reading at `Chain.run`.

`Chain` is the door, a LangChain Runnable: `invoke` returns the Brief, `stream` yields the events on the way to it.
"""

import os
import re
import time
from collections.abc import Callable, Collection, Iterator
from copy import copy
from dataclasses import replace
from typing import Any

from langchain_core.runnables import Runnable, RunnableConfig

from rag.brief import Brief, Event, Gathered, Outcome, Section
from rag.claim import Claim, Note
from rag.domain import Article, Caveat, Hit
from rag.errors import RagError
from rag.export.plaintext import own_words, plain_text
from rag.leaflet import Opens, Subject, leaflet
from rag.plain.glossary import terms
from rag.plain.readability import grade
from rag.question import Asks, Evidence, Kind, Question, Request, Sufficiency
from rag.retrieve.carried import carried
from rag.retrieve.follow import follow_ups
from rag.retrieve.gather import Gatherer
from rag.retrieve.limits import limits
from rag.retrieve.picking import Embed
from rag.retrieve.reading import read
from rag.retrieve.search import PassageRetriever
from rag.retrieve.suggest import suggestions
from rag.safety.gates import Gate, Screened, screen
from rag.safety.likeness import Alike, Likeness
from rag.settings import Settings
from rag.store.library import Library, open_library
from rag.writers.extractive import Extractive, Writer
from rag.writers.opening import Opening, not_found, opening
from rag.writing import Log, written

TRACING = ("LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2")
"""What makes LangChain send each run to a service: off, whatever the shell says, for nothing leaves this machine."""
LONGEST = 2000
"""Characters of a question. The longest of 400 real consumer questions has 1,800; what is longer is a document."""
MOST = 5
"""Questions in one message; a list of more has no one answer."""
QUESTIONS = re.compile(r"\w[^?]*\?")
FIXED = {Gate.CRISIS: Outcome.CRISIS, Gate.EMERGENCY: Outcome.EMERGENCY, Gate.INJECTION: Outcome.REFUSED}


def open_chain(settings: Settings) -> "Chain":
    """Open the library and the embedder. Raises StoreError or SettingsError with what to do."""
    from rag.store.embed import open_embedder
    from rag.writers.leaflet_model import open_leaflet_model
    from rag.writers.llm import open_writer

    os.environ.update(dict.fromkeys(TRACING, "false"))
    writer, embedder = open_writer(settings), open_embedder(settings)
    embed, leaflets = embedder.embed_documents, open_leaflet_model(settings)
    alike = Likeness(embed, settings.cache, embedder.fingerprint)
    return Chain(open_library(settings, embedder), embed, writer, leaflets, alike)


class Chain(Runnable[Request, Event]):
    """Answers requests from one library. Holds no reader's state, so one serves every tab and thread."""

    def __init__(
        self, library: Library, embed: Embed, writer: Writer, leaflets: Opens | None = None, alike: Alike | None = None
    ) -> None:
        """Join an open library, a way to embed sentences (texts in, vectors out), a writer, and a model of leaflets.

        `alike` hears messages of people in danger that no cue has words for.
        """
        self.library, self._writer, self._leaflets, self._alike = library, writer, leaflets, alike
        self._retriever = PassageRetriever(index=library)
        self._gatherer = Gatherer(self._retriever, library, embed)

    def run(self, request: Request) -> Iterator[Event]:
        """Yield Gathered, then each claim as it passes its check, and last the Brief.

        Fixed outcomes yield the Brief alone. Raises RagError for a question that cannot be read or is too long.
        """
        began = time.perf_counter()
        screened = screen(request.text, request.earlier, self._alike)
        if screened.gate in FIXED:
            yield _fixed(screened)
            return
        if request.kind is not Kind.ANSWER and not screened.gate and (subject := self._about(request, screened)):
            yield from leaflet(subject, request, self._leaflets)
            return
        question = self._read(request, screened)
        evidence = self._gather(question, request, screened)
        caveats = () if evidence.sufficiency is Sufficiency.NOT_FOUND else limits(evidence)
        start = self._opening(screened, evidence)
        gathered = time.perf_counter()
        if evidence.picks:
            found = tuple(f for p in evidence.picks for _, f in p.article.findings_at(p.sentence.span))
            yield Gathered(evidence.articles, tuple(dict.fromkeys(found)), caveats, start.bottom)
        writer = Extractive() if screened.gate else self._writer
        log = Log(writer.name)
        for heading, line in written(writer, evidence, log):
            notes = () if isinstance(line, Claim) else (line,)
            if log.put(heading, line) or notes:
                yield Section(heading, notes)
            if isinstance(line, Claim):
                yield line
        brief = self._finish(screened, start, evidence, caveats, log)
        timings = {"gather": gathered - began, "write": time.perf_counter() - gathered}
        yield replace(brief, timings_ms={step: round(1000 * seconds, 1) for step, seconds in timings.items()})

    def hits(self, query: str, k: int, among: Collection[str] | None = None) -> tuple[Hit, ...]:
        """Return the k passages nearest to a query, of the articles `among` alone."""
        return self._retriever.hits(query, k, among)

    def suggestions(self) -> tuple[str, ...]:
        """Return questions that this library can answer."""
        return suggestions(self.library.articles())

    def follow_ups(
        self, question: str, earlier: tuple[str, ...], brief: Brief, between: Callable[[], object] | None = None
    ) -> tuple[str, ...]:
        """Return up to three questions that go on from an answer, each of which this library answers; `between` two
        trials a caller may raise what ends them."""
        asked, trial = (*earlier, question), copy(self)
        trial._writer = Extractive()  # A model would be asked, and paid, for answers that nobody has asked for.

        def tried(text: str) -> Brief:
            if between:
                between()
            return trial._brief(Request(text, earlier=asked))

        return follow_ups(asked, brief, tried)

    def _read(self, request: Request, screened: Screened) -> Question:
        text = screened.question
        if not any(c.isalpha() for c in text) or "\x00" in text:
            raise RagError(
                "There is no question in that.", "Type a question in words, such as “Was this tested in people?”"
            )
        if len(text) > LONGEST:
            raise RagError(
                f"That is too long for one question: {len(text):,} characters, and {LONGEST:,} is the most.",
                "Ask one thing at a time. To ask about a text of your own, add it to the library first.",
            )
        if (many := len(QUESTIONS.findall(text))) > MOST:
            raise RagError(f"That is {many} questions in one.", "Ask one thing at a time, what matters most first.")
        question = read(text, request.earlier)
        if screened.gate:  # One sentence at most stands beside advice, so there is nothing to lay out.
            return replace(question, asks=question.asks - {Asks.SUMMARY, Asks.EXPLAINER})
        asked = {Kind.SUMMARY: Asks.SUMMARY, Kind.EXPLAINER: Asks.EXPLAINER}.get(request.kind)
        return replace(question, asks=question.asks | {asked}) if asked else question

    def _about(self, request: Request, screened: Screened) -> Subject | None:
        """What a leaflet is of: the article that is named, else all that are on its topic, each release once."""
        if request.article:
            article = self.library.article(request.article)
            return Subject((article,), request.language or "en", self._also_in((article,)))
        question = self._read(request, screened)
        found = self._gather(question, request, screened).articles
        if not found:
            return None
        many = self._gather(replace(question, asks=question.asks | {Asks.OVERVIEW}), request, screened).articles
        articles = tuple({article.id: article for article in (*found, *many)}.values())
        also_in = self._also_in(articles)
        once = tuple(a for n, a in enumerate(articles) if not {b.id for b in articles[:n]} & {*also_in.get(a.id, ())})
        return Subject(once, request.language or question.language, {a.id: also_in[a.id] for a in once})

    def _also_in(self, articles: tuple[Article, ...]) -> dict[str, tuple[str, ...]]:
        return {article.id: self.library.same_release(article.id) for article in articles}

    def _gather(self, question: Question, request: Request, screened: Screened) -> Evidence:
        """Search; beside advice at most one sentence is kept, to show how early the evidence is."""
        article = self.library.article(request.article).id if request.article else None
        evidence = self._gatherer.gather(question, article)
        if screened.gate is None:
            return evidence
        return replace(evidence, picks=evidence.picks[:1], articles=evidence.articles[:1])

    def _finish(
        self, screened: Screened, start: Opening, evidence: Evidence, caveats: tuple[Caveat, ...], log: Log
    ) -> Brief:
        question = evidence.question
        kind = Kind.SUMMARY if Asks.SUMMARY in question.asks else Kind.ANSWER
        brief = Brief(
            kind=Kind.EXPLAINER if Asks.EXPLAINER in question.asks else kind,
            outcome=start.outcome,
            title=start.title,
            bottom=start.bottom,
            sections=tuple(log.sections),
            articles=evidence.articles,
            caveats=caveats,
            also_in=self._also_in(evidence.articles),
            language="es" if question.language == "es" else "en",
            standing=screened.standing,
            written_by=log.written_by,
            notices=(*_language_notices(question, log), *log.said()),
            dropped=tuple(log.dropped),
            tokens=log.tokens,
        )
        words = terms(" ".join(claim.text for claim in brief.claims))
        return replace(brief, glossary=words, grade=grade(own_words(brief)), grade_shown=grade(plain_text(brief)))

    def _opening(self, screened: Screened, evidence: Evidence) -> Opening:
        if screened.gate is not None and screened.title is not None:
            return Opening(Outcome.ADVICE, screened.title, screened.notes)
        if evidence.sufficiency is Sufficiency.NOT_FOUND:
            start = not_found([a.source.title for a in self.library.articles()], evidence)
        else:
            told = carried(evidence)
            start = opening(evidence, told.verdict, told.alone, affirmed=told.affirmed)
        return start if screened.gate else replace(start, bottom=(*screened.notes, *start.bottom))

    def invoke(self, input: Request, config: RunnableConfig | None = None, **kwargs: Any) -> Brief:  # noqa: A002, ANN401 (the names are LangChain's)
        """Return the Brief."""
        brief = self._call_with_config(self._brief, input, config)
        assert isinstance(brief, Brief)
        return brief

    def stream(self, input: Request, config: RunnableConfig | None = None, **kwargs: Any) -> Iterator[Event]:  # noqa: A002, ANN401 (the names are LangChain's)
        """Yield the events of `run`."""
        yield from self._transform_stream_with_config(iter([input]), self._events, config)

    def _brief(self, request: Request) -> Brief:
        *_, brief = self.run(request)
        assert isinstance(brief, Brief)
        return brief

    def _events(self, requests: Iterator[Request]) -> Iterator[Event]:
        for request in requests:
            yield from self.run(request)


def _fixed(screened: Screened) -> Brief:
    assert screened.gate is not None and screened.title is not None
    return Brief(
        kind=Kind.ANSWER,
        outcome=FIXED[screened.gate],
        title=screened.title,
        bottom=screened.notes,
        language=screened.language,
        standing=screened.standing,
    )


def _language_notices(question: Question, log: Log) -> tuple[str, ...]:
    if question.language == "en" or log.written_by != Extractive.name:
        return ()
    if question.language != "es":
        return (Note("other_language").text,)
    return (Note("quotes_english", language="es").text,) if log.sections else ()
