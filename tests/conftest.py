"""What every test stands on: a library and settings of its own, no network beyond this machine, one embedding model."""

import sys
from pathlib import Path

import pytest

from rag.settings import ROOT, Settings

UNSET = (
    "RAG_CHROMA_URL",
    "RAG_EMBEDDING",
    "RAG_MODEL",
    "RAG_WRITER",
    "OPENAI_API_KEY",
    "OPENAI_BASE_URL",
    "LANGSMITH_TRACING",
    "LANGCHAIN_TRACING_V2",
)
LOCAL = ("127.", "localhost", "::1")


def _local_only(event: str, args: tuple[object, ...]) -> None:
    if event == "socket.connect" and isinstance(args[1], tuple):
        host = args[1][0]
    elif event == "socket.getaddrinfo":
        host = args[0]
    else:
        return
    if host and not str(host).startswith(LOCAL):
        raise AssertionError(f"a test reached for the network: {host}")


def pytest_configure() -> None:
    sys.addaudithook(_local_only)


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Point everything at a folder of the test's own. An empty variable also outdoes the developer's `.env`.

    The cache stays: it holds only the embedding graph, which is the same for all.
    """
    for name in UNSET:
        monkeypatch.setenv(name, "")
    monkeypatch.setenv("RAG_LIBRARY", str(tmp_path / "library"))
    monkeypatch.setenv("RAG_CACHE", str(ROOT / ".cache"))


@pytest.fixture(scope="session")
def embedder():
    """The embedding model, opened once."""
    from rag.store.embed import open_embedder

    return open_embedder(Settings(cache=ROOT / ".cache"))
