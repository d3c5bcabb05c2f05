"""The conversations of this browser session: open, find or delete one, keep one on this computer, or erase all."""

from html import escape

import streamlit as st

from rag.errors import RagError
from rag.settings import Settings
from rag.ui import kept, parts, session, words
from rag.ui.session import Conversation

LOADED, TROUBLE, SURE = "kept_loaded", "kept_trouble", "erase_all"
HELD, SEEN = "asked", "page_seen"
MANY = 4
"""Conversations from which on there is a box to find one."""
LOST = (
    "The conversation that was here is gone: this page was reloaded, or the app was started anew. "
    "Conversations that you kept are in the list."
)
FORGOTTEN = "A conversation ends when its browser window is closed or reloaded."


def load() -> None:
    """Bring in, once in a session, what its reader kept on this computer."""
    if st.session_state.get(LOADED) or not _allowed():
        return
    found, unread = kept.load(Settings.from_env())
    session.others().extend(found)
    st.session_state[LOADED] = True
    if unread:
        st.session_state[TROUBLE] = f"{unread} kept conversation(s) could not be read."


def keep() -> None:
    """Write the open conversation down where its reader asked for it."""
    open_one = session.conversation()
    if open_one.kept:
        with parts.guard(_trouble):
            kept.keep(Settings.from_env(), open_one)


def tell_of_loss() -> None:
    """Say so where a page that held a conversation has come back without it: the address remembers that there was."""
    if session.turns():
        st.query_params[HELD] = "yes"
    elif HELD in st.query_params:
        del st.query_params[HELD]
        if not st.session_state.get(SEEN):
            st.html(f'<p class="cv-notice" role="status">{LOST}</p>')
    st.session_state[SEEN] = True


def controls() -> None:
    """Draw the way to a new conversation, and the list of the others behind a button."""
    with st.container(horizontal=True, gap="small", key="history"):
        if session.turns():
            st.button("New conversation", key="start_again", type="tertiary", on_click=session.start_again)
        count = len(session.others())
        if count or session.turns():
            with st.popover(
                f"Conversations ({count + bool(session.turns())})",
                type="tertiary",
                key=f"conversations-{session.conversation().id}",
            ):
                _list()
    trouble = st.session_state.pop(TROUBLE, None)
    if trouble:
        st.html(f'<p class="cv-notice" role="status">{escape(trouble)}</p>')


def _list() -> None:
    open_one, all_others = session.conversation(), session.others()
    if open_one.turns:
        st.html(f'<p class="cv-note"><strong>Open now:</strong> {escape(open_one.name)}</p>')
        if _allowed():
            key = f"keep-{open_one.id}"
            st.checkbox(
                "Keep this conversation on this computer", open_one.kept, key=key, on_change=_keep, args=(open_one, key)
            )
        st.button("Delete this conversation", key="delete-open", type="tertiary", on_click=_delete, args=(open_one,))
    wanted = ""
    if len(all_others) >= MANY:
        wanted = st.text_input("Find a conversation by its questions", key="find_conversation")
    found = [other for other in all_others if other.holds(wanted)]
    for other in found:
        _entry(other)
    if wanted and not found:
        st.html('<p class="cv-note">No conversation has a question with these words.</p>')
    st.html(f'<p class="cv-stated">{escape(_where())}</p>')
    _erase_all()


def _entry(other: Conversation) -> None:
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key=f"other-{other.id}"):
        name = words.literal(other.name)
        st.button(name, key=f"open-{other.id}", on_click=session.go_to, args=(other,), wrap=True, width="stretch")
        st.button("Delete", key=f"delete-{other.id}", type="tertiary", on_click=_delete, args=(other,))


def _erase_all() -> None:
    if not st.session_state.get(SURE):
        st.button("Erase all conversations", key="erase", on_click=_sure, args=(True,))
        return
    st.html('<p class="cv-note">Erase every conversation, here and on this computer? This cannot be undone.</p>')
    with st.container(horizontal=True, gap="small"):
        st.button("Yes, erase all", key="erase_yes", type="primary", on_click=_erased)
        st.button("No", key="erase_no", on_click=_sure, args=(False,))


def _where() -> str:
    if not _allowed():
        return f"{FORGOTTEN} {kept.NOT_HERE}"
    return f"{FORGOTTEN} One that you keep is a file on this computer, in {kept.folder(Settings.from_env())}."


def _allowed() -> bool:
    return kept.allowed(st.get_option("server.address")) and not Settings.from_env().password


def _keep(conversation: Conversation, key: str) -> None:
    conversation.kept = bool(st.session_state[key])
    if conversation.kept:
        keep()
    else:
        with parts.guard(_trouble):
            kept.forget(Settings.from_env(), [conversation])


def _delete(conversation: Conversation) -> None:
    with parts.guard(_trouble):
        kept.forget(Settings.from_env(), [conversation])
        session.forget(conversation)


def _erased() -> None:
    with parts.guard(_trouble):
        kept.forget_all(Settings.from_env())
        for conversation in [*session.others(), session.conversation()]:
            session.forget(conversation)
    _sure(False)


def _sure(sure: bool) -> None:
    st.session_state[SURE] = sure


def _trouble(error: RagError) -> None:
    st.session_state[TROUBLE] = f"{error.message} {error.hint}"
