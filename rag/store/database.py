"""The door to Chroma, embedded or a server. What goes wrong behind it comes out in words a reader understands."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from rag.errors import SettingsError, StoreError

if TYPE_CHECKING:
    import chromadb
    import httpx
    from chromadb.api.client import Client
    from chromadb.api.fastapi import FastAPI

FOLDER = "chroma"
MARK = "files.txt"
AGAIN = "read the articles in again: python -m rag ingest FILE…"
RENEW = "Make it anew from the articles it holds: python -m rag rebuild"
PASSING = ("-journal", "-wal", "-shm")
"""Endings of files that SQLite makes and takes away as it works."""
REACH, ANSWER = 5.0, 60.0
"""Seconds for a server to take a connection, and between two parts of its answer; writing a page takes about one."""


@dataclass(frozen=True, slots=True)
class Door:
    """An open store, where it is, what to do when it cannot be read (`mend`), and its folder, where it has one."""

    client: "Client"
    place: str
    mend: str
    folder: Path | None

    @property
    def shared(self) -> bool:
        """Whether other processes may be at work on the same library."""
        return self.folder is None

    def mark(self) -> None:
        """Note which files there are, where the library is in a folder. Raises StoreError."""
        if self.folder:
            with self.spoken("could not be written"):
                mark(self.folder)

    def forget(self) -> None:
        """Take back the note of which files there are, before some of them go."""
        if self.folder:
            (self.folder / MARK).unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of the store."""
        servers = _servers(self.client)
        self.client.close()
        for server in servers:
            server._session.close()

    def sweep(self) -> None:
        """Delete the vector files of collections that are gone: chromadb 1.5.9 leaves them on the disk."""
        if not self.folder:
            return
        place = self.folder / FOLDER
        with closing(sqlite3.connect(f"file:{place / 'chroma.sqlite3'}?mode=ro", uri=True)) as database:
            used = {name for (name,) in database.execute("SELECT id FROM segments")}
        for path in place.iterdir():
            if path.is_dir() and path.name not in used:
                shutil.rmtree(path)

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
    import httpx
    from chromadb.errors import ChromaError

    host, port, secure = _address(url)
    limits = httpx.Timeout(ANSWER, connect=REACH)
    try:
        # chromadb waits for its first answer without end, so a server that never gives one is found out before.
        httpx.get(f"{'https' if secure else 'http'}://{host}:{port}/api/v2/heartbeat", timeout=REACH).raise_for_status()
        client = cast("Client", chromadb.HttpClient(host, port, ssl=secure, settings=_settings()))
    except (ValueError, ChromaError, httpx.HTTPError) as error:  # ValueError is chromadb's word for no answer
        hint = f"Start one (chroma run --port {port}), or unset RAG_CHROMA_URL to keep the library on this machine."
        raise StoreError(f"No Chroma server answers at {url}: {error}", hint) from error
    for part in _servers(client):
        part._session.timeout = limits
        part._session.event_hooks["response"].append(_refuse)
    mend = "See whether the Chroma server runs and has room on its disk, then try again."
    return Door(client, f"at {url}", mend, folder=None)


def _servers(client: "Client") -> "list[FastAPI]":
    """The two connections of a client: chromadb 1.5.9 sets no time limit on them and leaves them open."""
    from chromadb.api.fastapi import FastAPI

    servers = (client._server, client._admin_client._server)  # type: ignore[attr-defined]  # AdminClient has one
    return [server for server in servers if isinstance(server, FastAPI)]


def _refuse(answer: "httpx.Response") -> None:
    """Name an answer that no Chroma gives (a proxy's, say): chromadb would raise a bare Exception for it."""
    import httpx

    if "json" not in answer.headers.get("Content-Type", "json"):
        answer.read()
        raise httpx.DecodingError(
            f"status {answer.status_code}, which is no answer of Chroma's", request=answer.request
        )


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
    return Door(cast("Client", client), str(folder), mend, folder)


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
