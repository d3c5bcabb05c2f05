"""Leaflets of what nobody hoped for: no finding, no topic, one line, a book, a title without end, markup, formulas."""

import time
from collections.abc import Iterator

import pytest

from rag.brief import Outcome
from rag.chain import Chain
from rag.errors import RagError
from rag.export.page import page as html
from rag.export.plaintext import plain_text
from rag.export.table import table
from rag.intake import take_in
from rag.question import Kind, Level, Request
from rag.settings import ROOT, Settings
from rag.store.library import open_library
from rag.writers.extractive import Extractive
from tests.leaflets import article_from, written

KINDS = (Kind.SUMMARY, Kind.EXPLAINER)
ADVICE = "This is general information, not medical advice"


@pytest.fixture(scope="module")
def chain(tmp_path_factory, embedder) -> Iterator[Chain]:
    with open_library(Settings(library=tmp_path_factory.mktemp("leaflet") / "library"), embedder) as library:
        take_in(library, [str(ROOT / "seeds")])
        yield Chain(library, embedder.embed_documents, Extractive())


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("kind", KINDS)
def test_an_article_with_no_finding_says_so_and_what_it_is(kind, level):
    text = "A new wing\n\nThe hospital opened a new wing on Monday. The mayor thanked the staff. It has 40 beds."
    brief = written(article_from(text), kind, level)
    assert brief.bottom_line == "The article reports no test results on this."
    assert "What was found" not in plain_text(brief) and ADVICE in plain_text(brief)
    assert any("new wing" in claim.text for claim in brief.claims)


@pytest.mark.parametrize("kind", KINDS)
def test_one_line_is_a_leaflet(kind):
    brief = written(article_from("The drug made tumors shrink in 12 mice, the team reported."), kind, Level.SIMPLE)
    assert brief.outcome is Outcome.WRITTEN and len(brief.claims) == 1
    assert "not in people" in brief.bottom_line and ADVICE in plain_text(brief)


@pytest.mark.parametrize("topic", ["", "   ", "???"])
@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_topic_is_refused_with_what_to_type(chain, kind, topic):
    with pytest.raises(RagError, match="no question") as refused:
        chain.invoke(Request(topic, kind))
    assert "Type" in refused.value.hint


@pytest.mark.parametrize("kind", KINDS)
def test_a_topic_the_library_lacks_is_not_found_and_cites_nothing(chain, kind):
    brief = chain.invoke(Request("restless legs in airline pilots", kind))
    assert brief.outcome is Outcome.NOT_FOUND and not brief.articles and not brief.claims


@pytest.mark.timeout(90)
@pytest.mark.parametrize("kind", KINDS)
def test_thirty_thousand_words_take_seconds_and_give_a_page(kind):
    filler = "In week {} the nurses weighed the 40 mice again and wrote the numbers down in a book. "
    body = "".join(filler.format(n) for n in range(1_800))
    began = time.process_time()
    about = article_from(f"Zinc and sleep\n\nIn 40 mice, zinc made sleep 12% longer.\n\n{body}")
    brief = written(about, kind)
    assert time.process_time() - began < 30
    assert len(about.text.split()) >= 30_000 and len(plain_text(brief).split()) < 700
    assert any("12%" in claim.text for claim in brief.claims)


@pytest.mark.parametrize("kind", KINDS)
def test_a_title_of_four_hundred_characters_is_cut_where_it_stands_in_a_sentence(kind):
    title = " ".join(["Zinc"] * 80)
    brief = written(article_from("In mice, zinc made sleep 12% longer.", title=title), kind, topic="zinc and sleep")
    ours = [line.text for section in brief.sections for line in section.lines]
    assert len(title) >= 399 and all(len(text) < 300 for text in (*ours, brief.title.text, brief.bottom_line))


HOSTILE = """<script>alert(1)</script> & $$x^2$$ in mice

In 12 mice, <b onmouseover="alert(2)">zinc</b> made sleep 12% longer.

=HYPERLINK("http://evil.example","Click") cut deaths in 40 mice by 30%.
"""


@pytest.mark.parametrize("kind", KINDS)
def test_markup_and_formulas_are_shown_and_never_run(kind):
    brief = written(article_from(HOSTILE, title="<script>alert(1)</script> =1+1"), kind, Level.DETAILED)
    page, cells = html(brief), table(brief)
    assert "<script>alert" not in page and "<b onmouseover" not in page
    assert brief.claims
    assert not [line for line in cells.splitlines() if line.lstrip('"').startswith(("=", "+", "@"))]
    assert ',"=' not in cells and ",=" not in cells
