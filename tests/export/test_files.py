"""Exports of real and hostile articles: everything is in them, and nothing of an article's is live."""

import csv
import io
import re
from html import unescape
from html.parser import HTMLParser

import pytest

from rag.export.files import FORMATS, exported, file_name
from rag.export.ladder import alternative, ladder
from rag.export.markdown import literal
from rag.export.table import harmless
from rag.question import Kind, Level
from tests.leaflets import NAMES, article, article_from, written

HOSTILE = (
    '=HYPERLINK("http://x.example")<script>alert(1)</script> *α-tocopherol* at ≥ 5 µg helped 12 mice in Zürich [a](b).'
)
VOID = {"meta", "br", "line", "circle"}


class Tags(HTMLParser):
    """What tags a page has, and whether each that begins also ends."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def parsed(html: str) -> Tags:
    tags = Tags()
    tags.feed(html)
    assert tags.open == []
    return tags


def as_text(brief, form: str) -> str:
    return exported(brief, form).decode("utf-8-sig")


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_whole_and_holds_all_that_was_written(name):
    brief = written(article(name), Kind.EXPLAINER)
    html = as_text(brief, "html")
    tags = parsed(html)
    text = flat(unescape(re.sub(r"<[^>]+>", " ", html)))
    for claim in brief.claims:
        assert claim.text in text
        assert all(flat(citation.span.text) in text for citation in claim.citations)
    for line in (line for section in brief.sections for line in section.lines):
        assert line.text in text
    assert not {tag for tag, _ in tags.seen} & {"script", "img", "iframe", "link", "object", "form"}
    assert [a["href"] for tag, a in tags.seen if tag == "a" and "href" in a] == []
    assert "url(" not in html and "@import" not in html


@pytest.mark.parametrize("name", NAMES)
def test_the_table_has_a_row_for_each_quote_at_its_place(name):
    about = article(name)
    brief = written(about, Kind.EXPLAINER)
    rows = list(csv.DictReader(io.StringIO(as_text(brief, "csv"))))
    claims = [row for row in rows if row["kind"] == "claim"]
    assert len(claims) == len(brief.citations) > 0
    for row in claims:
        assert about.text[int(row["start"]) : int(row["end"])] == row["quote"].removeprefix("'")
    assert len(rows) - len(claims) == len(brief.caveats)


def test_a_spreadsheet_takes_the_table_for_utf_8():
    made = exported(written(article_from("In mice, α-zinc helped 12 of 20 in Zürich."), Kind.SUMMARY), "csv")
    assert made.startswith(b"\xef\xbb\xbfkind,") and "α-zinc" in made.decode("utf-8-sig")


@pytest.mark.parametrize("name", NAMES)
def test_markdown_holds_the_claims_and_the_source(name):
    brief = written(article(name), Kind.SUMMARY)
    text = as_text(brief, "md")
    assert text.startswith("# In short: ") and "## Sources" in text
    assert all(literal(claim.text) in text for claim in brief.claims)


@pytest.fixture
def hostile():
    about = article_from(HOSTILE, title="<b>Oil</b> & “tea”", url="javascript:alert(1)")
    return written(about, Kind.EXPLAINER)


def test_nothing_of_a_hostile_article_is_live(hostile):
    assert any("script" in claim.text for claim in hostile.claims)
    html = as_text(hostile, "html")
    assert "<script" not in html and "<b>" not in html and "javascript:" not in html
    assert "α-tocopherol" in html and "≥ 5 µg" in html and "Zürich" in html
    markdown = as_text(hostile, "md")
    assert "<script" not in markdown.replace("\\<", "") and "[a](b)" not in markdown
    rows = list(csv.reader(io.StringIO(as_text(hostile, "csv"))))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
    assert any(cell.startswith("'=HYPERLINK") for row in rows for cell in row)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1", " =1", "\r=1", "\n=1"])
def test_a_cell_is_never_a_formula(cell):
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "5 mice", "a = b", "“=1”"])
def test_a_plain_cell_stays_as_it_is(cell):
    assert harmless(cell) == cell


def test_an_address_is_a_link_only_where_it_can_be_opened():
    about = article_from("In mice, zinc helped 12 of 20.", url="https://example.org/a?b=1&c=2")
    brief = written(about, Kind.SUMMARY)
    assert 'href="https://example.org/a?b=1&amp;c=2"' in as_text(brief, "html")
    assert "<https://example.org/a?b=1&c=2>" in as_text(brief, "md")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("003", "Results: Animals. That is rung 2 of 11, counted from below."),
        ("000", "rungs 2 and 3 of 11"),
        ("p11", "No result stands on the ladder."),
    ],
)
def test_the_ladder_says_in_words_what_it_shows(name, said):
    assert said in alternative([article(name)])


def test_the_ladder_tells_results_from_plans_without_color():
    drawn = ladder([article("000")])
    parsed(drawn)
    assert 'role="img"' in drawn and "<desc>Results: Animals" in drawn
    assert drawn.count("results here") == 2 and "no results yet" in drawn
    assert set(re.findall(r'(?:fill|stroke)="([^"]+)"', drawn)) <= {"currentColor", "none"}
    assert ladder([article("p11")]) == ""


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_is_named_for_what_it_is(form):
    about = article_from("In mice, zinc helped 12 of 20.")
    assert file_name(written(about, Kind.SUMMARY), form) == f"summary-a.{form}"


@pytest.mark.parametrize("name", NAMES)
def test_a_word_is_explained_once(name):
    brief = written(article(name), Kind.EXPLAINER, Level.SIMPLE)
    shown = flat(unescape(as_text(brief, "html")))
    assert [shown.count(plain) for _, plain in brief.glossary] == [1] * len(brief.glossary)
