"""The check page: the verdict in words, each fault marked and numbered, what each word rests on."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from rag.ui import parts
from tests.ui.driver import NARROW, settle, shown

TEXT = (
    "Velorin slows scarring in mice\n\nIn mice, velorin may slow kidney scarring, a team at Alder College reported. "
    "After 8 weeks the scars were 30% smaller than in untreated mice. A trial in 40 people is planned."
)


@pytest.fixture
def page(app, seeded, monkeypatch) -> AppTest:
    """The check page over the sample library."""
    monkeypatch.setenv("RAG_LIBRARY", str(seeded))
    return app.switch_page("rag/ui/check.py").run()


def check(page: AppTest, claim: str, text: str | None = TEXT) -> str:
    if text is not None:
        page.selectbox(key="check_against").set_value("").run()
        page.text_area(key="check_text").set_value(text)
    page.text_area(key="check_claim").set_value(claim)
    next(button for button in page.button if button.label == "Check").click().run()
    assert not page.exception
    return shown(page)


def test_a_sentence_the_text_carries_is_told_so_with_what_it_rests_on(page):
    html = check(page, "In mice, scars were 30% smaller after 8 weeks.")
    assert "The text carries this sentence" in html
    assert "After 8 weeks the scars were 30% smaller than in untreated mice." in html
    assert "cv-fault" not in html
    assert "Left out of what the text says" in html and "untreated mice" in html


def test_each_fault_is_marked_numbered_and_said_in_words(page):
    html = check(page, "Velorin cures kidney scarring in patients.")
    assert "The text does not carry this sentence" in html
    assert re.search(r'<mark class="cv-fault">patients</mark><sup class="cv-letter">\d', html)
    assert "Surer than the text</strong>: “cures”" in html
    assert "Not what was tested" in html
    assert '<tr class="cv-nowhere"><th scope="row">cures</th>' in html


def test_plain_words_rest_on_those_of_the_text_and_the_page_says_why(page):
    html = check(page, "Velorin might slow kidney scarring in mice, a team at Alder College said.")
    assert "The text carries this sentence" in html
    assert "same meaning, by the list of plain words" in html


def test_a_meaning_of_the_glossary_stands_for_its_word(page):
    html = check(
        page, "Researchers tested a drug for low mood in mice.", "Researchers tested an antidepressant in mice."
    )
    assert "The text carries this sentence" in html
    assert "Read with the glossary: antidepressant" in html


def test_the_example_is_a_sentence_of_the_library_that_its_article_carries(page):
    page.button(key="check_example").click().run()
    assert page.text_area(key="check_claim").value
    assert "The text carries this sentence" in check(page, page.text_area(key="check_claim").value, text=None)


@pytest.mark.parametrize(
    ("claim", "text", "says"),
    [
        ("", TEXT, "no sentence to check"),
        (" \n", TEXT, "no sentence to check"),
        ("Scars were smaller.", "  ", "no text to check"),
        ("Scars were smaller. " * 200, TEXT, "characters"),
        ("Scars were smaller.", "!!!", "No sentence could be read"),
    ],
)
def test_what_cannot_be_checked_is_said_with_what_to_do(page, claim, text, says):
    html = check(page, claim, text)
    assert says in html and "What to do:" in html


def test_nothing_that_was_typed_is_live(page):
    html = check(page, "<script>alert(1)</script> slowed scarring in mice.", f"<b onclick=x()>{TEXT}</b>")
    assert "<script" not in html and "<b onclick" not in html
    assert "&lt;script&gt;" in html


@pytest.mark.browser
def test_on_a_phone_nothing_runs_out_of_the_window_and_the_table_is_reached_by_the_keyboard(reader):
    page = reader(width=NARROW).open("/check")
    page.get_by_role("button", name="Fill in an example").click()
    settle(page)
    page.get_by_role("textbox", name="Your sentence").fill("The breakthrough drug cured all patients within 12 days.")
    page.get_by_role("button", name="Check", exact=True).click()
    page.locator(".cv-check").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW
    assert page.get_by_role("region", name="Word by word").get_attribute("tabindex") == "0"
    assert page.get_by_role("columnheader", name="Rests on").is_visible()


def test_a_verdict_goes_when_another_text_is_chosen(page):
    assert "The text carries this sentence" in check(page, "In mice, scars were 30% smaller after 8 weeks.")
    page.selectbox(key="check_against").set_value(parts.chain().library.articles()[0].id).run()
    assert not page.exception and "cv-check" not in shown(page)
