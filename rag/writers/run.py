"""What one request to a language model has used: time, its one retry, tokens. It travels with the request, not the
writer."""

import time
from dataclasses import dataclass

from rag.brief import Tokens
from rag.writers.faults import Fault


@dataclass(slots=True)
class Run:
    """What one request to us has used of a model so far, and when it has to end."""

    ends: float
    retried: bool = False
    judged: int = 0
    prompt: int = 0
    completion: int = 0
    exact: bool = True

    @property
    def left(self) -> float:
        """Seconds left."""
        return max(self.ends - time.monotonic(), 0.0)

    @property
    def tokens(self) -> Tokens:
        """The tokens used."""
        return Tokens(self.prompt, self.completion, self.exact)

    def retries(self, fault: Fault) -> bool:
        """Wait as long as a fault asks for and return True, once in a run and only where asking again may help."""
        if self.retried or fault.again is None or fault.again >= self.left:
            return False
        self.retried = True
        time.sleep(fault.again)
        return True
