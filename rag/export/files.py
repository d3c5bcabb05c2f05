"""A Brief as a file to hand on: which formats there are, and what the file is called."""

import re
from collections.abc import Callable, Mapping

from rag.brief import Brief
from rag.export.markdown import markdown
from rag.export.page import page
from rag.export.pdf import pdf
from rag.export.table import table
from rag.export.word import word

FORMATS: Mapping[str, Callable[[Brief], str | bytes]] = {
    "md": markdown, "html": page, "pdf": pdf, "docx": word, "csv": table,
}  # fmt: skip
TYPES = {
    "md": "text/markdown",
    "html": "text/html",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "csv": "text/csv",
}
ENCODINGS = {"csv": "utf-8-sig"}
"""A spreadsheet takes a CSV file for UTF-8 where it begins with the mark of it, and for something else without."""
NAME = 40
"""Characters of an article's id in a file name."""


def exported(brief: Brief, form: str) -> bytes:
    """Return a Brief as a file in one of FORMATS, text in UTF-8."""
    made = FORMATS[form](brief)
    return made if isinstance(made, bytes) else made.encode(ENCODINGS.get(form, "utf-8"), "replace")


def file_name(brief: Brief, form: str) -> str:
    """Name the file for what it is and for its article, in letters that any disk takes."""
    about = re.sub(r"[^A-Za-z0-9_-]+", "-", brief.articles[0].id)[:NAME].strip("-") if brief.articles else ""
    more = f"and-{len(brief.articles) - 1}-more" if len(brief.articles) > 1 else ""
    return f"{'-'.join(filter(None, (str(brief.kind), about, more)))}.{form}"
