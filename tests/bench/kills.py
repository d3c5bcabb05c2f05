"""What a sudden end costs: an ingest of distinct documents is killed at random moments, and what is left is counted.

`python -m tests.bench.kills --times 60`: lost (told to be in, and is not), half (an article without its passages, or
passages without their article), doubled. After each, the same ingest is run to its end: all must then be in, once.
"""

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from rag.intake import take_in
from rag.retrieve.passages import passages
from rag.settings import ROOT, Settings
from rag.store.embed import open_embedder
from rag.store.library import Library, open_library

if TYPE_CHECKING:
    from rag.store.embed import MiniLM

MANY = 200
READY = "ready"


@dataclass
class Tally:
    """What was found after the kills."""

    kills: int = 0
    lost: list[str] = field(default_factory=list)
    half: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    unfinished: int = 0
    told: list[int] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        """Whether nothing was lost, half in, doubled or left unfinished."""
        return not (self.lost or self.half or self.doubled or self.unfinished)

    def line(self) -> str:
        """The figures in words."""
        counts = f"{len(self.lost)} lost, {len(self.half)} half in, {len(self.doubled)} doubled"
        spread = f"{min(self.told)} to {max(self.told)} articles were in"
        return f"{self.kills} kills, when {spread}: {counts}, {self.unfinished} not finished by the next run"


def write_news(folder: Path, many: int) -> None:
    """Write distinct articles of our own, of three passages each."""
    folder.mkdir()
    for n in range(many):
        pick = random.Random(n)
        told = [
            f"In week {week} {pick.choice(('zinc', 'iron'))} eased pain in {pick.randint(9, 999)} of {n + 999} mice."
            for week in range(12)
        ]
        (folder / f"n{n:03}.txt").write_text(f"Study {n} looks at pain in mice\n\nMarch 3, 2026\n\n{' '.join(told)}\n")


def child(news: Path, library: Path) -> None:
    """Read the articles in, and say after each batch how many are in."""
    with open_library(Settings(library=library), open_embedder(Settings())) as opened:
        print(READY, flush=True)
        take_in(opened, [str(news)], lambda done, total, name, left: print(done, flush=True))


def killed(news: Path, library: Path, after: float) -> int:
    """Run the ingest, kill it so many seconds after it began, and return how many it said were in."""
    command = [sys.executable, "-m", "tests.bench.kills", "--child", str(news), str(library)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout and process.stdout.readline().strip() == READY
        time.sleep(after)
        process.send_signal(signal.SIGKILL)
        said = process.stdout.read().splitlines()
    # A line cut off by the kill has told nobody anything.
    return max((int(line) for line in said[:-1] if line.isdigit()), default=0)


def count(library: Library, told: list[str], tally: Tally) -> None:
    """Hold what is in against what was said to be in."""
    held = {article.id: article for article in library.articles()}
    found = Counter(passage.article for passage in library.passages())
    tally.lost += [name for name in told if name not in held]
    tally.half += [name for name, article in held.items() if found[name] < len(passages(article))]
    tally.half += [name for name in found if name not in held]
    tally.doubled += [name for name, article in held.items() if found[name] > len(passages(article))]
    texts = Counter(article.text for article in held.values())
    tally.doubled += [name for name, article in held.items() if texts[article.text] > 1]


def run(times: int, seed: int, embedder: "MiniLM", many: int = MANY, *, tell: bool = False) -> Tally:
    """Kill so many ingests, each in a library of its own, and count; tell after each how it stands."""
    tally, pick = Tally(), random.Random(seed)
    with tempfile.TemporaryDirectory() as place:
        news = Path(place, "news")
        write_news(news, many)
        names = sorted(path.stem for path in news.iterdir())
        with open_library(Settings(library=Path(place, "whole")), embedder) as opened:
            whole = take_in(opened, [str(news)]).seconds
        for n in range(times):
            settings = Settings(library=Path(place, f"library-{n}"))
            said = killed(news, settings.library, pick.uniform(0, whole))
            tally.kills += 1
            tally.told.append(said)
            with open_library(settings, embedder) as opened:
                count(opened, names[:said], tally)
                take_in(opened, [str(news)])
                count(opened, names, tally)
                tally.unfinished += len(opened.articles()) != many
            if tell:
                print(tally.line(), file=sys.stderr, flush=True)
    return tally


def main() -> None:
    """Kill, count, and print the figures; the exit status is 1 where one is not 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--child", nargs=2, type=Path, metavar=("NEWS", "LIBRARY"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child:
        child(*arguments.child)
        return
    tally = run(arguments.times, arguments.seed, open_embedder(Settings()), tell=True)
    print(tally.line())
    sys.exit(not tally.clean)


if __name__ == "__main__":
    main()
