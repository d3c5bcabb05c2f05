"""Conversations on disk: for their owner alone, as data, and gone when the reader says so."""

import json
import stat

import pytest

from rag.chain import open_chain
from rag.errors import RagError
from rag.intake import take_in
from rag.question import Request
from rag.settings import Settings
from rag.ui import kept
from rag.ui.session import Conversation, Turn

ARTICLE = "Walnut oil eases knee pain in mice\n\nWalnut oil eased knee pain in 40 mice, the researchers reported."
QUESTION = "Did walnut oil ease knee pain?"


@pytest.fixture
def settings(tmp_path):
    return Settings(library=tmp_path / "library", writer="extractive")


@pytest.fixture
def conversation(tmp_path, settings):
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf8")
    chain = open_chain(settings)
    take_in(chain.library, [str(tmp_path / "a.txt")])
    brief = chain.invoke(Request(QUESTION))
    chain.library.close()
    return Conversation([Turn(QUESTION, begun=True, events=[brief]), Turn("Stopped?", begun=True)], kept=True)


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_a_kept_conversation_comes_back_as_it_was_shown(settings, conversation):
    kept.keep(settings, conversation)
    (found,), unread = kept.load(settings)
    assert (found.id, found.name, found.kept, unread) == (conversation.id, QUESTION, True, 0)
    (turn,) = found.turns
    assert turn.over and turn.brief is None and "40 mice" in turn.told["text"]
    kept.keep(settings, found)
    assert kept.load(settings)[0][0].turns[0].told == turn.told


def test_nobody_else_on_the_computer_may_read_it(settings, conversation):
    kept.keep(settings, conversation)
    (file,) = kept.folder(settings).iterdir()
    assert (mode(kept.folder(settings)), mode(file)) == (0o700, 0o600)


def test_one_or_all_can_be_erased(settings, conversation):
    other = Conversation(list(conversation.turns), kept=True)
    for one in (conversation, other):
        kept.keep(settings, one)
    kept.forget(settings, [other])
    assert [found.id for found in kept.load(settings)[0]] == [conversation.id]
    kept.forget_all(settings)
    assert not list(kept.folder(settings).iterdir())


@pytest.mark.parametrize("content", ["", "{", "[]", '{"turns": [{}]}', '{"turns": []}', json.dumps({"turns": [1]})])
def test_a_broken_file_is_counted_and_left_alone(settings, conversation, content):
    kept.keep(settings, conversation)
    (kept.folder(settings) / "broken.json").write_text(content, encoding="utf8")
    found, unread = kept.load(settings)
    assert (len(found), unread) == (1, 1)


def test_a_disk_that_does_not_take_it_is_told_in_words(settings, conversation):
    settings.library.mkdir(exist_ok=True)
    kept.folder(settings).write_text("in the way", encoding="utf8")
    with pytest.raises(RagError, match="could not be written"):
        kept.keep(settings, conversation)


@pytest.mark.parametrize(
    ("address", "allowed"), [("127.0.0.1", True), ("localhost", True), ("::1", True), ("0.0.0.0", False), (None, False)]
)
def test_an_app_open_to_others_keeps_nothing(address, allowed):
    assert kept.allowed(address) is allowed
