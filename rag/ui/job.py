"""Long work in a thread of its own: it goes on while the reader looks at another page, and while others ask."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, TypeVar

from rag.errors import RagError

if TYPE_CHECKING:  # It brings in the readers of every file format.
    from rag.intake import Progress

T = TypeVar("T")


class Job(Generic[T]):
    """Work under way, how far it is, and what came of it. It ends with the app: an article is all in or not in."""

    def __init__(self, work: Callable[[Progress], T]) -> None:
        """Start the work. A fault of ours in it is printed by Python, and the job is then `broken`."""
        self.done, self.total = 0, 0
        self.left: float | None = None
        self.result: T | None = None
        self.failure: RagError | None = None
        self._work = work
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    @property
    def over(self) -> bool:
        """Whether nothing more will come."""
        return not self._thread.is_alive()

    def wait(self) -> None:
        """Wait for the end."""
        self._thread.join()

    def html(self, doing: str) -> str:
        """Say how far it is: a bar, the count, the time left."""
        if not self.total:
            return f'<p class="cv-note">{doing}…</p>'
        left = "" if self.left is None else f", {time_left(self.left)}"
        bar = f'<progress class="cv-progress" max="{self.total}" value="{self.done}" aria-label="{doing}"></progress>'
        return f'{bar}<p class="cv-note">{doing}: {self.done:,} of {self.total:,} articles done{left}</p>'

    def _run(self) -> None:
        try:
            self.result = self._work(self._told)
        except RagError as error:
            self.failure = error

    def _told(self, done: int, total: int, at: str, left: float | None) -> None:
        self.done, self.total, self.left = done, total, left


def time_left(seconds: float) -> str:
    """Say how long something will take, no more exactly than is known."""
    if seconds < 10:
        return "a few seconds left"
    if seconds < 50:
        return f"about {round(seconds, -1):.0f} seconds left"
    minutes = max(1, round(seconds / 60))
    return "about a minute left" if minutes == 1 else f"about {minutes} minutes left"
