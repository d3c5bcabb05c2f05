"""What is installed, where things are, what is wrong and how to mend it. Never opens the library."""

import os
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from rag.errors import RagError
from rag.settings import Settings

PACKAGES = ("langchain", "chromadb", "openai", "streamlit", "tiktoken", "onnxruntime", "tantivy")


def examine(settings: Settings) -> list[dict[str, Any]]:
    """Return one row a check: what, what was found, whether it is well, and what to do where it is not."""
    return [
        *(_package(name) for name in PACKAGES),
        _weights(settings),
        _folder("library", settings.library),
        _folder("cache", settings.cache),
        _row("writer", _writer(settings)),
        *_offered(settings),
        _row("embedding model", settings.embedding),
        _row("Chroma", settings.chroma_url or "embedded, in the library's folder"),
        _row("tokens", _tokens()),
    ]


def _row(what: str, found: str, hint: str | None = None) -> dict[str, Any]:
    return {"what": what, "found": found, "ok": hint is None, "hint": hint}


def _package(name: str) -> dict[str, Any]:
    try:
        return _row(name, version(name))
    except PackageNotFoundError:
        return _row(name, "not installed", "make -B setup")


def _weights(settings: Settings) -> dict[str, Any]:
    from rag.store.weights import find_weights

    try:
        return _row("embedding weights", str(find_weights().model))
    except RagError as error:
        return _row("embedding weights", error.message, error.hint)


def _folder(what: str, path: Path) -> dict[str, Any]:
    existing = next(p for p in (path, *path.parents) if p.exists())
    if not existing.is_dir():
        return _row(what, f"{path}: {existing} is a file", f"Set RAG_{what.upper()} to a folder.")
    if not os.access(existing, os.W_OK):
        return _row(what, f"{path}: cannot be written", f"Make {existing} writable, or set RAG_{what.upper()}.")
    return _row(what, f"{path}" + ("" if path.exists() else " (made at the first use)"))


def _writer(settings: Settings) -> str:
    if settings.writer == "extractive" or settings.model is None:
        return "extractive: built in, nothing leaves this machine"
    return f"{settings.model}: your question and the sentences found go to {settings.base_url or 'OpenAI'}"


def _offered(settings: Settings) -> Iterator[dict[str, Any]]:
    """Name the model servers that answer on this machine, where none is set; they are used only once they are."""
    if settings.model is None:
        from rag.writers.loopback import offers

        yield from (_row("model server", offer.text) for offer in offers())


def _tokens() -> str:
    from rag.text.tokens import count

    return "counted exactly" if count("a", None)[1] else "estimated: the vocabularies were not fetched at set-up"
