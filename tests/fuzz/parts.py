"""What is fuzzed: everything that meets text or bytes from outside, each behind one name."""

from datetime import date

from rag.chain import LONGEST
from rag.domain import Document
from rag.errors import RagError
from rag.export.contract import appraisal_json
from rag.export.markdown import literal
from rag.export.table import harmless
from rag.ingest import read as reader
from rag.ingest.clean import clean, sentences
from rag.intake import article_of
from rag.plain.glossary import terms
from rag.plain.readability import grade
from rag.retrieve import reading
from rag.safety.gates import screen
from rag.text.language import language
from rag.text.sentences import split
from rag.verify import verify_claim

TODAY = date(2026, 1, 1)
FORMATS = (".txt", ".md", ".html", ".pdf", ".docx", ".jsonl")


def read_file(folder, data, suffix):
    """Read bytes as a file; what a reader can mend is said, and is no fault."""
    path = folder / f"file{suffix}"
    path.write_bytes(data)
    try:
        return reader.read(path)
    except RagError as error:
        assert error.message and error.hint
        return ()


def appraised(text):
    """Read a text as an article. Every offset points at the words it stands for."""
    if not text.strip():
        return None
    article = article_of(Document(text, "text", "text.txt"), TODAY)
    for part in (*article.sentences, *article.findings):
        assert text[part.span.start : part.span.end] == part.span.text
    return appraisal_json(article, with_text=True)


def cleaned(text):
    """Lay a text out and number its sentences."""
    if not text.strip():
        return ()
    layout = clean(Document(text, "text", "text.txt"))
    for span in (*layout.removed, *layout.headings):
        assert text[span.start : span.end] == span.text
    return sentences("text", layout, text)


def asked(text):
    """Read a text as a question, with itself as the one before. The chain takes none that is longer."""
    text = text[:LONGEST]
    screened = screen(text, (text,))
    return reading.read(screened.question, (text,))


def said(text):
    """Put a text into exports and measures."""
    cell = harmless(text)
    assert not cell.lstrip().startswith(("=", "+", "-", "@")), cell
    return literal(text), terms(text), grade(text), language(text), split(text)


def checked(text):
    """Hold a text against itself."""
    return verify_claim(text[:500], text) if text.strip() else None


TEXT = {
    "cleaner": cleaned,
    "appraiser": appraised,
    "question": asked,
    "check": checked,
    "exports": said,
}
