"""Model servers on this machine: found in no time, offered with what to set, never asked for anything else."""

import socket
import threading
import time

import pytest

from rag.doctor import examine
from rag.settings import Settings
from rag.writers.extractive import Extractive
from rag.writers.llm import open_writer
from rag.writers.loopback import offers
from tests.standin import StandIn, writes


def test_a_server_that_answers_is_offered_with_what_to_set():
    with StandIn([writes()], models=("small-7b", "large-70b")) as server:
        (offer,) = offers([("Ollama", server.url)])
        text = offer.text
    assert (offer.name, offer.models) == ("Ollama", ("small-7b", "large-70b"))
    assert f"OPENAI_BASE_URL={server.url}" in text and "RAG_MODEL=small-7b" in text
    assert server.requests == [], "no question is sent"
    assert server.headers[0]["Authorization"] is None, "and no key"


def test_what_is_no_model_server_is_no_offer():
    with StandIn([writes()]) as server:
        assert offers([("Ollama", server.url), ("vLLM", "http://127.0.0.1:9/v1")]) == ()


def test_a_server_that_takes_its_time_is_not_waited_for():
    with socket.create_server(("127.0.0.1", 0)) as mute:
        began = time.monotonic()
        assert offers([("vLLM", f"http://127.0.0.1:{mute.getsockname()[1]}/v1")]) == ()
    assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    "said", [b"SSH-2.0-OpenSSH\r\n", b"HTTP/1.1 200 OK\r\n\r\n[1, 2]", b"HTTP/1.1 200 OK\r\n\r\n{}"]
)
def test_nonsense_is_no_offer(said):
    with socket.create_server(("127.0.0.1", 0)) as odd:

        def answer():
            connection, _ = odd.accept()
            connection.recv(1000)
            connection.sendall(said)
            connection.close()

        threading.Thread(target=answer, daemon=True).start()
        assert offers([("llama.cpp", f"http://127.0.0.1:{odd.getsockname()[1]}/v1")]) == ()


def test_a_server_that_is_found_is_not_used_unasked(tmp_path):
    assert isinstance(open_writer(Settings()), Extractive)
    began = time.monotonic()
    rows = {row["what"]: row for row in examine(Settings(library=tmp_path))}
    assert "built in" in str(rows["writer"]["found"])
    assert time.monotonic() - began < 10
