"""The state of the library: how much it holds, where and how big it is, by which model; and how it is made anew."""

from datetime import datetime
from html import escape
from pathlib import Path

import streamlit as st

from rag.chain import Chain
from rag.export.plaintext import day
from rag.settings import Settings


def view(chain: Chain) -> None:
    """Draw the facts of the open library."""
    settings = Settings.from_env()
    with st.spinner("Counting…"):
        st.html(facts_html(chain, settings))


def facts_html(chain: Chain, settings: Settings) -> str:
    """List the facts of an open library."""
    articles, passages = chain.library.articles(), chain.library.passages()
    facts = {
        "Articles": f"{len(articles):,}",
        "Passages that are searched": f"{len(passages):,}",
        "Kept in": settings.chroma_url or str(settings.library),
        "Size on disk": "on the server" if settings.chroma_url else size(_files(settings.library)),
        "Last changed": "not known here" if settings.chroma_url else changed(_files(settings.library)),
        "Search model": settings.embedding,
        "Answers are written by": _writer(settings),
    }
    rows = "".join(f"<div><dt>{name}</dt><dd>{escape(value)}</dd></div>" for name, value in facts.items())
    return f'<dl class="cv-facts cv-wide">{rows}</dl>'


def size(files: list[Path]) -> str:
    """Say how much room some files take."""
    megabytes = sum(path.stat().st_size for path in files) / 2**20
    return f"{megabytes:,.0f} MB" if megabytes >= 10 else f"{megabytes:.1f} MB"


def changed(files: list[Path]) -> str:
    """Say when the database among some files was written last."""
    written = max((path.stat().st_mtime for path in files if path.suffix == ".sqlite3"), default=None)
    if written is None:
        return "not yet"
    at = datetime.fromtimestamp(written)
    return f"{day(at.date().isoformat())}, {at:%H:%M}"


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def _writer(settings: Settings) -> str:
    if settings.writer == "extractive" or not settings.model:
        return "this program alone, in the words of the articles"
    return f"the language model {settings.model}"
