"""A Brief as PDF: tagged for screen readers, its fonts embedded, set by Typst, which takes every text as data.

Typst (Apache 2.0) won over fpdf2 and ReportLab: it tags what it sets, breaks pages well, and takes 40 ms a leaflet.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from rag.brief import Brief
from rag.domain import Article
from rag.export.ladder import rungs
from rag.export.sheet import Sheet, sheet

if TYPE_CHECKING:
    from typst import Fonts

WORDS = {
    "page": "page_of", "stands": "heading_stands", "sources": "heading_sources", "exact": "heading_exact",
}  # fmt: skip
"""What the template calls the fixed words, and their notes."""
SHARP = 220.0
"""Dots an inch of the ladder as a picture."""


def pdf(brief: Brief) -> bytes:
    """Return the whole file."""
    return _set(sheet(brief), brief.articles)


def ladder_picture(brief: Brief) -> bytes:
    """Return the ladder of a Brief as a PNG picture, for where nothing is drawn; nothing where there is no ladder."""
    laid = sheet(brief)
    return _set(laid, brief.articles, format="png", ppi=SHARP) if laid.ladder and rungs(brief.articles) else b""


def _set(laid: Sheet, articles: Sequence[Article], **options: Any) -> bytes:  # noqa: ANN401 (Typst's own options)
    import typst

    data = asdict(laid) | {
        "blocks": [asdict(block) | {"rows": [list(map(asdict, row)) for row in block.rows]} for block in laid.blocks],
        "words": {name: laid.word(note) for name, note in WORDS.items()},
        "rungs": [asdict(rung) for rung in rungs(articles, laid.language)],
        "short": laid.short,
        "only_ladder": "format" in options,
    }
    template = resources.files("rag.export").joinpath("leaflet.typ").read_bytes()
    made = typst.compile(template, font_paths=_fonts(), sys_inputs={"sheet": json.dumps(data)}, **options)
    assert isinstance(made, bytes)
    return made


@cache
def _fonts() -> "Fonts":
    """The fonts that are packed: Latin and Greek with Typst, Chinese and Hindi beside it; then those of the system."""
    import pylopdf_fonts_hi
    import pylopdf_fonts_zh_cn
    from typst import Fonts

    folders = [pylopdf_fonts_zh_cn.serif_path().parent, pylopdf_fonts_hi.serif_path().parent]
    return Fonts(include_system_fonts=True, font_paths=folders)
