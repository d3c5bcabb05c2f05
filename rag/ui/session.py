"""One reader's conversations, in the browser session. What is shown is stored here first, for Stop ends the script."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import streamlit as st

from rag.brief import FIXED, Brief, Event, Gathered, Section
from rag.claim import Citation, Claim
from rag.errors import RagError
from rag.ui import words

OPEN, OTHERS, DRAFT, OPENED, ARRIVED = "open", "others", "draft", "opened", "arrived"
NEW = "New conversation"
NAME_LENGTH = 60
"""Characters of a first question that name a conversation."""


@dataclass(slots=True, eq=False)
class Turn:
    """A question and what has come of it so far. `begun` without an end means that it was stopped; `told` is an answer
    of an earlier day, as it was kept; `editing` that its reader is changing the question."""

    question: str
    earlier: tuple[str, ...] = ()
    begun: bool = False
    events: list[Event] = field(default_factory=list)
    failure: RagError | None = None
    told: Mapping[str, Any] | None = None
    follow_ups: tuple[str, ...] | None = None
    editing: bool = False
    reported: str = ""

    @property
    def gathered(self) -> Gathered | None:
        """The evidence and caveats, once they are there."""
        return next((event for event in self.events if isinstance(event, Gathered)), None)

    @property
    def sections(self) -> tuple[Section, ...]:
        """What has passed the check so far, under its headings; of a table its whole rows."""
        found: list[Section] = []
        for event in self.events:
            if isinstance(event, Section):
                if found and found[-1].heading == event.heading:
                    found[-1] = Section(event.heading, (*found[-1].lines, *event.lines))
                else:
                    found.append(event)
            elif isinstance(event, Claim) and found:
                found[-1] = Section(found[-1].heading, (*found[-1].lines, event))
        whole = (Section(s.heading, s.lines[: len(s.lines) - len(s.lines) % (len(s.columns) or 1)]) for s in found)
        return tuple(section for section in whole if any(isinstance(line, Claim) for line in section.lines))

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
        return self.brief is not None or self.failure is not None or self.told is not None

    @property
    def stands(self) -> str | None:
        """The line that is to stay above later answers, where this one has one."""
        return self.brief.standing if self.brief else (self.told or {}).get("standing")

    def fail(self, error: RagError) -> None:
        """Keep what went wrong in place of an answer."""
        self.failure = error


@dataclass(slots=True, eq=False)
class Conversation:
    """Questions and answers, named by the first question; `kept` on this computer where the reader asked for it."""

    turns: list[Turn] = field(default_factory=list)
    kept: bool = False
    id: str = field(default_factory=lambda: uuid4().hex)

    @property
    def name(self) -> str:
        """What it is called in a list."""
        return words.clipped(self.turns[0].question, NAME_LENGTH) if self.turns else NEW

    def holds(self, wanted: str) -> bool:
        """Whether one of its questions has these words."""
        return all(any(word in turn.question.lower() for turn in self.turns) for word in wanted.lower().split())


def conversation() -> Conversation:
    """Give the conversation that is open."""
    if OPEN not in st.session_state:
        st.session_state[OPEN] = Conversation()
    found: Conversation = st.session_state[OPEN]
    return found


def others() -> list[Conversation]:
    """Give the conversations that are not open, newest first."""
    found: list[Conversation] = st.session_state.setdefault(OTHERS, [])
    return found


def turns() -> list[Turn]:
    """Give the open conversation, oldest question first."""
    return conversation().turns


def ask(question: str) -> None:
    """Add a question; the page answers it when it next runs."""
    turns().append(Turn(question, _earlier(turns())))
    st.session_state[ARRIVED] = True


def again(turn: Turn) -> None:
    """Ask a question anew, in its place."""
    turns()[turns().index(turn)] = Turn(turn.question, turn.earlier)


def edit(turn: Turn, editing: bool = True) -> None:
    """Let the reader change a question in its place, one at a time; or leave it as it is."""
    for other in turns():
        other.editing = editing and other is turn


def change(turn: Turn, question: str) -> None:
    """Ask something else in the place of a question. What was asked and answered after it goes: it leaned on it."""
    place = turns().index(turn)
    del turns()[place:]
    if question.strip():
        ask(question)


def start_again() -> None:
    """Open an empty conversation; the one that was open goes to the others."""
    go_to(Conversation())


def go_to(wanted: Conversation) -> None:
    """Open a conversation in place of the one that is open, which is kept among the others if it holds anything."""
    left = conversation()
    if left.turns and left not in others():
        others().insert(0, left)
    if wanted in others():
        others().remove(wanted)
    st.session_state[OPEN] = wanted
    forget_places()


def forget(gone: Conversation) -> None:
    """Delete a conversation from this session."""
    if gone in others():
        others().remove(gone)
    if gone is conversation():
        st.session_state[OPEN] = Conversation()
        forget_places()


def forget_places() -> None:
    """Forget what belongs to the conversation that was open: a draft, an open article, an arrival."""
    for key in (DRAFT, OPENED, ARRIVED):
        st.session_state.pop(key, None)


def standing(turn: Turn) -> str | None:
    """Give the line that stays above an answer: its own or that of an earlier one. Fixed words say it themselves."""
    if turn.brief and turn.brief.outcome in FIXED:
        return None
    upto = turns()[: turns().index(turn) + 1]
    lines = [found.stands for found in upto if found.stands]
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


def _earlier(before: list[Turn]) -> tuple[str, ...]:
    return tuple(turn.question for turn in before if turn.failure is None)
