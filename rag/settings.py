"""Every setting there is, read once from the environment (and a `.env` file) into one frozen object."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dotenv import dotenv_values

from rag.errors import SettingsError

ROOT = Path(__file__).resolve().parent.parent
WRITERS = ("auto", "extractive", "llm")


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set. The key is never in `repr`."""

    library: Path = ROOT / "library"
    chroma_url: str | None = None
    embedding: str = "all-MiniLM-L6-v2"
    writer: str = "auto"
    model: str | None = None
    base_url: str | None = None
    api_key: str | None = field(default=None, repr=False)
    cache: Path = ROOT / ".cache"

    def __post_init__(self) -> None:
        if self.writer not in WRITERS:
            raise SettingsError(
                f"RAG_WRITER is {self.writer!r}, which is no writer.", f"Set one of {', '.join(WRITERS)}."
            )
        if self.writer == "llm" and not self.model:
            raise SettingsError("RAG_WRITER is llm, but no model is named.", "Set RAG_MODEL, and OPENAI_BASE_URL.")

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None, dotenv: Path = ROOT / ".env") -> "Settings":
        """Read the settings from the environment, then `.env`. Raises SettingsError for a value that means nothing."""
        env = {**dotenv_values(dotenv), **(os.environ if environ is None else environ)}

        def value(name: str) -> str | None:
            return (env.get(name) or "").strip() or None

        library, cache = value("RAG_LIBRARY"), value("RAG_CACHE")
        return cls(
            library=Path(library).expanduser().absolute() if library else ROOT / "library",
            chroma_url=value("RAG_CHROMA_URL"),
            embedding=value("RAG_EMBEDDING") or "all-MiniLM-L6-v2",
            writer=value("RAG_WRITER") or "auto",
            model=value("RAG_MODEL"),
            base_url=value("OPENAI_BASE_URL"),
            api_key=value("OPENAI_API_KEY"),
            cache=Path(cache).expanduser().absolute() if cache else ROOT / ".cache",
        )
