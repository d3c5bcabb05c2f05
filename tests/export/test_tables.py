"""A table of a Brief in every format: its cells stay in their rows, and what is dropped leaves a cell that says so."""

import pytest

from rag.brief import Brief, Outcome, Section
from rag.claim import Citation, Claim, Draft, Note, Verdict
from rag.domain import Article, Sentence, Source, Span
from rag.export.contract import brief_json
from rag.export.markdown import markdown
from rag.export.page import page
from rag.export.plaintext import plain_text
from rag.question import Evidence, Kind, Question, Sufficiency
from rag.writing import Log, written

TEXT = "The pill | slowed tumors in mice."
SPAN = Span(0, len(TEXT), TEXT)
ARTICLE = Article("a", Source("A pill", "pill.txt"), TEXT, sentences=(Sentence("a", 0, 0, 0, SPAN),))
CITED = (Citation("a", SPAN),)
HEADING = Note("heading_compared")
ROW = (Note("heading_article", {"title": "A pill"}), Note("says"), Note("says"))


@pytest.fixture
def brief() -> Brief:
    section = Section(HEADING, (*ROW, Claim("The pill slowed tumors in mice.", CITED, Verdict(True, 1.0))))
    return Brief(Kind.ANSWER, Outcome.WRITTEN, HEADING, (Note("says"),), (section,), (ARTICLE,))


def test_the_json_names_the_columns(brief):
    section = brief_json(brief)["sections"][0]
    assert section["columns"] == ["Article", "Tested in", "How many people", "What it saw"]
    assert len(section["lines"]) == 4


def test_plain_text_reads_a_row_as_a_line(brief):
    assert "\n- Article: “A pill” · Tested in: " in plain_text(brief)
    assert "What it saw: The pill slowed tumors in mice. [1]" in plain_text(brief)


def test_markdown_keeps_a_row_whole_and_shows_the_exact_words_below(brief):
    lines = markdown(brief).splitlines()
    assert "| Article | Tested in | How many people | What it saw |" in lines
    row = next(line for line in lines if line.startswith("| “A pill”"))
    assert row.count(" | ") == 3
    assert any(line.startswith(">") and "pill \\| slowed" in line for line in lines)


def test_a_page_has_a_real_table(brief):
    shown = page(brief)
    assert shown.count('<th scope="col">') == 4 and shown.count("<td ") == 4
    assert "<blockquote>“The pill | slowed tumors in mice.”</blockquote>" in shown


class Liar:
    """Writes one row whose claim its source does not carry, then one that stands."""

    name = "liar"

    def write(self, evidence):
        for text in ("The pill cures people.", TEXT):
            yield from ((HEADING, cell) for cell in (*ROW, Draft(text, CITED)))

    def repair(self, draft, problems, evidence):
        return None


def test_a_dropped_claim_leaves_a_cell_that_says_so():
    question = Question("?", "?", "en", frozenset(), None, frozenset(), (), ())
    log = Log("liar")
    for heading, line in written(Liar(), Evidence(question, Sufficiency.ENOUGH, (ARTICLE,)), log):
        log.put(heading, line)
    (section,) = log.sections
    assert [len(row) for row in section.rows] == [4, 4]
    assert section.rows[0][-1] == Note("cell_dropped") and len(log.dropped) == 1
