"""Appraise a text before it is added to any library: what it reports, each finding and caveat marked in place."""

import re
from datetime import date
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

import streamlit as st

from rag.domain import Article, Caveat, Document
from rag.errors import RagError
from rag.evidence.reach import unread
from rag.ingest.read import read
from rag.intake import article_of
from rag.ui import article, marked, parts

APPRAISED, FAILED = "appraised", "appraise_failed"
LONGEST = 400_000
"""Characters of a text: about 65,000 words, a book. A news article has 10,000."""
FORMATS = ["txt", "md", "html", "htm", "pdf", "docx"]
LARGEST = 20
"""Megabytes of a file, as for the command line."""
ABSENT = frozenset(
    {
        "harms_missing", "dose_missing", "followup_missing", "no_control", "availability_missing",
        "no_independent_voice", "journal_not_named", "setting_not_stated", "undated",
    }
)  # fmt: skip
"""Caveats of what an article leaves out, unless they rest on words of it."""
INTRODUCTION = (
    "See what kind of evidence a health news text reports, and what a careful reader would ask. "
    "Nothing is added to the library."
)


class Upload(Protocol):
    """A file that was chosen."""

    name: str

    def getvalue(self) -> bytes:
        """Return what is in it."""


def page() -> None:
    """Draw the form, and the appraisal of the text that was given last."""
    st.html(f'<h1 class="cv-page">Appraise a text</h1><p class="cv-note">{INTRODUCTION}</p>')
    with st.form("appraise", border=False):
        pasted = st.text_area("Text of the article", height=180, placeholder="Paste the headline and the whole text.")
        chosen = st.file_uploader("Or choose a file", type=FORMATS, max_upload_size=LARGEST)
        if st.form_submit_button("Appraise", type="primary"):
            _take(pasted or "", chosen)
    if failure := st.session_state.get(FAILED):
        st.html(parts.failure_html(failure))
    elif APPRAISED in st.session_state:
        st.html(appraisal_html(st.session_state[APPRAISED]))


def _take(pasted: str, chosen: Upload | None) -> None:
    """Read what was given and keep the appraisal, or what was wrong, for this browser tab."""
    st.session_state.pop(FAILED, None)
    st.session_state.pop(APPRAISED, None)
    try:
        with st.spinner("Reading…"):
            st.session_state[APPRAISED] = article_of(_document(pasted, chosen), date.today())
    except RagError as error:
        st.session_state[FAILED] = error


def _document(pasted: str, chosen: Upload | None) -> Document:
    """Make a document of the file that was chosen, else of the text. Raises RagError for one that cannot be read."""
    if chosen:
        document = _uploaded(chosen)
    elif pasted.strip():
        document = Document(pasted, "the text you pasted", "pasted")
    else:
        raise RagError("There is no text to appraise.", "Paste the text of an article, or choose a file.")
    if len(document.text) > LONGEST:
        count = len(document.text.split())
        raise RagError(
            f"This text has {count:,} words ({len(document.text):,} characters). An article has a few thousand.",
            "Give one article at a time.",
        )
    return document


def _uploaded(chosen: Upload) -> Document:
    """Read a chosen file as the command line does; only the ending of its name is used."""
    ending = re.sub(r"[^.\w]", "", Path(chosen.name).suffix)[:10]
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"article{ending}"
        path.write_bytes(chosen.getvalue())
        return read(path)[0]


def appraisal_html(found: Article) -> str:
    """Write what a text is, what limits it, what it does not say, and the text itself with all of it marked."""
    notice = unread(found)
    said = f'<div class="cv-box"><p>{escape(notice)}</p></div>' if notice else ""
    aside = _limits(found) + _absent(found) if found.findings else ""
    side = f'<aside class="cv-side">{aside}</aside>' if aside else ""
    text = f'<div><h3 class="cv-heading">The text</h3>{marked.text_html(found)}</div>'
    return f'<div class="cv-appraisal">{article.heading_html(found)}{said}<div class="cv-two">{side}{text}</div></div>'


def _limits(found: Article) -> str:
    """List the caveats, those that rest on words with the letter by which the text marks them."""
    letters = marked.letters(found)
    items = "".join(
        f"<li>{_letter(letters.get(n))}{escape(caveat.text())}</li>"
        for n, caveat in enumerate(found.caveats)
        if not _is_absent(caveat)
    )
    if not items:
        return ""
    return f'<div class="cv-caveats"><h3>Keep in mind</h3><ul>{items}</ul></div>'


def _absent(found: Article) -> str:
    items = "".join(f"<li>{escape(caveat.text())}</li>" for caveat in found.caveats if _is_absent(caveat))
    return f'<div class="cv-box cv-absent"><h3>What it does not say</h3><ul>{items}</ul></div>' if items else ""


def _is_absent(caveat: Caveat) -> bool:
    return caveat.kind in ABSENT and caveat.span is None


def _letter(letter: str | None) -> str:
    return f'<span class="cv-letter">{letter}</span> ' if letter else ""


with parts.guard():
    page()
