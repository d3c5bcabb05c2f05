"""How answers are made and how well, what is stored where and who sees it, and what this cannot do."""

import tomllib
from collections.abc import Iterable
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st

from rag.domain import Stage
from rag.evaluate.figures import SUITES, Figure, figures
from rag.settings import ROOT, Settings
from rag.ui import access, feedback, kept, parts, words
from rag.writers.loopback import offers

HOW = (
    ("Your question is looked at", "Words that speak of danger get help numbers at once, not an answer."),
    ("The articles are searched", "The passages that bear on it are found, in the library and nowhere else."),
    (
        "The evidence is named",
        "What the research was tested in, and what the article leaves out, comes before the rest.",
    ),
    (
        "An answer is written",
        "From those passages alone: in their own words or, where a model is set up, in plainer ones.",
    ),
    (
        "Each sentence is checked",
        "Against the words it cites. One that they do not carry is left out, and you are told.",
    ),
)
CANNOT = (
    "It cannot tell you what to do about your health or your treatment.",
    "It knows only the articles in the library. It does not read the studies behind them.",
    "News articles can be wrong, and so can the reading of them.",
    "It does not know what has been found since an article was written.",
)
TAGLINE = "Plain answers from health-research news, with the caveats left in."
MEASURED = (
    "Each version is tried on articles and questions for which the right answers were written down beforehand. "
    "The figures tell how often this version agreed with them. The program was made with these same tests at hand, so "
    "it may do worse on articles that it has never met."
)
LICENCES = ("LICENSE", "NOTICE", "LICENSES.md", "LICENSES.txt", "LICENSES")
"""The files that tell who owns what, those of them that are there."""


def page() -> None:
    """Draw the page."""
    settings = Settings.from_env()
    st.html(
        f'<div class="cv-prose"><h1 class="cv-page">About Caveat</h1><p class="cv-note">{TAGLINE}</p>'
        + _flow()
        + _list("What it cannot do", CANNOT)
        + _list("Who sees what", _seen(settings))
        + _list("What is kept where", _kept(settings))
        + _list("Who may come in", _door(settings))
        + (_models() if settings.model is None and access.may_change() else "")
        + _figures(tuple(figures()))
        + _stages()
        + _licences()
        + f'<p class="cv-note">Version {escape(_version())}</p></div>'
    )


def _version() -> str:
    project: dict[str, str] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf8"))["project"]
    return project["version"]


def _flow() -> str:
    steps = "".join(f"<li><strong>{escape(name)}</strong><span>{escape(said)}</span></li>" for name, said in HOW)
    return f'<h2 class="cv-heading">How an answer is made</h2><ol class="cv-flow">{steps}</ol>'


def _list(heading: str, items: Iterable[str]) -> str:
    entries = "".join(f"<li>{escape(item)}</li>" for item in items)
    return f'<h2 class="cv-heading">{heading}</h2><ul class="cv-list">{entries}</ul>'


def _seen(settings: Settings) -> tuple[str, ...]:
    """Say what leaves the machine, and to whom, under the settings in force."""
    model = settings.model if settings.writer != "extractive" else None
    if model:
        place = settings.base_url or "its provider"
        answers = f"Your question and passages of the articles are sent to the language model {model} at {place}."
    else:
        answers = "Answers are written on this machine. Nothing you type leaves it."
    store = f"The articles lie on the server {_host(settings.chroma_url)}." if settings.chroma_url else ""
    return tuple(
        filter(
            None,
            (
                answers,
                store,
                "A website is asked for a page only when you give its address to be read, and told nothing else.",
                "No usage statistics are collected, and nothing on these pages is fetched from anywhere else.",
            ),
        )
    )


def _kept(settings: Settings) -> tuple[str, ...]:
    """Say what is stored, and where."""
    return (
        f"The articles are kept in {settings.chroma_url or settings.library}.",
        "Your questions are held in memory while this tab is open. They are not saved unless you tick “Keep this "
        f"conversation on this computer”; then it is a file in {kept.folder(settings)}, until you delete it.",
        f"What you say is wrong with an answer is added to {feedback.place(settings)}. It is sent to nobody.",
        f"What can be made anew at any time, such as the search model, is in {settings.cache}.",
    )


def _door(settings: Settings) -> tuple[str, ...]:
    """Say who is let in, and how much may be asked, under the settings in force."""
    door = "One password opens this library" if settings.password else "No password is asked for"
    rate = settings.questions_a_minute
    often = f"Each visitor may ask {rate} questions a minute" if rate else "Visitors may ask as often as they like"
    return (
        f"{door} (RAG_PASSWORD).",
        f"{often} (RAG_QUESTIONS_A_MINUTE).",
        f"{settings.answers_at_once} answers are written at once, the others wait in line (RAG_ANSWERS_AT_ONCE).",
    )


def _models() -> str:
    """Tell of language models that run on this machine; none is used unless the reader sets it up."""
    found = "".join(f"<li>{escape(offer.text)}</li>" for offer in offers())
    if not found:
        return ""
    said = "One was found on this machine. It would write plainer sentences, under the same checks. It is not used yet."
    heading = '<h2 class="cv-heading">A language model for plainer answers</h2>'
    return f'{heading}<p class="cv-note">{said}</p><ul class="cv-list">{found}</ul>'


def _host(url: str) -> str:
    return urlsplit(url).netloc or url


def _figures(found: tuple[Figure, ...]) -> str:
    """Tell how often this version was right, measure by measure."""
    if not found:
        return ""
    blocks = "".join(
        f'<h3 class="cv-measure">{escape(name)}</h3><dl class="cv-figures">'
        + "".join(_figure(figure) for figure in found if figure.suite == suite)
        + "</dl>"
        for suite, name in SUITES.items()
    )
    return f'<h2 class="cv-heading">How often it is right</h2><p class="cv-note">{MEASURED}</p>{blocks}'


def _figure(figure: Figure) -> str:
    right = round(figure.value * figure.rows)
    percent = 100 if right == figure.rows else min(99, round(100 * figure.value))
    said = f"{right:,} of {figure.rows:,} ({percent}%)"
    return (
        f"<div><dt>{escape(figure.title)}</dt><dd><strong>{said}</strong><span>{escape(figure.means)}</span></dd></div>"
    )


def _stages() -> str:
    """Explain every evidence label, lowest first."""
    rows = "".join(
        f"<div><dt>{escape(words.stage(kind))}</dt><dd>{escape(words.stage_meaning(kind))}</dd></div>" for kind in Stage
    )
    return f'<h2 class="cv-heading">What the evidence labels mean</h2><dl class="cv-stages">{rows}</dl>'


def _licences(folder: Path = ROOT) -> str:
    """Show the files that tell who owns what, folded up."""
    there = [folder / name for name in LICENCES if (folder / name).is_file()]
    files = "".join(
        f'<details class="cv-terms"><summary>{escape(path.name)}</summary>'
        f'<pre class="cv-file" tabindex="0">{escape(path.read_text(encoding="utf8"))}</pre></details>'
        for path in there
    )
    free = (
        "Caveat is free software under the Apache License 2.0. The articles stay under the terms of their publishers."
    )
    return f'<h2 class="cv-heading">Licences</h2><p class="cv-note">{free}</p>{files}'


with parts.guard():
    page()
