"""Take documents in: clean, describe, split, appraise, cut into passages, store. The way in of every article."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from rag.domain import Article, Document
from rag.evidence.appraise import appraise
from rag.ingest.clean import clean, sentences
from rag.ingest.describe import describe
from rag.ingest.read import Rejected, read_all
from rag.retrieve.passages import passages
from rag.safety.cues import read as clauses
from rag.safety.injections import part
from rag.store.library import Library, State

Progress = Callable[[int, int, str], None]
"""Called with how many documents are done, how many there are, and the one at hand."""


@dataclass(slots=True)
class Intake:
    """What an intake did: ids by what became of them, and what could not be read."""

    added: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    passages: int = 0
    seconds: float = 0.0

    @property
    def articles(self) -> list[str]:
        """The ids of all the articles that came, whether new or not."""
        return [*self.added, *self.updated, *self.unchanged]


def article_of(document: Document, today: date) -> Article:
    """Read a document as an article, with its findings and caveats as of a day.

    A sentence that gives orders to a program is shown as left out, like page furniture, and never cited.
    """
    layout = clean(document)
    told = sentences(document.id, layout, document.text)
    orders = [sentence.span for sentence in told if part(sentence.span.text, clauses(sentence.span.text)).refused]
    kept = [sentence for sentence in told if sentence.span not in orders]
    draft = Article(
        id=document.id,
        source=describe(document, layout),
        text=document.text,
        removed=(*layout.removed, *orders),
        headings=layout.headings,
        sentences=tuple(replace(sentence, n=n) for n, sentence in enumerate(kept)),
    )
    return appraise(draft, today)


def take_in(library: Library, sources: Iterable[str], progress: Progress | None = None) -> Intake:
    """Read files, folders and collections in. One that cannot be read is in `rejected`; the others go on."""
    began = time.perf_counter()
    documents, rejected = read_all(sources)
    done = Intake(rejected=list(rejected))
    for count, document in enumerate(documents):
        if progress:
            progress(count, len(documents), document.origin)
        state = library.state(document)
        if state is State.UNCHANGED:
            done.unchanged.append(document.id)
            continue
        article = article_of(document, date.today())
        cut = passages(article)
        library.add(article, cut)
        done.passages += len(cut)
        (done.added if state is State.ADDED else done.updated).append(article.id)
    done.seconds = round(time.perf_counter() - began, 2)
    return done
