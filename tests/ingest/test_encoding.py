import pytest

from rag.errors import LoadError
from rag.ingest.encoding import decode, stated

CHINESE = "研究人员发现，这种药物可以降低小鼠的血压。" * 5
JAPANESE = "研究者たちは、この薬がマウスの血圧を下げることを発見した。" * 5
ENGLISH = "Blood pressure fell in the mice that were given the drug. " * 5


@pytest.mark.parametrize(
    ("text", "encoding", "label"),
    [
        (CHINESE, "gb18030", "gb2312"),
        (CHINESE, "gb18030", None),
        (JAPANESE, "shift-jis", "Shift_JIS"),
        (JAPANESE, "shift-jis", None),
        (JAPANESE, "euc-jp", "euc-jp"),
        (CHINESE, "utf-8", None),
        (ENGLISH, "utf-16", None),
        (ENGLISH, "utf-16-le", None),
        (ENGLISH, "utf-16-be", "utf-8"),
        (ENGLISH, "utf-32", None),
        ("Dosis: 5 µg – „klein“", "cp1252", None),
        ("Dosis: 5 µg – „klein“", "cp1252", "iso-8859-1"),
        ("Dosis: 5 µg", "utf-8", "windows-1252"),
        ("Dosis: 5 µg", "utf-8", "no-such-encoding"),
    ],
)
def test_an_encoding_is_told_by_mark_label_or_bytes(text: str, encoding: str, label: str | None):
    assert decode("a.txt", text.encode(encoding), label) == text


@pytest.mark.parametrize("label", ["utf-8", None])
def test_broken_utf8_stays_readable_and_shows_where_it_is_broken(label: str | None):
    data = ("Étude à Genève, été même. " * 20).encode() + b"\xff end"
    assert decode("a.html", data, label).endswith("même. \ufffd end")


@pytest.mark.parametrize("data", [bytes(range(256)), b"abc\x00def", b"\x89PNG\r\n\x1a\n" + bytes(100)])
def test_what_is_no_text_is_refused(data: bytes):
    with pytest.raises(LoadError, match="is not text"):
        decode("a.txt", data)


@pytest.mark.parametrize(
    ("head", "label"),
    [
        (b'<meta charset="gb2312">', "gb2312"),
        (b'<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=Shift_JIS">', "Shift_JIS"),
        (b"<p>charset=none</p>", None),
    ],
)
def test_a_page_names_its_encoding_in_its_head(head: bytes, label: str | None):
    assert stated(b"<html><head>" + head) == label
