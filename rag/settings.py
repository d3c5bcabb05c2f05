"""Every setting there is, read once from the environment (and a `.env` file) into one frozen object."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dotenv import dotenv_values

from rag.errors import SettingsError

ROOT = Path(__file__).resolve().parent.parent
WRITERS = ("auto", "extractive", "llm")
YES_NO = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
VISITORS = "RAG_QUESTIONS_A_MINUTE is 0 (no limit) or more, RAG_ANSWERS_AT_ONCE 1 or more."


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
    read_only: bool = False
    password: str | None = field(default=None, repr=False)
    questions_a_minute: int = 20
    answers_at_once: int = 2

    def __post_init__(self) -> None:
        if self.writer not in WRITERS:
            raise SettingsError(
                f"RAG_WRITER is {self.writer!r}, which is no writer.", f"Set one of {', '.join(WRITERS)}."
            )
        if self.writer == "llm" and not self.model:
            raise SettingsError("RAG_WRITER is llm, but no model is named.", "Set RAG_MODEL, and OPENAI_BASE_URL.")
        if self.questions_a_minute < 0 or self.answers_at_once < 1:
            raise SettingsError("A limit for visitors is below what makes sense.", VISITORS)

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None, dotenv: Path = ROOT / ".env") -> "Settings":
        """Read the settings from the environment, then `.env`. Raises SettingsError for a value that means nothing."""
        env = {**dotenv_values(dotenv), **(os.environ if environ is None else environ)}

        def value(name: str) -> str | None:
            return (env.get(name) or "").strip() or None

        library, cache = value("RAG_LIBRARY"), value("RAG_CACHE")
        read_only = (value("RAG_READ_ONLY") or "no").lower()
        if read_only not in YES_NO:
            raise SettingsError(f"RAG_READ_ONLY is {read_only!r}.", "Set it to yes or no, or leave it unset.")
        return cls(
            library=Path(library).expanduser().absolute() if library else ROOT / "library",
            chroma_url=value("RAG_CHROMA_URL"),
            embedding=value("RAG_EMBEDDING") or "all-MiniLM-L6-v2",
            writer=value("RAG_WRITER") or "auto",
            model=value("RAG_MODEL"),
            base_url=value("OPENAI_BASE_URL"),
            api_key=value("OPENAI_API_KEY"),
            cache=Path(cache).expanduser().absolute() if cache else ROOT / ".cache",
            read_only=YES_NO[read_only],
            password=value("RAG_PASSWORD"),
            questions_a_minute=_number(value("RAG_QUESTIONS_A_MINUTE"), "RAG_QUESTIONS_A_MINUTE", 20),
            answers_at_once=_number(value("RAG_ANSWERS_AT_ONCE"), "RAG_ANSWERS_AT_ONCE", 2),
        )


def _number(given: str | None, name: str, default: int) -> int:
    if given is None:
        return default
    if not given.isascii() or not given.isdigit() or len(given) > 6:
        raise SettingsError(f"{name} is {given!r}, which is no number.", VISITORS)
    return int(given)
