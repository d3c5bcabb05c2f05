import io
import zipfile

import pytest

from rag.errors import LoadError
from rag.ingest.clean import clean
from rag.ingest.describe import describe
from rag.ingest.word import read_word
from rag.settings import ROOT

WALKS = (ROOT / "tests/files/walks.docx").read_bytes()
SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SYSTEM = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
LAUGHS = "<!DOCTYPE w [" + "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(1, 9)) + "]>"


def docx(body: str, before: str = "", member: str = "word/document.xml") -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(member, f'{before}<w:document xmlns:w="{SPACE}"><w:body>{body}</w:body></w:document>')
    return packed.getvalue()


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(text: str, settings: str = "") -> str:
    return f"<w:p><w:pPr>{settings}</w:pPr>{run(text)}</w:p>"


def test_tracked_changes_and_content_controls_are_read_as_word_shows_them():
    text = read_word("walks.docx", WALKS).text
    assert "9 percent lower" in text and "90 percent" not in text
    assert "The team enrolled 126 adults" in text
    assert "After meals | 63" in text


def test_neither_properties_nor_a_header_date_the_article():
    document = read_word("walks.docx", WALKS)
    layout = clean(document)
    assert [span.text for span in document.furniture] == ["Hospital News | Printed 5 June 2025"]
    source = describe(document, layout)
    assert source.date == "2024-03-12"
    assert source.title == "Ten-minute walks after meals lower evening blood sugar in small trial"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (paragraph("One.") + paragraph("") + paragraph("Two."), "One.\n\nTwo."),
        (f"<w:p>{run('A')}<w:r><w:tab/><w:t>b</w:t><w:br/><w:noBreakHyphen/></w:r>{run('c')}</w:p>", "A b\n-c"),
        (
            paragraph("Nausea", "<w:numPr/>") + paragraph("Cough", '<w:pStyle w:val="ListBullet"/>'),
            "- Nausea\n\n- Cough",
        ),
        (paragraph("Results", '<w:pStyle w:val="Heading2"/><w:numPr/>'), "Results"),
        (f"<w:p><w:ins>{run('in')}</w:ins><w:del><w:r><w:delText>out</w:delText></w:r></w:del></w:p>", "in"),
        (f"<w:p><w:moveFrom>{run('old')}</w:moveFrom><w:moveTo>{run('new')}</w:moveTo></w:p>", "new"),
        (f"<w:p><w:hyperlink>{run('linked')}</w:hyperlink></w:p>", "linked"),
        (f"<w:p><w:r><w:txbxContent>{paragraph('Box')}</w:txbxContent></w:r>{run('Outside')}</w:p>", "Box\n\nOutside"),
        (f"<w:tbl><w:tr><w:tc>{paragraph('One.')}{paragraph('Two.')}</w:tc></w:tr></w:tbl>", "One.\n\nTwo."),
    ],
    ids=["paragraphs", "characters", "lists", "heading", "changed", "moved", "link", "box", "layout table"],
)
def test_text_is_read_wherever_word_keeps_it(body: str, text: str):
    assert read_word("a.docx", docx(body)).text == text


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (docx(" " * 30_000_000), "unpacks to too much"),
        (docx(paragraph("&e9;"), LAUGHS), "is damaged"),
        (docx("<w:p>" * 100_000), "is damaged"),
        (docx(paragraph("One."), member="notes.xml"), "is damaged"),
        (WALKS[: len(WALKS) // 2], "is damaged"),
        (b"PK\x03\x04" + bytes(200), "is damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "locked with a password, or was written by an old Word"),
        (docx(paragraph("")), "holds no text"),
        (docx(paragraph("&x;"), SYSTEM), "holds no text"),
    ],
    ids=["bomb", "laughs", "deep", "other", "truncated", "zip", "old", "empty", "entity"],
)
def test_what_cannot_be_read_says_why(data: bytes, message: str):
    with pytest.raises(LoadError, match=message) as caught:
        read_word("a.docx", data)
    assert caught.value.hint


def test_the_names_of_members_lead_nowhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    packed = io.BytesIO(docx(paragraph("One line.")))
    with zipfile.ZipFile(packed, "a") as package:
        for name in ("../../escaped.xml", "/tmp/escaped.xml", "word/../../header1.xml", "C:\\escaped.xml"):
            package.writestr(name, "<w/>")
    assert read_word("a.docx", packed.getvalue()).text == "One line."
    assert list(tmp_path.rglob("*")) == []
