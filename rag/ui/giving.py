"""What a reader gives to be read: files, a web address, or pasted text; each becomes articles, or a word on why not."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Protocol

import streamlit as st

from rag.domain import Document
from rag.errors import LoadError, RagError
from rag.ingest.read import Rejected, fetched, read_all

if TYPE_CHECKING:
    from rag.ingest.fetch import Fetcher

FORMATS = ["txt", "md", "html", "htm", "pdf", "docx", "jsonl"]
LARGEST = 20
"""Megabytes of a file, as for the command line."""
LONGEST = 400_000
"""Characters of a text: about 65,000 words, a book. A news article has 10,000."""
WAYS = ("Files", "Web address", "Pasted text")
PASTED = "the text you pasted"
NOTHING = RagError(
    "There is nothing to read yet.", "Choose a file, give a web address, or paste the text of an article."
)


class Upload(Protocol):
    """A file that was chosen."""

    name: str

    def getvalue(self) -> bytes:
        """Return what is in it."""


@dataclass(frozen=True, slots=True)
class Given:
    """What was read of it, and what could not be."""

    documents: tuple[Document, ...] = ()
    rejected: tuple[Rejected, ...] = ()


def form(key: str, verb: str) -> Given | None:
    """Draw the three ways to give something, and read it once the reader asks. Raises RagError where nothing came."""
    by_file, by_address, by_paste = st.tabs(WAYS)
    with by_file, st.form(f"{key}-files", border=False):
        chosen = st.file_uploader(
            "Choose files", FORMATS, accept_multiple_files=True, max_upload_size=LARGEST, key=f"{key}-chosen"
        )
        if st.form_submit_button(verb, type="primary", key=f"{key}-read-files"):
            with st.spinner("Reading…"):
                return from_files(chosen)
    with by_address, st.form(f"{key}-address", border=False):
        address = st.text_input("Address of the article", placeholder="https://…", key=f"{key}-url")
        st.html('<p class="cv-notice">This app then asks that website for the page, and for nothing else.</p>')
        if st.form_submit_button(verb, type="primary", key=f"{key}-read-address"):
            with st.spinner("Fetching the page. This takes 20 seconds at most…"):
                return from_address(address)
    with by_paste, st.form(f"{key}-paste", border=False):
        pasted = st.text_area(
            "Text of the article", height=180, placeholder="Paste the headline and the whole text.", key=f"{key}-text"
        )
        if st.form_submit_button(verb, type="primary", key=f"{key}-read-paste"):
            with st.spinner("Reading…"):
                return from_paste(pasted)
    return None


def from_files(chosen: Iterable[Upload]) -> Given:
    """Read chosen files as the command line does. Raises RagError where none was chosen."""
    uploads = list(chosen)
    if not uploads:
        raise NOTHING
    with TemporaryDirectory() as folder:
        names = {}
        for n, upload in enumerate(uploads):
            path = Path(folder, str(n), _file_name(upload.name))
            path.parent.mkdir()
            path.write_bytes(upload.getvalue())
            names[str(path)] = upload.name
        documents, rejected = read_all(names)
    kept = [document for document in documents if len(document.text) <= LONGEST]
    refused = [Rejected(_named(r.source, names), r.message, r.hint) for r in rejected]
    refused += [_too_long(document) for document in documents if len(document.text) > LONGEST]
    return Given(tuple(kept), tuple(refused))


def from_address(address: str, fetcher: "Fetcher | None" = None) -> Given:
    """Fetch the article at an address. Raises RagError where there is no address."""
    wanted = address.strip()
    if not wanted:
        raise NOTHING
    whole = wanted if "://" in wanted else f"https://{wanted}"
    try:
        return Given((fetched(whole, fetcher),))
    except LoadError as error:
        return Given(rejected=(Rejected(wanted, error.message, error.hint),))


def from_paste(pasted: str) -> Given:
    """Read a pasted text as one article. Raises RagError where there is none."""
    if not pasted.strip():
        raise NOTHING
    document = Document(pasted, PASTED, f"pasted-{sha256(pasted.encode('utf8', 'replace')).hexdigest()[:8]}")
    return Given(rejected=(_too_long(document),)) if len(pasted) > LONGEST else Given((document,))


def _file_name(name: str) -> str:
    """The name of a chosen file without what could lead out of a folder."""
    plain = re.sub(r"[^\w.() -]+", "-", Path(name.replace("\\", "/")).name)
    stem, ending = Path(plain).stem.lstrip(".")[:100], Path(plain).suffix[:10]
    return f"{stem or 'article'}{ending}"


def _named(source: str, names: dict[str, str]) -> str:
    """Name a source by what the reader called it, with the line where it is one of a collection."""
    path, line, number = source.partition(", line ")
    return f"{names.get(path, Path(path).name)}{line}{number}"


def _too_long(document: Document) -> Rejected:
    count = len(document.text.split())
    message = f"This text has {count:,} words ({len(document.text):,} characters). An article has a few thousand."
    return Rejected(document.origin, message, "Give one article at a time.")
