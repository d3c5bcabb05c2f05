"""The writer behind which a language model stands: it rewords numbered sentences, the check decides what is shown."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rag.claim import Draft, Note, Problem
from rag.domain import Article, Role
from rag.question import Evidence, Sufficiency
from rag.settings import Settings
from rag.writers.endpoint import Endpoint, Message
from rag.writers.extractive import Extractive, Line, Writer
from rag.writers.faults import Fault
from rag.writers.judge import carried
from rag.writers.prompts import WHOLE, Prompt, fill, prompt, repair, roles
from rag.writers.reply import Reply, Written
from rag.writers.run import Run
from rag.writers.tested import results, tested

LONGEST_END = 200
"""Characters read after the last claim: its brackets, a fence, a word of goodbye."""
PARTS = ("heading_tested", "heading_found", "heading_next")
"""The parts of a summary, in order."""


@dataclass(frozen=True, slots=True)
class ModelDraft(Draft):
    """A draft with what its repair needs: what the request has used of the model so far."""

    run: Run | None = field(default=None, repr=False, compare=False)


class LLMWriter:
    """Writes through a model server. Holds nothing of a request, so one serves every tab and thread."""

    def __init__(self, endpoint: Endpoint) -> None:
        """Take the server to ask."""
        self.name = endpoint.model
        self._endpoint = endpoint

    def write(self, evidence: Evidence) -> Iterator[Line]:
        """Yield the lines in the order they are to be read, an answer's as they are written, and last the tokens used.

        Raises WriterError where the model fails, also after the first lines; the tokens come before it.
        """
        asked = prompt(evidence, self.name)
        if asked is None:
            return
        run, error = self._endpoint.run(), None
        try:
            yield from _laid_out(evidence, self._drafts(asked, run))
        except Fault as failed:
            error = failed.error
        if run.prompt:
            yield run.tokens
        if error is not None:
            raise error

    def repair(self, draft: Draft, problems: Sequence[Problem], evidence: Evidence) -> Draft | None:
        """Ask once for a draft again, naming the words that failed; None where nothing better comes, or no answer.

        Its time and tokens count towards those of the `write` that the draft is from.
        """
        english, run = (draft.english, draft.run) if isinstance(draft, ModelDraft) else (None, None)
        asked = repair(draft, english, problems, evidence)
        try:
            again = list(self._drafts(asked, run or self._endpoint.run()))
        except Fault:
            return None
        return next((other for other in again if (other.text, other.english) != (draft.text, english)), None)

    def accepts(self, draft: Draft) -> bool:
        """Ask whether the sentences a draft cites carry it; it counts towards the `write` that the draft is from."""
        english, run = (draft.english, draft.run) if isinstance(draft, ModelDraft) else (None, None)
        cited = [citation.span.text for citation in draft.citations]
        return carried(self._endpoint, english or draft.text, cited, run or self._endpoint.run())

    def _drafts(self, asked: Prompt, run: Run) -> Iterator[ModelDraft]:
        """Yield what the model writes; a reply that fails before its first usable claim is asked for once more."""
        task, given = asked.task, set[str]()
        while True:
            try:
                for written in self._read([("system", asked.system), ("human", task)], asked, run):
                    draft = _draft(written, asked, run)
                    if draft and draft.text not in given and len(given) < asked.most:
                        given.add(draft.text)
                        yield draft
                if given:
                    return
                failed = self._endpoint.named.senseless()
            except Fault as fault:
                failed = fault
            if given or not run.retries(failed):
                raise failed
            task = f"{fill('again')}\n\n{asked.task}"

    def _read(self, messages: Sequence[Message], asked: Prompt, run: Run) -> Iterator[Written | None]:
        """Yield the claims of one reply. What comes after them is waited for, as the tokens are told last."""
        reply, named, some, after = Reply(), self._endpoint.named, False, 0
        try:
            for piece in self._endpoint.ask(messages, asked.schema, run):
                after += len(piece) if reply.whole else 0
                if after > LONGEST_END:
                    break
                for written in reply.take(piece):
                    some = True
                    yield None if written and self._endpoint.holds_key(f"{written.text} {written.english}") else written
        except Fault:
            if not reply.whole:
                raise
        if not reply.whole:
            raise named.cut() if reply.begun else named.senseless()
        if not some:
            raise named.silent()


def open_writer(settings: Settings) -> Writer:
    """Return the writer of the settings: the model where one is named and not turned off, else the built-in one."""
    if settings.writer == "extractive" or settings.model is None:
        return Extractive()
    return LLMWriter(Endpoint(settings.model, settings.base_url, settings.api_key))


def _draft(written: Written | None, asked: Prompt, run: Run) -> ModelDraft | None:
    """Resolve the labels of a claim; one that names a sentence it was not given is dropped."""
    citations = asked.citations(written.labels) if written else ()
    return ModelDraft(written.text, citations, written.english, run=run) if written and citations else None


def _laid_out(evidence: Evidence, drafts: Iterator[ModelDraft]) -> Iterator[Line]:
    """Put the drafts under their headings; those of one article's answer as they come, others once all are there."""
    language = evidence.question.language
    if evidence.question.asks & WHOLE:
        yield from _parts(evidence, list(drafts))
    elif len(evidence.articles) > 1:
        yield from _by_article(evidence, list(drafts))
    else:
        heading = "heading_nearest" if evidence.sufficiency is Sufficiency.NOT_SAID else "heading_says"
        yield from ((Note(heading, language=language), draft) for draft in drafts)


def _by_article(evidence: Evidence, drafts: Sequence[ModelDraft]) -> Iterator[Line]:
    """Each claim under the title of the first article it cites, after what that one's results were tested in."""
    language = evidence.question.language
    for article in evidence.articles:
        own = [draft for draft in drafts if draft.citations[0].article == article.id]
        heading = Note("heading_article", {"title": article.source.title}, article.id, language)
        if own:
            yield heading, tested(article, results(article), language)
        yield from ((heading, draft) for draft in own)


def _parts(evidence: Evidence, drafts: Sequence[ModelDraft]) -> Iterator[Line]:
    """Each claim under the part that the sentences it cites belong to, whatever order the model took; then the gaps."""
    language, known = evidence.question.language, {article.id: article for article in evidence.articles}
    for part in PARTS:
        yield from ((Note(part, language=language), draft) for draft in drafts if _part(draft, known) == part)
    for article in evidence.articles:
        for caveat in article.caveats:
            if caveat.span is None and caveat.severity == "low":
                yield Note("heading_gaps", language=language), Note(caveat.kind, caveat.slots, article.id, language)


def _part(draft: Draft, known: dict[str, Article]) -> str:
    cited = {role for citation in draft.citations for role in roles(known[citation.article], citation.span)}
    if Role.RESULT in cited:
        return "heading_found"
    return "heading_next" if cited & {Role.ONGOING, Role.PLANNED} else "heading_tested"
