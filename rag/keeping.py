"""The commands that keep the library: read articles in, list them, take them out, make all of it anew."""

import argparse
import sys
from contextlib import ExitStack

from rag.batch import Json
from rag.commands import opened, show
from rag.errors import RagError
from rag.settings import Settings

WIDTH = 100
"""Characters of a line of progress."""


class Meter:
    """Tells how far work is: on a terminal in one line that is written over, elsewhere a line for each document."""

    def __init__(self) -> None:
        """Begin with nothing done."""
        self.done = self.total = 0
        self._refreshed = sys.stderr.isatty()

    def __call__(self, done: int, total: int, name: str, left: float | None) -> None:
        """Tell of the document at hand; without a name, of the end."""
        self.done, self.total = done, total
        said = f"{done}/{total}" + ("" if left is None or not name else f", about {left:.0f} s left") + f"  {name}"
        if self._refreshed:
            print(f"\r{said[:WIDTH]:{WIDTH}}", end="" if name else "\n", file=sys.stderr, flush=True)
        elif name:
            print(said, file=sys.stderr, flush=True)

    def stopped(self) -> RagError:
        """Say what is in after an interruption."""
        if self._refreshed:
            print(file=sys.stderr)
        return RagError(
            f"Stopped: {self.done} of {self.total} are done.", "The same command goes on with what is missing."
        )


def ingest(arguments: argparse.Namespace, held: ExitStack) -> int:
    """Read files, folders, addresses or collections into the library."""
    from rag.intake import take_in

    library, meter = opened(held).library, Meter()
    try:
        done = take_in(library, arguments.sources, meter)
    except KeyboardInterrupt as stop:
        raise meter.stopped() from stop
    rejected = [{"source": r.source, "message": r.message, "hint": r.hint} for r in done.rejected]
    found = {
        "added": done.added,
        "unchanged": done.unchanged,
        "updated": done.updated,
        "rejected": rejected,
        "articles": done.articles,
        "passages": done.passages,
        "seconds": done.seconds,
    }
    for row in rejected:
        print(f"Left out: {row['source']}: {row['message']}\nTry: {row['hint']}", file=sys.stderr)
    counts = f"{len(done.added)} added, {len(done.updated)} updated, {len(done.unchanged)} unchanged"
    counts += f", {len(rejected)} left out"
    show(arguments, found, [f"{counts}, in {done.seconds} s."])
    return 1 if rejected and not done.articles else 0


def rebuild(arguments: argparse.Namespace, held: ExitStack) -> int:
    """Make the library anew of the texts it holds."""
    from rag.intake import rebuild as made_anew
    from rag.store.embed import open_embedder

    settings, meter = Settings.from_env(), Meter()
    try:
        done = made_anew(settings, open_embedder(settings), meter)
    except KeyboardInterrupt as stop:
        message = f"Stopped: the library is as it was; {meter.done} of {meter.total} articles had been made anew."
        raise RagError(message, "The same command begins again.") from stop
    for lost in done.rejected:
        print(f"Left out: {lost.source}: {lost.message}\nTry: {lost.hint}", file=sys.stderr)
    rejected: list[Json] = [{"source": r.source, "message": r.message, "hint": r.hint} for r in done.rejected]
    found = {"rebuilt": done.updated, "rejected": rejected, "passages": done.passages, "seconds": done.seconds}
    return show(arguments, found, [f"{len(done.updated)} articles made anew, in {done.seconds} s."])


def articles(arguments: argparse.Namespace, held: ExitStack) -> int:
    """List the library, or some of its articles."""
    from rag.export.contract import listing_json
    from rag.export.plaintext import source_line

    library = opened(held).library
    chosen = [library.article(name) for name in arguments.articles] or list(library.articles())
    same = {article.id: library.same_release(article.id) for article in chosen}
    lines = [
        f"{a.id}\n  {source_line(a.source)}\n  {', '.join(a.stages) or a.stage}; {len(a.findings)} findings"
        + (f"\n  the same release as {', '.join(same[a.id])}" if same[a.id] else "")
        for a in chosen
    ]
    if arguments.text:
        lines = [f"{line}\n\n{article.text}" for line, article in zip(lines, chosen, strict=True)]
    empty = ["The library is empty. Read articles in: python -m rag ingest seeds"]
    found = {"articles": [listing_json(a, same[a.id], with_text=arguments.text) for a in chosen]}
    return show(arguments, found, lines or empty)


def remove(arguments: argparse.Namespace, held: ExitStack) -> int:
    """Take articles out."""
    library = opened(held).library
    ids = [library.identify(name) for name in arguments.articles]
    for name in dict.fromkeys(ids):
        library.remove(name)
    return show(arguments, {"removed": ids}, [f"Removed {name}." for name in ids])
