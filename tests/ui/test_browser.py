"""The app in a real Chromium, as a reader would use it: started as `make run` does, over the five sample articles."""

import re

import pytest

from rag.settings import ROOT
from tests.ui.driver import NARROW, WIDE, ask, settle

pytestmark = pytest.mark.browser
QUESTION = "Do antidepressants cure cancer?"
SEEDS = [path.read_text(encoding="utf8") for path in sorted((ROOT / "seeds").glob("*.txt"))]
WINDOWS = [(WIDE, "light"), (NARROW, "light"), (WIDE, "dark"), (NARROW, "dark")]


def chips(page):
    return page.locator('[class*="st-key-chip-"] button')


def in_view(found):
    """Whether the beginning of an element is on the screen, and in the view of the box that scrolls it."""
    return found.evaluate(
        """at => { const line = at.getClientRects()[0];
        const hit = document.elementFromPoint(line.left + Math.min(line.width, 20) / 2, line.top + line.height / 2);
        return line.top >= 0 && line.bottom < innerHeight && (hit === at || at.contains(hit)); }"""
    )


def test_the_first_question_is_answered_as_promised(reader):
    page = reader().open()
    ask(page, QUESTION)
    answer = page.locator(".stMain").inner_text()
    bottom = page.locator(".cv-bottom").inner_text()
    assert "Not shown" in bottom
    assert re.search(r"mice|mouse|animals", answer)
    assert "human" in answer
    assert re.search(r"no results from people|not in people", answer)
    assert "side effects" in page.locator(".cv-caveats").inner_text()
    assert page.locator(".cv-evidence").first.is_visible()
    assert in_view(page.locator(".cv-bottom"))


def rests_on(claim: str, mark: str) -> bool:
    """Whether a quotation stands in the words marked; plainer words share most of theirs with them."""
    if claim.startswith("“"):
        return claim.strip("“”") in mark
    said = claim.lower().split()
    return sum(word in mark.lower() for word in said) >= 0.7 * len(said)


def test_each_citation_opens_its_article_at_exactly_its_words(reader):
    page = reader().open()
    ask(page, QUESTION)
    count = chips(page).count()
    assert count
    for n in range(count):
        claim = page.locator(".cv-claim").nth(n).inner_text()
        chips(page).nth(n).click()
        page.locator("#cited").wait_for()
        settle(page)
        marks = page.locator("mark").all_inner_texts()
        assert len(marks) == 1
        assert sum(marks[0] in seed for seed in SEEDS) == 1
        assert rests_on(claim, " ".join(marks[0].split()))
        assert in_view(page.locator("#cited"))
        page.keyboard.press("Escape")
        page.locator("#cited").wait_for(state="detached")


@pytest.mark.parametrize(("width", "scheme"), WINDOWS)
def test_it_fits_the_window(reader, width, scheme):
    page = reader(width=width, scheme=scheme).open()
    ask(page, QUESTION)
    chips(page).first.click()
    page.locator("#cited").wait_for()
    settle(page)
    assert in_view(page.locator("#cited"))
    assert page.get_by_role("button", name="Close").is_visible()
    page.keyboard.press("Escape")
    for name in ("Library", "About", "Ask"):
        page.get_by_role("link", name=name).click()
        page.get_by_role("heading", level=1).wait_for(state="attached")
        settle(page)
        assert page.evaluate("document.querySelector('.stMain').scrollWidth <= innerWidth")
    assert page.locator(".cv-sources").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_marked_words_can_be_read(reader, scheme):
    """The window over the page lies outside Streamlit's own root; it must follow the same scheme."""
    page = reader(scheme=scheme).open()
    ask(page, QUESTION)
    chips(page).first.click()
    page.locator("#cited").wait_for()
    colors = page.locator("#cited").evaluate("at => [getComputedStyle(at).color, getComputedStyle(at).backgroundColor]")
    ink, ground = (sum(map(int, re.findall(r"\d+", color)[:3])) / 3 for color in colors)
    assert (ink < ground) == (scheme == "light")
    assert abs(ink - ground) > 100


