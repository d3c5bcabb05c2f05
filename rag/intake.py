"""Take documents in: clean, describe, split, appraise, cut into passages, store. The way in of every article."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from rag.domain import Article, Document, Passage
from rag.errors import StoreError
from rag.evidence.appraise import appraise
from rag.ingest.clean import clean, sentences
from rag.ingest.describe import describe
from rag.ingest.given import again, given
from rag.ingest.read import Rejected, each
from rag.retrieve.passages import passages
from rag.safety.cues import read as clauses
from rag.safety.injections import part
from rag.settings import Settings
from rag.store.library import Library, State

if TYPE_CHECKING:
    from rag.store.embed import MiniLM
    from rag.store.records import Kept

Progress = Callable[[int, int, str, float | None], None]
"""Called with how many documents are done, how many there are, the one at hand, and the seconds left once they can be
told. Those done are in the library, or need not be; the last call names none."""
SURE = 2.0
"""Seconds after which the time left is guessed."""
TOGETHER = 128
"""Passages written together: about a second's work, which is what an interruption costs."""
PAGE = 50
"""Articles read together for a rebuild."""


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


class _Clock:
    """Counts what is done and tells it, with a guess of the time left."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self.total, self.done = total, 0
        self._progress = progress
        self._began = time.perf_counter()

    def tell(self, name: str) -> None:
        spent = self.seconds
        left = spent / self.done * (self.total - self.done) if self.done and spent > SURE else None
        if self._progress:
            self._progress(self.done, self.total, name, left)

    @property
    def seconds(self) -> float:
        return time.perf_counter() - self._began


class _Batch:
    """Articles on their way to the store, which are written when there are enough of them."""

    def __init__(self, put: Callable[[Sequence[tuple[Article, Sequence[Passage]]], dict[str, str]], None]) -> None:
        self._put = put
        self._waiting: list[tuple[Article, Sequence[Passage]]] = []
        self._given: dict[str, str] = {}
        self.written = 0

    def add(self, article: Article, came: str) -> None:
        self._waiting.append((article, passages(article)))
        self._given[article.id] = came

    @property
    def full(self) -> bool:
        return sum(len(cut) for _, cut in self._waiting) >= TOGETHER

    def write(self) -> list[str]:
        """Write what waits; return the ids."""
        self._put(self._waiting, self._given)
        names = [article.id for article, _ in self._waiting]
        self.written += sum(len(cut) for _, cut in self._waiting)
        self._waiting, self._given = [], {}
        return names


def take_in(library: Library, sources: Iterable[str], progress: Progress | None = None) -> Intake:
    """Read files, folders and collections in. One that cannot be read is in `rejected`; the others go on.

    Raises StoreError where the library cannot be written: what was told to be done is in, and nothing is half in.
    """
    total, items = each(sources)
    return _take(library, items, _Clock(total, progress))


def take_documents(library: Library, documents: Sequence[Document], progress: Progress | None = None) -> Intake:
    """Take documents in that were read before. Raises StoreError, as `take_in` does."""
    return _take(library, documents, _Clock(len(documents), progress))


def _take(library: Library, items: Iterable[Document | Rejected], clock: _Clock) -> Intake:
    batch, done = _Batch(library.add_all), Intake()
    waiting: dict[str, tuple[str, State]] = {}

    def write() -> None:
        states = dict(waiting.values())
        for name in batch.write():
            (done.added if states[name] is State.ADDED else done.updated).append(name)
        clock.done += len(waiting)
        waiting.clear()

    for item in items:
        if isinstance(item, Rejected):
            done.rejected.append(item)
            clock.done += 1
            continue
        clock.tell(item.origin)
        held = library.holder(item.text) or waiting.get(item.text, (None,))[0]
        if held:
            done.unchanged.append(held)
            clock.done += 1
            continue
        waiting[item.text] = (item.id, library.state(item))
        batch.add(article_of(item, date.today()), given(item))
        if batch.full:
            write()
    write()
    clock.tell("")
    done.passages, done.seconds = batch.written, round(clock.seconds, 2)
    return done


def rebuild(settings: Settings, embedder: "MiniLM", progress: Progress | None = None) -> Intake:
    """Make the library anew of the texts it holds: read, appraised, cut and embedded as is done now.

    Needs the library to be closed. The old one stays until the new one is whole, so it may be stopped at any moment.
    An article whose record is damaged is left out, and in `rejected`. Raises StoreError.
    """
    from rag.store.rebuild import rebuilding

    done = Intake()
    with rebuilding(settings, embedder) as anew:
        batch, names = _Batch(anew.put), anew.names()
        clock = _Clock(len(names), progress)
        while names:
            clock.total = max(clock.total, clock.done + len(names))
            for start in range(0, len(names), PAGE):
                for name, kept in anew.kept(names[start : start + PAGE]):
                    clock.tell(name)
                    if isinstance(kept, StoreError):
                        done.rejected.append(Rejected(name, kept.message, "Read the article in again."))
                    else:
                        batch.add(article_of(_document(kept), date.today()), kept.given)
                    if batch.full:
                        done.updated += batch.write()
                        clock.done = len(done.updated) + len(done.rejected)
            done.updated += batch.write()
            clock.done = len(done.updated) + len(done.rejected)
            names = anew.names()
        anew.finish()
        clock.tell("")
    done.updated = sorted(set(done.updated))
    done.passages, done.seconds = batch.written, round(clock.seconds, 2)
    return done


def _document(kept: "Kept") -> Document:
    """What came in. What an older version left out for the page's format stays left out: it did not keep the reason."""
    document = again(kept.id, kept.origin, kept.text, kept.given)
    told = [(span.start, span.end) for span in clean(document).removed] if kept.removed else []
    more = tuple(place for place in kept.removed if not any(place[0] < end and start < place[1] for start, end in told))
    return again(kept.id, kept.origin, kept.text, kept.given, more) if more else document
