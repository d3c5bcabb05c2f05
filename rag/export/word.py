"""A Brief as a Word file (DOCX) with real headings, lists, tables and links, to be read aloud and edited."""

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from rag.brief import Brief
from rag.export.pdf import ladder_picture
from rag.export.sheet import Block, Line, Reference, Sheet, sheet

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.text.paragraph import Paragraph

PAPER, SIDE = (21.0, 29.7), 2.2
"""Centimetres of a sheet of A4, and of its margins."""
SHARES = {"first": 1.5, "last": 2.6}
"""How wide the first and the last column of a table are, beside the others: the last holds whole sentences."""
LANGUAGES = {"en": "en-US", "es": "es-ES"}
CJK = "SimSun"
"""The font named for Chinese signs; where it is not installed, Word takes its own."""


def word(brief: Brief) -> bytes:
    """Return the whole file."""
    import docx

    laid, document = sheet(brief), docx.Document()
    _styled(document, laid)
    document.add_heading(laid.title, 1)
    if laid.about:
        document.add_paragraph(laid.about)
    document.add_paragraph().add_run(laid.lead).bold = True
    if laid.standing:
        document.add_paragraph(laid.standing)
    picture = ladder_picture(brief)
    for block in laid.blocks:
        _block(document, block, laid)
        if block.id == "heading_sure":
            _ladder(document, laid, picture)
    if not any(block.id == "heading_sure" for block in laid.blocks):
        _ladder(document, laid, picture)
    if laid.references:
        document.add_heading(laid.word("heading_sources"), 2)
        for reference in laid.references:
            _reference(document, reference)
    for line in laid.foot:
        document.add_paragraph().add_run(line).italic = True
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _styled(document: "Document", laid: Sheet) -> None:
    """Set the title, the language, the fonts and the foot with the title and the page."""
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    section = document.sections[0]
    section.page_width, section.page_height = map(Cm, PAPER)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(SIDE)
    core = document.core_properties
    core.title, core.language, core.author, core.comments = laid.title[:255], laid.language, "Caveat", ""
    for name in ("Normal", "Heading 1", "Heading 2"):
        font = document.styles[name].font
        font.name, font.color.rgb = "Georgia", RGBColor(0, 0, 0)
        kinds = document.styles[name].element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme"):
            kinds.attrib.pop(qn(f"w:{kind}"), None)
        kinds.set(qn("w:hAnsi"), "Georgia")
        kinds.set(qn("w:eastAsia"), CJK)
    document.styles["Normal"].font.size = Pt(11)
    quote = document.styles["Quote"]
    quote.font.size, quote.paragraph_format.left_indent = Pt(10), Cm(1.3)
    properties = document.styles["Normal"].element.get_or_add_rPr()
    properties.append(_element("w:lang", {"w:val": LANGUAGES.get(laid.language, laid.language)}))
    foot = document.sections[0].footer.paragraphs[0]
    foot.add_run(f"{laid.short} · {laid.word('page_of')} ")
    foot._p.append(_element("w:fldSimple", {"w:instr": "PAGE"}))


def _block(document: "Document", block: Block, laid: Sheet) -> None:
    document.add_heading(block.heading, 2)
    if block.columns:
        _table(document, block)
        if block.quoted:
            document.add_paragraph().add_run(laid.word("heading_exact")).bold = True
        _quotes(document, block.quoted, numbered=True)
        return
    for line in block.lines:
        said = document.add_paragraph(style="List Bullet")
        said.paragraph_format.keep_with_next = bool(line.quotes)
        _said(said, line)
        _quotes(document, (line,))


def _table(document: "Document", block: Block) -> None:
    """Draw a table whose head is repeated on each page and whose rows are not torn apart."""
    from docx.shared import Cm, Pt

    table = document.add_table(rows=0, cols=len(block.columns), style="Table Grid")
    table.autofit = False
    shares = [SHARES["first"], *[1.0] * (len(block.columns) - 2), SHARES["last"]]
    widths = [Cm((PAPER[0] - 2 * SIDE) * share / sum(shares)) for share in shares]
    head = tuple(Line(column) for column in block.columns)
    for n, row in enumerate((head, *block.rows)):
        drawn = table.add_row()
        drawn._tr.get_or_add_trPr().append(_element("w:cantSplit" if n else "w:tblHeader", {}))
        for cell, line, width in zip(drawn.cells, row, widths, strict=True):
            cell.width = width
            _said(cell.paragraphs[0], line)
            for run in cell.paragraphs[0].runs:
                run.font.size, run.bold = Pt(9.5), n == 0
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width


def _said(paragraph: "Paragraph", line: Line) -> None:
    paragraph.add_run(line.text)
    if line.cites:
        paragraph.add_run(line.cited).font.superscript = True


def _quotes(document: "Document", lines: Sequence[Line], numbered: bool = False) -> None:
    for line in lines:
        for quote in line.quotes:
            document.add_paragraph(f"{line.cited} “{quote}”" if numbered else f"“{quote}”", style="Quote")


def _ladder(document: "Document", laid: Sheet, picture: bytes) -> None:
    """Draw the ladder, with its text alternative in the picture and below it."""
    from docx.shared import Cm

    if not laid.ladder:
        return
    document.add_heading(laid.word("heading_stands"), 2)
    if picture:
        shape = document.add_picture(BytesIO(picture), width=Cm(10))
        document.paragraphs[-1].paragraph_format.keep_with_next = True
        shape._inline.docPr.set("descr", laid.ladder)
    document.add_paragraph(laid.ladder)


def _reference(document: "Document", reference: Reference) -> None:
    """List a source; its address is a link."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    paragraph = document.add_paragraph(f"{reference.text} ", style="List Number")
    if reference.url:
        place = paragraph.part.relate_to(reference.url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        run = paragraph.add_run(reference.url)
        run.font.underline = True
        link = _element("w:hyperlink", {"r:id": place})
        link.append(run._r)
        paragraph._p.append(link)


def _element(tag: str, attributes: dict[str, str]) -> "BaseOxmlElement":
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(name), value)
    return made
