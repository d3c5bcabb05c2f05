"""One reader's conversation, in the browser session. What is shown is stored here first, for Stop ends the script."""

from dataclasses import dataclass, field

import streamlit as st

from rag.brief import FIXED, Brief, Event, Gathered
from rag.claim import Citation, Claim
from rag.errors import RagError

TURNS, DRAFT, OPENED, ARRIVED = "turns", "draft", "opened", "arrived"


@dataclass(slots=True, eq=False)
class Turn:
    """A question and what has come of it so far. `begun` without an end means that it was stopped."""

    question: str
    earlier: tuple[str, ...] = ()
    begun: bool = False
    events: list[Event] = field(default_factory=list)
    failure: RagError | None = None

    @property
    def gathered(self) -> Gathered | None:
        """The evidence and caveats, once they are there."""
        return next((event for event in self.events if isinstance(event, Gathered)), None)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims that have passed the check so far."""
        return tuple(event for event in self.events if isinstance(event, Claim))

    @property
    def brief(self) -> Brief | None:
        """The whole answer, once it is there."""
        return next((event for event in self.events if isinstance(event, Brief)), None)

    @property
    def over(self) -> bool:
        """Whether nothing more will come."""
        return self.brief is not None or self.failure is not None

    def fail(self, error: RagError) -> None:
        """Keep what went wrong in place of an answer."""
        self.failure = error


def turns() -> list[Turn]:
    """Give the conversation, oldest question first."""
    conversation: list[Turn] = st.session_state.setdefault(TURNS, [])
    return conversation


def ask(question: str) -> None:
    """Add a question; the page answers it when it next runs."""
    conversation = turns()
    earlier = tuple(turn.question for turn in conversation if turn.failure is None)
    conversation.append(Turn(question, earlier))
    st.session_state[ARRIVED] = True


def again(turn: Turn) -> None:
    """Ask a question anew, in its place."""
    conversation = turns()
    conversation[conversation.index(turn)] = Turn(turn.question, turn.earlier)


def start_again() -> None:
    """Forget the conversation."""
    for key in (TURNS, DRAFT, OPENED, ARRIVED):
        st.session_state.pop(key, None)


def standing(turn: Turn) -> str | None:
    """Give the line that stays above an answer: its own or that of an earlier one. Fixed words say it themselves."""
    if turn.brief and turn.brief.outcome in FIXED:
        return None
    upto = turns()[: turns().index(turn) + 1]
    lines = [found.brief.standing for found in upto if found.brief and found.brief.standing]
    return lines[-1] if lines else None


def keep_draft(text: str) -> None:
    """Hold what the reader typed, to be put back into the box."""
    st.session_state[DRAFT] = text


def take_draft() -> str | None:
    """Give what the reader typed, once."""
    draft: str | None = st.session_state.pop(DRAFT, None)
    return draft


def open_citation(citation: Citation) -> None:
    """Ask for an article to be shown at the cited words."""
    st.session_state[OPENED] = citation


def take_citation() -> Citation | None:
    """Give the citation the reader opened, once."""
    citation: Citation | None = st.session_state.pop(OPENED, None)
    return citation


def take_arrival() -> bool:
    """Tell, once, that a question has come whose answer the reader has not been led to yet."""
    return bool(st.session_state.pop(ARRIVED, False))
