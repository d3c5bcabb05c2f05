"""PDF and Word files of real and hostile articles: they open, and hold every claim, quotation and caveat."""

import re
from io import BytesIO
from zipfile import ZipFile

import docx
import pypdfium2
import pytest

from rag.export.files import exported
from rag.question import Kind, Level
from tests.leaflets import NAMES, article, article_from, side_by_side, written

SIGNS = (
    "In mice, α-tocopherol at ≥ 5 µg and ≤ 9 µg helped 12 of 20 in Zürich, “as hoped”, said Łukasz Nuñez ¿cómo?",
    "药物在小鼠中减少了 50% 的肿瘤。",
    "चूहों में दवा ने मदद की।",
)
"""Greek, comparisons, umlauts, curly quotes, Polish, Spanish; Chinese; Hindi."""


def flat(text: str) -> str:
    """A text without blanks: where lines break is the page's own affair."""
    return re.sub(r"[\s\u200b\u00ad\ufffe]+", "", text)


def pdf_text(made: bytes) -> str:
    with pypdfium2.PdfDocument(made) as document:
        return flat(" ".join(page.get_textpage().get_text_bounded() for page in document))


def word_text(made: bytes) -> str:
    document = docx.Document(BytesIO(made))
    texts = [paragraph.text for paragraph in document.paragraphs]
    texts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return flat(" ".join(texts))


READ = {"pdf": pdf_text, "docx": word_text}


def told(brief):
    """Everything that must be found in a file."""
    yield brief.title.text
    yield brief.bottom_line
    for section in brief.sections:
        yield section.heading.text
        yield from (line.text for line in section.lines)
    yield from (citation.span.text for citation in brief.citations)
    yield from (caveat.text(brief.language) for caveat in brief.to_say)
    yield from brief.notices
    yield from (about.source.title for about in brief.articles)


@pytest.mark.parametrize("form", READ)
@pytest.mark.parametrize("name", NAMES)
def test_a_file_holds_all_that_was_written(name, form):
    brief = written(article(name), Kind.EXPLAINER)
    text = READ[form](exported(brief, form))
    assert [said for said in told(brief) if flat(said) not in text] == []
    assert "notmedicaladvice" in text and "puttogetherbyaprogram" in text


@pytest.mark.parametrize("form", READ)
@pytest.mark.parametrize("kind", [Kind.SUMMARY, Kind.EXPLAINER])
def test_a_table_of_studies_is_held_too(kind, form):
    brief = side_by_side(("000", "001", "003"), kind)
    text = READ[form](exported(brief, form))
    assert [said for said in told(brief) if flat(said) not in text] == []


@pytest.mark.parametrize("form", READ)
@pytest.mark.parametrize("sign", SIGNS)
def test_signs_of_many_scripts_come_out_right(sign, form):
    about = article_from(f"In mice, zinc helped 12 of 20.\n\n{sign}", title=sign)
    text = READ[form](exported(written(about, Kind.SUMMARY), form))
    plain = sign if form == "docx" else re.sub(r"[\u0900-\u097f]+", "", sign)
    assert flat(plain) in re.sub(r"[\u0900-\u097f]+", "", text) if form == "pdf" else flat(plain) in text


@pytest.mark.parametrize("form", READ)
def test_hostile_and_very_long_texts_are_only_text(form):
    title = f"<b>#import</b> $x$ *a* #panic() {'unbroken' * 40} " + "long " * 10
    hostile = '=HYPERLINK("http://x.example")<script>alert(1)</script> #panic() $x$ *α*\x0b helped 12 mice.'
    made = exported(written(article_from(hostile, title=title), Kind.EXPLAINER), form)
    text = READ[form](made)
    assert text.count("#panic()") >= 2 and "<script>" in text and "$x$*α*" in text
    assert "unbroken" * 40 in text
    if form == "docx":
        assert not any("x.example" in part.decode("utf8") for part in rels(made))


def rels(made: bytes) -> list[bytes]:
    with ZipFile(BytesIO(made)) as archive:
        return [archive.read(name) for name in archive.namelist() if name.endswith(".rels")]


def test_a_pdf_is_made_to_be_read_aloud():
    made = exported(written(article("003"), Kind.EXPLAINER), "pdf")
    assert b"/StructTreeRoot" in made and b"/Lang" in made and b"/MarkInfo" in made
    with pypdfium2.PdfDocument(made) as document:
        assert document.get_metadata_dict()["Title"] == "Explained: Mice"
        assert len(document) <= 3
        pages = [page.get_textpage().get_text_bounded() for page in document]
    assert all(f"Page {n}/{len(pages)}" in text and "Explained: Mice" in text for n, text in enumerate(pages, 1))


def test_a_word_file_is_made_to_be_read_aloud():
    document = docx.Document(BytesIO(exported(written(article("003"), Kind.EXPLAINER), "docx")))
    styles = {paragraph.style.name for paragraph in document.paragraphs}
    assert {"Heading 1", "Heading 2", "List Bullet"} <= styles
    assert document.core_properties.title == "Explained: Mice" and document.core_properties.language == "en"
    (picture,) = document.inline_shapes
    assert picture._inline.docPr.get("descr").startswith("Results: Animals.")
    assert "PAGE" in document.sections[0].footer._element.xml
    assert picture.width > picture.height, "a picture as wide as its labels"
    assert picture.height < document.sections[0].page_height / 3


def test_the_rows_of_a_table_are_whole_and_its_last_column_holds_sentences():
    document = docx.Document(BytesIO(exported(side_by_side(("000", "003"), Kind.EXPLAINER), "docx")))
    (table,) = document.tables
    assert table.columns[-1].width > 2 * table.columns[1].width
    assert all("cantSplit" in row._tr.xml for row in table.rows[1:]) and "tblHeader" in table.rows[0]._tr.xml


def test_only_an_address_that_can_be_opened_is_a_link():
    for url, live in (("https://example.org/a?b=1&c=2", True), ("javascript:alert(1)", False)):
        brief = written(article_from("In mice, zinc helped 12 of 20.", url=url), Kind.SUMMARY)
        assert (b"example.org" in b"".join(rels(exported(brief, "docx")))) is live
        assert (b"/URI" in exported(brief, "pdf")) is live


@pytest.mark.parametrize("level", Level)
def test_a_spanish_leaflet_is_spanish_on_paper(level):
    brief = written(article("003"), Kind.EXPLAINER, level, language="es")
    text = pdf_text(exported(brief, "pdf"))
    assert flat("Preguntas para su equipo médico") in text and "Ratones" in text
    assert flat("Las citas están en inglés") in text and "Page" not in text
