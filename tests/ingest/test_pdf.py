import zlib

import pytest

from rag.errors import LoadError
from rag.ingest.clean import clean, sentences
from rag.ingest.pdf import read_pdf
from rag.settings import ROOT

FILES = ROOT / "tests/files"
WALKS = (FILES / "walks.pdf").read_bytes()
LINE = 14


def pdf(*pages: str, unpacked: int = 0) -> bytes:
    """A PDF of pages given as content streams; `unpacked` more blanks in each."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for n, content in enumerate(pages):
        packed = zlib.compress(content.encode("latin-1") + b" " * unpacked, 9)
        objects += [
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 595]/Contents {5 + 2 * n} 0 R"
            "/Resources<</Font<</F 3 0 R>>>>>>".encode(),
            f"<</Length {len(packed)}/Filter/FlateDecode>>stream\n".encode() + packed + b"\nendstream",
        ]
    body = b"%PDF-1.5\n" + b"".join(b"%d 0 obj\n%b\nendobj\n" % (n, text) for n, text in enumerate(objects, 1))
    return body + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n0\n%%%%EOF" % (len(objects) + 1)


def lines(*texts: str, x: int = 40, y: int = 520, size: int = 10) -> str:
    shown = "".join(f"({text}) Tj 0 -{LINE} Td " for text in texts)
    return f"BT /F {size} Tf {x} {y} Td {shown}ET\n"


def parts(data: bytes) -> list[tuple[str, bool]]:
    document = read_pdf("a.pdf", data)
    starts = {span.start for span in document.furniture}
    found, at = [], 0
    for text in document.text.split("\n\n"):
        found.append((text, at in starts))
        at += len(text) + 2
    return found


def test_headers_and_page_numbers_are_shown_and_not_cited():
    document = read_pdf("walks.pdf", WALKS)
    assert {span.text for span in document.furniture} == {
        "Hospital News | Issue 3",
        "Page 1 of 3",
        "Page 2 of 3",
        "Page 3 of 3",
    }
    cited = [s.span.text for s in sentences("a", clean(document), document.text)]
    assert "All wore a sensor that measured blood sugar around the clock for twelve weeks." in cited
    assert not any("Issue 3" in text or "Page" in text for text in cited)


def test_a_sentence_across_a_page_is_one_and_what_parted_it_follows():
    one = lines("Magazine of the Society, 2024", y=570, size=8) + lines(
        "In the study 40 rats were put on a plate", "and none of"
    )
    two = lines("Magazine of the Society, 2024", y=570, size=8) + lines("them fell ill. The rats were weighed.")
    assert parts(pdf(one + lines("1", y=20), two + lines("2", y=20))) == [
        ("Magazine of the Society, 2024", True),
        ("In the study 40 rats were put on a plate and none of them fell ill. The rats were weighed.", False),
        ("1", True),
        ("Magazine of the Society, 2024", True),
        ("2", True),
    ]


@pytest.mark.parametrize(
    ("texts", "joined"),
    [
        (("The drug lowered the num-", "ber of attacks in all of them"), "number of attacks"),
        (
            ("A placebo-controlled trial of a new placebo-", "controlled kind was begun there"),
            "new placebo-controlled kind",
        ),
        (("Follow the patients up. They were in follow-", "up for a year after the trial"), "follow-up for"),
        (("It was given to those aged 2-", "year olds were left out of it"), "2-year"),
    ],
)
def test_words_parted_at_the_end_of_a_line_are_mended(texts: tuple[str, ...], joined: str):
    assert joined in read_pdf("a.pdf", pdf(lines(*texts))).text


def test_columns_are_read_one_after_the_other_and_paragraphs_kept():
    left = lines(
        "The first column speaks about",
        "the trial and its patients in",
        "Ghent. It goes on in the",
        "second one, where",
    )
    right = lines("the results are told to all of", "the readers.", x=230)
    text = read_pdf("a.pdf", pdf(lines("Headline over both", y=560, size=18) + left + right)).text
    assert text == (
        "Headline over both\n\nThe first column speaks about the trial and its patients in Ghent. It goes on in the"
        " second one, where the results are told to all of the readers."
    )


def test_labels_under_one_another_stay_lines():
    labels = lines("THE DAILY NEWS", "Spring issue, March 2013", "A line that is as wide as the column is")
    assert "THE DAILY NEWS\nSpring issue, March 2013\nA line" in read_pdf("a.pdf", pdf(labels)).text


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"%PDF-1.7 and no more", "is damaged"),
        (b"no PDF at all", "is damaged"),
        (WALKS[: len(WALKS) // 2], "is damaged"),
        (b"%PDF-1.4" + bytes(range(256)) * 40, "is damaged"),
        ((FILES / "locked.pdf").read_bytes(), "locked with a password"),
        ((FILES / "scan.pdf").read_bytes(), "holds no text"),
        (pdf(lines("Page 3"), lines("Page 4")), "holds no text"),
        (pdf(*[""] * 201), "too many pages"),
        (pdf("BT /F 12 Tf ", unpacked=1_500_000_000), "broke the reader"),
    ],
    ids=["head", "text", "truncated", "binary", "locked", "scan", "numbers", "pages", "bomb"],
)
def test_what_cannot_be_read_says_why(data: bytes, message: str):
    with pytest.raises(LoadError, match=message) as caught:
        read_pdf("a.pdf", data)
    assert caught.value.hint
