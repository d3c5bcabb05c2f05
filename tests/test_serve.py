"""The server as `make run` starts it: on this machine only, calling nobody, ending at Ctrl-C; a taken port is said."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.errors import RagError
from rag.serve import check_port
from rag.settings import ROOT

WATCH = """
import os, sys
def watch(event, args):
    if event in ("socket.connect", "socket.getaddrinfo"):
        with open(os.environ["CALLS"], "a") as file:
            print(event, args[1] if event == "socket.connect" else args[0], file=file)
sys.addaudithook(watch)
"""
"""Run by Python at its start: notes whom the server calls."""
HANDSHAKE = (
    "GET /_stcore/stream HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\n"
    "Connection: Upgrade\r\nUpgrade: websocket\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)
PATIENCE = 60
"""Seconds for the server to answer on a busy machine; it takes 2 on an idle one."""


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


class Server:
    """The app in a process of its own, in a home new to Streamlit, with settings that would open it to the network."""

    def __init__(self, folder: Path) -> None:
        self.port, self.calls = free_port(), folder / "calls"
        (folder / "watch").mkdir()
        (folder / "watch" / "sitecustomize.py").write_text(WATCH, encoding="utf8")
        self.calls.touch()
        environ = {
            **os.environ,
            "HOME": str(folder),
            "PYTHONPATH": str(folder / "watch"),
            "CALLS": str(self.calls),
            "RAG_LIBRARY": str(folder / "library"),
            "STREAMLIT_SERVER_ADDRESS": "0.0.0.0",
            "STREAMLIT_SERVER_HEADLESS": "false",
            "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "true",
        }
        command = [sys.executable, "-m", "rag", "serve", "--port", str(self.port)]
        self.log = folder / "log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=environ, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )

    def wait(self) -> None:
        end = time.monotonic() + PATIENCE
        while self.address not in self.log.read_text(encoding="utf8"):
            assert self.process.poll() is None, self.log.read_text(encoding="utf8")
            assert time.monotonic() < end, self.log.read_text(encoding="utf8")
            time.sleep(0.1)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def handshake(self, host: str) -> str:
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as connection:
            connection.sendall(HANDSHAKE.format(host=host).encode())
            return connection.recv(200).decode("latin1").splitlines()[0]

    def stop(self) -> int:
        """Press Ctrl-C."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=15)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("server"))
    try:
        server.wait()
        yield server
    finally:
        server.process.kill()
        server.process.wait()


def test_the_printed_address_answers(server):
    with urllib.request.urlopen(f"{server.address}/_stcore/health", timeout=10) as answer:
        assert answer.read() == b"ok"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux answers on all of 127.0.0.0/8")
def test_no_other_address_answers(server):
    with socket.socket() as caller:
        assert caller.connect_ex(("127.0.0.2", server.port)) != 0


@pytest.mark.parametrize(
    ("host", "status"), [("127.0.0.1:{port}", " 101 "), ("localhost:{port}", " 101 "), ("elsewhere.example", " 403 ")]
)
def test_a_page_elsewhere_cannot_talk_to_it(server, host, status):
    assert status in server.handshake(host.format(port=server.port))


def test_a_port_that_is_taken_is_said_without_a_traceback(server):
    command = [sys.executable, "-m", "rag", "serve", "--port", str(server.port)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert f"Port {server.port} is in use" in done.stderr
    assert "make run PORT=" in done.stderr
    assert "Traceback" not in done.stderr


def test_it_calls_nobody_and_ends_at_ctrl_c(server):
    assert server.stop() == 0
    assert "Traceback" not in server.log.read_text(encoding="utf8")
    assert server.calls.read_text(encoding="utf8") == ""
    check_port(server.port)


@pytest.mark.parametrize("port", [0, -1, 65536, 10**9])
def test_a_number_that_is_no_port_is_refused(port):
    with pytest.raises(RagError) as refused:
        check_port(port)
    assert str(port) in refused.value.message
    assert "PORT=" in refused.value.hint


def test_the_last_port_names_another_that_exists():
    with socket.socket() as taken:
        try:
            taken.bind(("127.0.0.1", 65535))
        except OSError:
            pytest.skip("port 65535 is in use on this machine")
        taken.listen()
        with pytest.raises(RagError) as refused:
            check_port(65535)
    assert "PORT=65536" not in refused.value.hint
