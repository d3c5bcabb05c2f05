"""How answers are made, what is stored where, and what this cannot do."""

import tomllib
from html import escape

import streamlit as st

from rag.domain import Stage
from rag.settings import ROOT, Settings
from rag.ui import parts, words

HOW = (
    "Your question is checked first: words that speak of danger get help numbers, not an answer.",
    "The articles are searched for the passages that bear on it.",
    "An answer is written from those passages alone.",
    "Each sentence is checked against the words it cites. One they do not carry is dropped, and you are told.",
    "What the research was tested in, and what the article leaves out, is said beside it.",
)
CANNOT = (
    "It cannot tell you what to do about your health or your treatment.",
    "It knows only the articles in the library. It does not read the studies behind them.",
    "News articles can be wrong, and so can the reading of them.",
    "It does not know what has been found since an article was written.",
)


TAGLINE = "Plain answers from health-research news, with the caveats left in."


def page() -> None:
    """Draw the page."""
    st.html(
        f'<h1 class="cv-page">About Caveat</h1><p class="cv-note">{TAGLINE}</p>'
        + _list("How an answer is made", HOW, "ol")
        + _list("What it cannot do", CANNOT, "ul")
        + _list("What is kept where", _kept(Settings.from_env()), "ul")
        + _stages()
        + f'<p class="cv-note">Version {escape(_version())}</p>'
    )


def _version() -> str:
    project: dict[str, str] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf8"))["project"]
    return project["version"]


def _list(heading: str, items: tuple[str, ...], tag: str) -> str:
    entries = "".join(f"<li>{escape(item)}</li>" for item in items)
    return f'<h2 class="cv-heading">{heading}</h2><{tag} class="cv-list">{entries}</{tag}>'


def _kept(settings: Settings) -> tuple[str, ...]:
    """Say what is stored and what leaves the machine, under the settings in force."""
    model = settings.model if settings.writer != "extractive" else None
    if model:
        place = settings.base_url or "its provider"
        leaves = f"Your question and passages of the articles are sent to the language model {model} at {place}."
    else:
        leaves = "Answers are written on this machine. Nothing you type leaves it."
    return (
        leaves,
        f"The articles are kept in {settings.chroma_url or settings.library}.",
        "Your questions are held in memory while this tab is open, or until you press Start again. They are not saved.",
        "No usage statistics are collected.",
    )


def _stages() -> str:
    """Explain every evidence label, lowest first."""
    rows = "".join(
        f"<div><dt>{escape(words.stage(kind))}</dt><dd>{escape(words.stage_meaning(kind))}</dd></div>" for kind in Stage
    )
    return f'<h2 class="cv-heading">What the evidence labels mean</h2><dl class="cv-stages">{rows}</dl>'


with parts.guard():
    page()
