"""A Brief as a file to hand on: which formats there are, and what the file is called."""

import re
from collections.abc import Callable, Mapping

from rag.brief import Brief
from rag.export.markdown import markdown
from rag.export.page import page
from rag.export.table import table

FORMATS: Mapping[str, Callable[[Brief], str]] = {"md": markdown, "html": page, "csv": table}
TYPES = {"md": "text/markdown", "html": "text/html", "csv": "text/csv"}
NAME = 40
"""Characters of an article's id in a file name."""


def exported(brief: Brief, form: str) -> str:
    """Return a Brief in one of FORMATS."""
    return FORMATS[form](brief)


def file_name(brief: Brief, form: str) -> str:
    """Name the file for what it is and for its article, in letters that any disk takes."""
    about = re.sub(r"[^A-Za-z0-9_-]+", "-", brief.articles[0].id)[:NAME].strip("-") if brief.articles else ""
    return f"{'-'.join(filter(None, (str(brief.kind), about)))}.{form}"