def test_the_keyboard_is_enough(reader):
    page = reader().open()
    page.get_by_role("textbox").focus()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    chips(page).first.wait_for()
    settle(page)
    page.get_by_role("button", name="New conversation").focus()
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('[class*=\"st-key-chip-\"]') !== null"):
            break
    page.keyboard.press("Enter")
    page.locator("#cited").wait_for()
    settle(page)
    assert page.evaluate("document.activeElement.id") == "cited"
    page.keyboard.press("Escape")
    page.locator("#cited").wait_for(state="detached")


@pytest.mark.parametrize("question", ["x" * 20_000, "\U0001f600\U0001f600", "   "], ids=["long", "emoji", "blank"])
def test_a_bad_question_is_explained_and_stays_in_the_box(reader, question):
    page = reader().open()
    ask(page, question)
    page.locator(".cv-failure").wait_for()
    settle(page)
    assert "What to do:" in page.locator(".cv-failure").inner_text()
    assert page.get_by_role("textbox").input_value() == question
    ask(page, QUESTION)
    assert page.locator(".cv-sources").is_visible()


def test_an_empty_question_is_not_sent(reader):
    page = reader().open()
    page.get_by_role("textbox").focus()
    page.keyboard.press("Enter")
    settle(page)
    assert page.locator(".cv-welcome").is_visible()
    assert page.locator(".cv-question").count() == 0


def test_help_stays_in_sight_after_a_crisis(reader):
    page = reader(width=NARROW).open()
    ask(page, "I want to die")
    assert "988" in page.locator(".cv-fixed").inner_text()
    assert page.locator(".cv-fixed").get_by_role("link", name="988").get_attribute("href") == "tel:988"
    assert page.locator(".cv-fixed").get_by_role("link", name="116 123").get_attribute("href") == "tel:116123"
    assert not chips(page).count()
    ask(page, QUESTION)
    assert page.locator(".cv-help").get_by_role("link", name="988").get_attribute("href") == "tel:988"
    assert in_view(page.locator(".cv-help"))
    assert in_view(page.locator(".cv-question").last)


def test_two_tabs_keep_apart(reader):
    one, other = reader(), reader()
    first, second = one.open(), other.open()
    ask(first, QUESTION)
    ask(second, "What do polyamines do?")
    assert first.locator(".cv-question").all_inner_texts() == [f"You asked\n{QUESTION}"]
    assert second.locator(".cv-question").all_inner_texts() == ["You asked\nWhat do polyamines do?"]


def test_an_article_can_be_read_from_the_library_and_come_back_to(reader):
    page = reader(width=NARROW).open("/library")
    last = page.locator('[class*="st-key-read-"] button').last
    title = last.inner_text()
    last.click()
    page.locator(".cv-text").wait_for()
    settle(page)
    assert page.get_by_role("heading", name=title).is_visible()
    assert page.locator(".stMain").evaluate("at => at.scrollTop") == 0
    address = page.url
    quote = page.locator("#finding-1 blockquote").inner_text()
    page.get_by_role("link", name="Show finding 1 in the text").click()
    assert in_view(page.locator("#mark-finding-1"))
    assert page.evaluate("document.activeElement.id") == "mark-finding-1"
    assert quote[:40] in page.locator("#mark-finding-1 + mark").inner_text()
    page.keyboard.press("Enter")
    assert in_view(page.locator("#finding-1"))
    page.goto(address)
    page.locator(".cv-text").wait_for()
    assert page.url == address
    page.get_by_role("button", name="Back to all articles").click()
    page.get_by_role("button", name=title).wait_for()
    assert len(set(page.locator('[class*="st-key-read-"] button').all_inner_texts())) == len(SEEDS)
