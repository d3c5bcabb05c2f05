"""Start the chat: the app under Streamlit, on this machine only, sending nothing anywhere."""

import os
import socket
import sys
from typing import NoReturn

from rag.errors import RagError
from rag.settings import ROOT

ADDRESS = "127.0.0.1"
PORT = 8501
QUIET = {
    "ANONYMIZED_TELEMETRY": "False",  # Chroma's; 1.5.9 sends none either way
    "CHROMA_OTEL_COLLECTION_ENDPOINT": "",
    "LANGSMITH_TRACING": "false",
    "LANGCHAIN_TRACING_V2": "false",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
}


def serve(port: int | None = None) -> NoReturn:
    """Become the Streamlit server, which prints its address once it answers. Raises RagError for a port in use."""
    port = PORT if port is None else port
    check_port(port)
    os.chdir(ROOT)
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), *flags(port)]
    sys.stdout.flush()
    os.execve(sys.executable, command, {**os.environ, **QUIET})


def flags(port: int) -> list[str]:
    """List what must hold whatever the reader's own Streamlit settings say; the rest is in `.streamlit/config.toml`.

    Without a fixed server address a headless Streamlit asks an outside service for the machine's own.
    """
    options = {
        "server.address": ADDRESS,
        "browser.serverAddress": ADDRESS,
        "server.port": str(port),
        "server.headless": "true",
        "server.showEmailPrompt": "false",
        "browser.gatherUsageStats": "false",
    }
    return [f"--{name}={value}" for name, value in options.items()]


def check_port(port: int) -> None:
    """Raise RagError where a port cannot be listened on."""
    if not 0 < port < 65536:
        raise RagError(f"{port} is no port.", f"Name one between 1024 and 65535, for example: make run PORT={PORT}")
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((ADDRESS, port))
            listener.listen()
        except PermissionError as error:
            raise RagError(f"Port {port} is kept for the system.", f"Use another: make run PORT={PORT}") from error
        except OSError as error:
            message = f"Port {port} is in use, perhaps by this app in another terminal."
            other = port + 1 if port < 65535 else PORT
            raise RagError(message, f"Open http://{ADDRESS}:{port}, or use another: make run PORT={other}") from error
