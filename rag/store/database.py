"""The door to Chroma, embedded or a server. What goes wrong behind it comes out in words a reader understands."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from rag.errors import SettingsError, StoreError

if TYPE_CHECKING:
    import chromadb
    from chromadb.api.client import Client

FOLDER = "chroma"
MARK = "files.txt"
AGAIN = "read the articles in again: python -m rag ingest FILE…"
PASSING = ("-journal", "-wal", "-shm")
"""Endings of files that SQLite makes and takes away as it works."""


@dataclass(frozen=True, slots=True)
class Door:
    """An open store, where it is, what to do when it cannot be read (`mend`) or must be made anew (`renew`)."""

    client: "Client"
    place: str
    mend: str
    renew: str
    shared: bool

    def close(self) -> None:
        """Let go of the store."""
        from chromadb.api.fastapi import FastAPI

        servers = (self.client._server, self.client._admin_client._server)  # type: ignore[attr-defined]  # AdminClient has one
        self.client.close()
        for server in servers:
            if isinstance(server, FastAPI):
                server._session.close()  # chromadb 1.5.9 leaves its connections open

    @contextmanager
    def spoken(self, what: str) -> Iterator[None]:
        """Turn a fault of Chroma, of the disk or of the network into a StoreError: the library … `what`."""
        from chromadb.errors import ChromaError
        from httpx import HTTPError

        try:
            yield
        except (ChromaError, HTTPError, OSError) as error:
            raise StoreError(f"The library {self.place} {what}: {error}", self.mend) from error


def server(url: str) -> Door:
    """Connect to a Chroma server. Raises SettingsError for what is no address, StoreError where no Chroma answers."""
    import chromadb
    from chromadb.errors import ChromaError

    host, port, secure = _address(url)
    try:
        client = chromadb.HttpClient(host, port, ssl=secure, settings=_settings())
    except (ValueError, ChromaError) as error:  # ValueError is chromadb's word for a server that does not answer
        hint = f"Start one (chroma run --port {port}), or unset RAG_CHROMA_URL to keep the library on this machine."
        raise StoreError(f"No Chroma server answers at {url}: {error}", hint) from error
    mend = "See whether the Chroma server runs and has room on its disk."
    renew = f"Name an empty server in RAG_CHROMA_URL and {AGAIN}"
    return Door(cast("Client", client), f"at {url}", mend, renew, shared=True)


def embedded(folder: Path) -> Door:
    """Open the store in a library folder, or make one. Raises StoreError for a damaged one, and leaves it as it is."""
    import chromadb
    from chromadb.api.shared_system_client import SharedSystemClient
    from chromadb.errors import ChromaError

    place = folder / FOLDER
    mend = (
        f"See that the disk is not full and that {folder} can be written. If it is damaged, put back a copy of it, "
        f"or move it away and {AGAIN}"
    )
    if lost := _lost(folder):
        raise StoreError(
            f"The library {folder} is damaged: of {place}, {', '.join(lost)} is missing or cut short.", mend
        )
    try:
        client = chromadb.PersistentClient(place, _settings())
    except (ChromaError, OSError) as error:
        # Chroma keeps the half-started store under its path and would hand it out again once the file is mended.
        SharedSystemClient.clear_system_cache()
        raise StoreError(f"The library {folder} cannot be opened: {error}", mend) from error
    return Door(cast("Client", client), str(folder), mend, f"Move {folder} away and {AGAIN}", shared=False)


def mark(folder: Path) -> None:
    """Note which files the store has and how long they are.

    Chroma makes a file that has gone missing anew, empty, without a word; of vectors cut short it reads what happens to
    lie in memory, and may take the whole process down.
    """
    place = folder / FOLDER
    if not place.is_dir():
        return  # the library was deleted while it was open
    files = sorted(path for path in place.rglob("*") if path.is_file() and not path.name.endswith(PASSING))
    lines = [f"{path.stat().st_size} {path.relative_to(place).as_posix()}" for path in files if path.stat().st_size]
    new = folder / f"{MARK}.new"
    new.write_text("\n".join(lines), "utf8")
    new.replace(folder / MARK)


def _lost(folder: Path) -> list[str]:
    """Find the noted files that are gone, empty, or vectors cut short: Chroma lets those grow and never shrink."""
    mark = folder / MARK
    lost = []
    for line in mark.read_text("utf8", "replace").splitlines() if mark.is_file() else []:
        noted, _, name = line.partition(" ")
        path = folder / FOLDER / name
        least = int(noted) if name.endswith(".bin") and noted.isdigit() else 1
        if not path.is_file() or path.stat().st_size < least:
            lost.append(name)
    return lost


def _address(url: str) -> tuple[str, int, bool]:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        message = f"RAG_CHROMA_URL is {url!r}, which is no address."
        raise SettingsError(message, "Set it to something like http://localhost:8000.")
    secure = parts.scheme == "https"
    return parts.hostname, port or (443 if secure else 8000), secure


def _settings() -> "chromadb.config.Settings":
    from chromadb.config import Settings

    return Settings(anonymized_telemetry=False)
