"""Small articles of our own, and a library folder that each test has to itself."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import chromadb
import pytest

from rag.domain import Article, Sentence, Source
from rag.retrieve.passages import passages
from rag.settings import Settings
from rag.store.library import open_library
from rag.text import sentences


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


class Server:
    """A real Chroma server of our own, which can be stopped and started again where it was."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._folder = folder

    def start(self) -> None:
        command = [Path(sys.executable).parent / "chroma", "run", "--path", self._folder, "--port", str(self.port)]
        self._process = subprocess.Popen([*map(str, command), "--host", "127.0.0.1"], stdout=subprocess.DEVNULL)
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()

    def clear(self) -> None:
        client = chromadb.HttpClient("127.0.0.1", self.port, settings=chromadb.Settings(anonymized_telemetry=False))
        for found in client.list_collections():
            client.delete_collection(found.name)
        for server in (client._server, client._admin_client._server):
            server._session.close()
        client.close()


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server of all tests that do not stop it."""
    server = Server(tmp_path_factory.mktemp("server"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def place(request: pytest.FixtureRequest) -> str:
    """Where the library is: "embedded", or "server" where a test asks for it."""
    return getattr(request, "param", "embedded")


@pytest.fixture
def settings(place: str, tmp_path: Path, request: pytest.FixtureRequest) -> Settings:
    if place == "embedded":
        return Settings(library=tmp_path / "library")
    server: Server = request.getfixturevalue("running")
    server.clear()
    return Settings(library=tmp_path / "library", chroma_url=server.url)


@pytest.fixture
def write():
    """Make an article of a text, and the passages it is searched by."""

    def made(name: str, text: str, title: str = "A report", origin: str | None = None):
        found = tuple(Sentence(name, n, 0, 0, span) for n, span in enumerate(sentences.split(text)))
        article = Article(name, Source(title, origin or f"{name}.txt"), text, sentences=found)
        return article, passages(article)

    return made


@pytest.fixture
def three(settings, embedder, write) -> Settings:
    """The settings of a library with three articles in it."""
    with open_library(settings, embedder) as library:
        library.add_all(
            [
                write(
                    "001-sleep", "Nurses on night shifts slept five hours. The others slept seven.", "Sleep at night"
                ),
                write(
                    "002-knee", "A brace eased knee pain in 48 walkers. Nobody fell.", "Knees and braces", "knee.html"
                ),
                write("002-tea", "Green tea slowed tumor cells in a dish.", "Tea in the lab", "https://news.test/tea"),
            ]
        )
    return settings
