"""The appraise page: what a text reports, each finding and caveat marked in place, nothing of it live."""

import json
import re
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from rag.domain import Article, Caveat, Finding, Role, Source, Span, Stage
from rag.evaluate import gold
from rag.settings import ROOT
from rag.ui import appraisal, marked
from tests.ui.driver import PATIENCE, settle, shown
from tests.ui.states import give

SEED = next((ROOT / "seeds").glob("003*.txt")).read_bytes().decode("utf8")
HOSTILE = (
    "<script>alert(1)</script> ![x](http://x.example/a.png) <b onmouseover=x()>helped</b> 40 mice, a study showed."
)
SPANISH = (
    "Un fármaco reduce el dolor\n\nLos investigadores dieron el fármaco a 40 pacientes. El dolor bajó un 20 por "
    "ciento en comparación con el placebo, según el estudio que se publicó el lunes."
)
RECIPE = "Lentil soup\n\nRinse the lentils. Fry the onion in oil. Simmer for 20 minutes and season to taste."
LINKS = "Home\nAbout us\nContact\nhttps://example.org/a\nhttps://example.org/b\n"
CODE = "import math\n\n\ndef mean(values):\n    return sum(values) / len(values)\n"


@pytest.fixture
def page(tmp_path, monkeypatch) -> AppTest:
    """The page; there is no library, and it needs none."""
    monkeypatch.setenv("RAG_LIBRARY", str(tmp_path / "library"))
    app = AppTest.from_file(str(ROOT / "rag/ui/appraise.py"), default_timeout=PATIENCE)
    yield app.run()
    assert not (tmp_path / "library").exists()


def appraise(page: AppTest, text: str) -> str:
    page.text_area("appraise-text").set_value(text)
    page.button("appraise-read-paste").click().run()
    assert not page.exception
    return shown(page)


def test_a_text_is_shown_with_all_that_was_read_out_of_it(page):
    html = appraise(page, SEED)
    (article,) = page.session_state["appraised"]
    assert "6 April 2010" in html and "Animals, mice" in html
    for n, finding in enumerate(article.findings, 1):
        assert f'href="#finding-{n}">{marked.label(finding, n)}</a>' in html
        assert f'<li id="finding-{n}"' in html and f'href="#mark-finding-{n}"' in html
    said = unescape(html)
    assert all(caveat.text() in said for caveat in article.caveats)
    assert html.index("What it does not say") < html.index("nothing about side effects")
    assert html.count('class="cv-removed"') == len(article.removed) + 1 > 1  # the legend shows what it looks like


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "nothing to read"),
        ("  \n\t", "nothing to read"),
        (RECIPE, "No test and no study result"),
        (LINKS, "no sentence to read"),
        (CODE, "no sentence to read"),
        (SPANISH, "in English only"),
        ("The mice slept longer. " * 75_000, "300,000 words"),
        ("mice " * 70_000, "No test and no study result"),
        ("\u200bZinc\u2060 is a \u200dmetal, and so is tin. " * 50, "No test and no study result"),
    ],
    ids=["nothing", "blanks", "recipe", "links", "code", "spanish", "too long", "one line", "invisible"],
)
@pytest.mark.timeout(60)
def test_what_holds_no_finding_gets_a_clear_word(page, text, says):
    html = appraise(page, text)
    assert says in html
    assert "Keep in mind" not in html and "Kind of evidence" not in html


def test_a_mistake_gives_way_to_the_next_appraisal(page):
    appraise(page, "")
    html = appraise(page, SEED)
    assert "nothing to read" not in html and "Keep in mind" in html
    assert "cv-marked" not in appraise(page, "")


def test_every_character_is_shown_once_and_none_is_live(page):
    html = appraise(page, f"A new oil\n\n{HOSTILE}")
    assert "<script>" not in html and "<b " not in html and "<img" not in html
    assert HOSTILE in unescape(html)


TEXT = "Menu\nLog in\nIt slept longer in 40 mice, a first. A trial is planned."


def span(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words), words)


def article() -> Article:
    whole, coming = span("It slept longer in 40 mice, a first."), span("A trial is planned.")
    return Article(
        "a",
        Source("A title", "a.txt"),
        TEXT,
        removed=(span("Menu"), span("Log in")),
        findings=(
            Finding("a", Stage.ANIMAL, Role.RESULT, whole, setting="mice"),
            Finding("a", Stage.TRIAL_UNSPECIFIED, Role.PLANNED, coming, study=1),
        ),
        caveats=(
            Caveat("harms_missing", "a"),
            Caveat("not_in_humans", "a", whole),
            Caveat("hype", "a", span("a first"), {"word": "a first"}),
            Caveat("trial_planned", "a", span("first. A trial is")),
        ),
        stage=Stage.ANIMAL,
    )


def test_marks_that_overlap_are_cut_and_each_keeps_its_words():
    html = marked.text_html(article())
    assert marked.letters(article()) == {1: "a", 2: "b", 3: "c"}
    assert (
        '<mark class="cv-result"><span class="cv-words">a </span></mark>'
        '<mark class="cv-result"><span class="cv-words">first</span></mark>'
        '<sup class="cv-letter"><a aria-label="Limit b" id="mark-limit-b" href="#limit-b">b</a></sup>'
    ) in html
    assert '<span class="cv-words"> </span>' in html  # between the findings, still words of the last caveat
    assert '<mark class="cv-other"> planned.</mark>' in html


def test_two_texts_on_one_page_have_places_of_their_own():
    one, other = (set(re.findall(r' id="([^"]+)"', appraisal.body_html(article(), prefix))) for prefix in ("a-", "b-"))
    assert one and not one & other


def test_each_link_leads_to_a_place_that_is_there():
    html = appraisal.html(article())
    assert set(re.findall(r'href="#([^"]+)"', html)) == set(re.findall(r' id="([^"]+)"', html))


def test_what_was_left_out_is_named_once_a_run():
    html = marked.text_html(article())
    assert html.count("left out") == 1
    assert html.count('class="cv-removed"') == 2


@pytest.mark.browser
@pytest.mark.parametrize("name", ["p01.txt", "p02.html", "p07.pdf", "p08.docx"])
def test_a_chosen_file_is_appraised_in_place(reader, name):
    page = reader(width=390).open("/appraise")
    give(page, gold.GOLD / "articles" / name, verb="Appraise")
    page.locator(".cv-marked mark").first.wait_for()
    settle(page)
    title = json.loads((gold.GOLD / "articles" / name).with_suffix(".json").read_text("utf8"))["title"]
    assert page.locator(".cv-title").inner_text() == title
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    side, text = page.locator(".cv-side").bounding_box(), page.locator(".cv-marked").bounding_box()
    assert side["y"] < text["y"]
