"""Counting must never open a connection, and never pass an estimate off as a count."""

import base64
import hashlib
import os
import socket
from pathlib import Path

import pytest

from rag.text import tokens
from rag.text.tokens import Vocabulary

REAL = Path(os.environ.get("TIKTOKEN_CACHE_DIR", "")) if os.environ.get("TIKTOKEN_CACHE_DIR") else None
SENTENCES = "The trial took in 36 adults. Nausea was the most common side effect (38% against 12%).\n"


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    return tmp_path


@pytest.fixture
def tiny(tmp_path: Path) -> Vocabulary:
    """Every byte, and two longer tokens, in the format of the published files."""
    pieces = [bytes([n]) for n in range(256)] + [b"ca", b"cav"]
    data = b"\n".join(base64.b64encode(piece) + b" " + str(n).encode() for n, piece in enumerate(pieces)) + b"\n"
    vocabulary = Vocabulary("tiny", "https://vocabularies.invalid/tiny", hashlib.sha256(data).hexdigest(), r"\w+|\W")
    (tmp_path / vocabulary.file).write_bytes(data)
    return vocabulary


def test_an_encoder_is_made_from_the_local_file_alone(tiny: Vocabulary, tmp_path: Path, offline: None) -> None:
    encoder = tokens.load(tiny, tmp_path)
    assert encoder is not None
    assert len(encoder.encode_ordinary("caveat caveats")) == len(["cav", *"eat"]) + 1 + len(["cav", *"eats"])
    (tmp_path / tiny.file).unlink()
    assert tokens.load(tiny, tmp_path) is None


@pytest.mark.parametrize("content", [b"", b"IQ== 0\n", b"\xff\x00 not a vocabulary"])
def test_a_damaged_file_is_an_estimate_and_stays_where_it_is(content: bytes, nowhere: Path, offline: None) -> None:
    path = nowhere / tokens.vocabularies()[tokens.DEFAULT].file
    path.write_bytes(content)
    assert tokens.count(SENTENCES, "gpt-4o") == (tokens.estimate(SENTENCES), False)
    assert path.read_bytes() == content


@pytest.mark.parametrize("model", ["gpt-4o", "gpt-4", "gpt-5-mini", "text-davinci-003", "some-local-model", "", None])
def test_without_a_vocabulary_no_count_is_exact(model: str | None, nowhere: Path, offline: None) -> None:
    number, exact = tokens.count(SENTENCES, model)
    assert not exact
    assert 20 <= number <= 40


def test_a_folder_that_is_a_file_is_no_reason_to_fail(
    nowhere: Path, monkeypatch: pytest.MonkeyPatch, offline: None
) -> None:
    (nowhere / "file").write_text("x")
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(nowhere / "file"))
    assert not tokens.count(SENTENCES, None)[1]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("", 0),
        ("cat", 1),
        ("immunotherapy", 2),
        ("12345", 2),
        ("a b", 2),
        ("药物", 2),
        ("😀", 1),
        ("Mädchen", 1),
        (" " * 800, 10),
    ],
)
def test_the_estimate(text: str, number: int) -> None:
    assert tokens.estimate(text) == number


def test_fetch_says_no_where_nothing_can_be_reached(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(*_: object, **__: object) -> None:
        raise OSError("no route")

    monkeypatch.setattr(socket, "getaddrinfo", unreachable)
    for proxy in ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(proxy, raising=False)
    assert tokens.fetch(tmp_path / "new", timeout=1) is False
    assert not (tmp_path / "new").exists()


@pytest.mark.skipif(REAL is None, reason="tiktoken's published vocabularies are not on this machine")
class TestPublished:
    """With the published files, named by TIKTOKEN_CACHE_DIR."""

    @pytest.mark.parametrize(
        ("model", "number", "exact"), [("gpt-4o", 25, True), ("gpt-4", 25, True), ("a-local-model", 25, False)]
    )
    def test_a_count(self, model: str, number: int, exact: bool, offline: None) -> None:
        assert tokens.count(SENTENCES, model) == (number, exact)

    def test_a_million_blanks_are_survived_and_not_called_exact(self, offline: None) -> None:
        assert tokens.count("one" + " " * 1_000_000 + "two", "gpt-4o")[1] is False

    def test_fetch_leaves_what_is_there(self, offline: None) -> None:
        assert REAL is not None
        assert tokens.fetch(REAL)
