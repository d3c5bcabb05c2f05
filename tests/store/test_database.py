"""The same library on a Chroma server, and a clear word where there is none."""

import socket
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from rag.errors import SettingsError, StoreError
from rag.store.library import open_library


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


@pytest.fixture
def server(tmp_path):
    """Start the real server and give its address."""
    port = free_port()
    command = [Path(sys.executable).parent / "chroma", "run", "--path", tmp_path / "server", "--port", str(port)]
    with subprocess.Popen([*map(str, command), "--host", "127.0.0.1"], stdout=subprocess.DEVNULL) as process:
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
        process.kill()


def test_a_server_holds_the_library(settings, server, embedder, write):
    settings = replace(settings, chroma_url=server)
    article, passages = write("tea", "Green tea slowed tumor cells. It was a dish.")
    with open_library(settings, embedder) as library:
        library.add(article, passages)
        library.add(*write("knee", "A brace eased pain."))
        library.remove("knee")
    with open_library(settings, embedder) as library:
        assert library.articles() == (article,)
        assert library.dense("a drink", 3)[0][0] == library.lexical("tea", 3)[0][0] == passages[0]
    assert not settings.library.exists()


def test_no_server_at_the_address(settings, embedder):
    url = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(StoreError, match=url) as error:
        open_library(replace(settings, chroma_url=url), embedder)
    assert "chroma run" in error.value.hint


@pytest.mark.parametrize("url", ["localhost:8000", "ftp://x", "http://", "http://a:port", "http://[", "words"])
def test_what_is_no_address_is_said(settings, embedder, url):
    with pytest.raises(SettingsError, match="RAG_CHROMA_URL"):
        open_library(replace(settings, chroma_url=url), embedder)
