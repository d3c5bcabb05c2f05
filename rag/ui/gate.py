"""The door of a shared instance, and the queue behind it: who may come in, how often one asks, how many at once.

On one's own machine nothing of it shows. What counts visitors is kept in memory, bounded, and gone with the server.
"""

import hmac
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import util
from ipaddress import ip_address
from uuid import uuid4

import streamlit as st

from rag.errors import RagError, SettingsError
from rag.settings import Settings
from rag.ui import access, parts

TRIES, TRIES_WINDOW = 5, 300.0
"""Wrong passwords an address may give within so many seconds."""
MINUTE = 60.0
SHARED = 10
"""Times as much that a loopback address may do: behind a proxy on this machine all visitors come from there."""
ADDRESSES = 10_000
"""Addresses and sessions remembered; the longest unseen is forgotten first."""
WAITING = 50
"""Questions that may wait at once; with more the reader is asked to come back."""
TURNS = 100
"""Questions of one conversation, which is held in memory."""
INSIDE, VISITOR = "inside", "visitor"
NEXT = "Others are asking. Yours comes next."
LOGIN = "This library is shared. Please log in to ask."
NO_AUTHLIB = "Login is set up in .streamlit/secrets.toml, but the package it needs is not installed."


@dataclass(slots=True)
class Visits:
    """How often each visitor did something of late. Bounded, and safe among threads."""

    window: float
    seen: OrderedDict[str, deque[float]] = field(default_factory=OrderedDict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def wait(self, who: str, limit: int, now: float | None = None) -> int:
        """Return the seconds until this visitor may act again; 0 means at once."""
        now = time.monotonic() if now is None else now
        with self.lock:
            times = self.seen.get(who, deque())
            while times and times[0] <= now - self.window:
                times.popleft()
            return 0 if len(times) < limit else int(times[len(times) - limit] + self.window - now) + 1

    def count(self, who: str, now: float | None = None) -> None:
        """Note that a visitor acted."""
        with self.lock:
            self.seen.setdefault(who, deque(maxlen=1000)).append(time.monotonic() if now is None else now)
            self.seen.move_to_end(who)
            while len(self.seen) > ADDRESSES:
                self.seen.popitem(last=False)


@dataclass(slots=True)
class Desk:
    """Where answers are computed: so many at once, the others wait in their order."""

    places: int
    queue: deque[object] = field(default_factory=deque)
    change: threading.Condition = field(default_factory=threading.Condition)

    @contextmanager
    def place(self, waiting: Callable[[int], None], patience: float = 0.5) -> Iterator[None]:
        """Hold a place. `waiting` is told, while there is none, how many come before. Raises RagError for too many."""
        ticket = object()
        with self.change:
            if len(self.queue) >= self.places + WAITING:
                raise RagError("Too many people are asking at the moment.", "Please try again in a minute.")
            self.queue.append(ticket)
        try:
            while (ahead := self._ahead(ticket)) > 0:
                # Streamlit may end the script here, when the reader leaves: the place in the queue is given up below.
                waiting(ahead)
                with self.change:
                    self.change.wait(patience)
            yield
        finally:
            with self.change:
                self.queue.remove(ticket)
                self.change.notify_all()

    def _ahead(self, ticket: object) -> int:
        with self.change:
            return max(self.queue.index(ticket) - self.places + 1, 0)


@st.cache_resource
def _tries() -> Visits:
    return Visits(TRIES_WINDOW)


@st.cache_resource
def _questions() -> Visits:
    return Visits(MINUTE)


@st.cache_resource
def _desk(places: int) -> Desk:
    return Desk(places)


def passed() -> bool:
    """Tell whether this visitor may come in; draw the login where not."""
    with parts.guard():
        if st.secrets.load_if_toml_exists() and "auth" in st.secrets:
            return _logged_in()
        password = Settings.from_env().password
        return password is None or bool(st.session_state.get(INSIDE)) or _asked(password)
    return False


def _logged_in() -> bool:
    """Streamlit's own login by OpenID Connect."""
    if util.find_spec("authlib") is None:
        raise SettingsError(NO_AUTHLIB, "Type: .venv/bin/pip install Authlib, then start again.")
    if st.user.is_logged_in:
        st.button("Log out", key="log_out", type="tertiary", on_click=st.logout)
        return True
    st.html(f'<div class="cv-box"><p>{LOGIN}</p></div>')
    st.button("Log in", key="log_in", type="primary", on_click=st.login)
    return False


def _asked(password: str) -> bool:
    """The form for a shared password."""
    st.html('<h1 class="cv-page">Caveat</h1><p class="cv-note">This library is shared. Its password opens it.</p>')
    with st.form("door", clear_on_submit=True, border=False):
        given = st.text_input("Password", type="password", key="door_password", autocomplete="current-password")
        sent = st.form_submit_button("Open")
    if not sent:
        return False
    who, limit = _address(TRIES)
    wait = _tries().wait(who, limit)
    if wait:
        raise RagError("The password was wrong too often.", f"Please wait {_spoken(wait)}, then try again.")
    if not hmac.compare_digest(given.encode(), password.encode()):
        _tries().count(who)
        raise RagError("That is not the password.", "Ask whoever runs this library for it.")
    st.session_state[INSIDE] = True
    st.rerun()


def _address(limit: int) -> tuple[str, int]:
    """Where the visitor comes from, and what that address may do in a window."""
    try:
        # Streamlit has no address for the browser on the same machine.
        found = ip_address(str(st.context.ip_address or "127.0.0.1").partition("%")[0])
    except ValueError:
        return "unknown", limit
    return str(found), limit * SHARED if access.local(str(found)) else limit


@contextmanager
def turn(asked: int) -> Iterator[None]:
    """Let a question be answered, the `asked`th of a conversation. Raises RagError for too many, or too fast."""
    settings = Settings.from_env()
    if asked > TURNS:
        message = f"This conversation has {TURNS} questions, which is as long as one can be."
        raise RagError(message, "Press New conversation, then ask.")
    _not_too_fast(settings.questions_a_minute)
    line = st.empty()
    with _desk(settings.answers_at_once).place(lambda ahead: _stand(line.html, ahead)):
        line.empty()
        yield


def asked_now() -> bool:
    """Whether a question of any reader is being answered, or waits."""
    return bool(_desk(Settings.from_env().answers_at_once).queue)


def _stand(show: Callable[[str], object], ahead: int) -> None:
    said = NEXT if ahead == 1 else f"Others are asking. {ahead - 1} more come before yours."
    show(f'<p class="cv-note" role="status">{said}</p>')


def _not_too_fast(limit: int) -> None:
    """Count a question for its session and its address. A session is a tab; an address has room for three."""
    if not limit:
        return
    session = st.session_state.setdefault(VISITOR, uuid4().hex)
    address, room = _address(limit * 3)
    visits = _questions()
    wait = max(visits.wait(session, limit), visits.wait(address, room))
    if wait:
        message = f"That is more than {limit} questions in a minute."
        raise RagError(message, f"Please wait {_spoken(wait)}, then ask again.")
    visits.count(session)
    visits.count(address)


def _spoken(seconds: int) -> str:
    if seconds < MINUTE:
        return f"{seconds} second{'s' if seconds != 1 else ''}"
    minutes = -(-seconds // 60)
    return f"{minutes} minute{'s' if minutes != 1 else ''}"
