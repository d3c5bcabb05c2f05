"""Reading in comfort, in a real Chromium: text size, hard words, the keyboard, screen readers, nothing that jumps."""

import re

import pytest

from tests.ui.driver import NARROW, WIDE, ask, settle

pytestmark = pytest.mark.browser
QUESTION = "Do antidepressants cure cancer?"
OTHER = "What do polyamines do?"
FIRST_CLAIM = """() => { const tops = window.tops = [];
new MutationObserver(() => { const at = document.querySelector(".cv-claim"), main = document.querySelector(".stMain");
  const top = at && Math.round(at.getBoundingClientRect().top + main.scrollTop);
  if (at && tops.at(-1) !== top) tops.push(top);
}).observe(document.body, {subtree: true, childList: true}); }"""
SAYS = """() => { window.said = [];
new MutationObserver(() => { const live = document.querySelector("#cv-live"); const text = live?.textContent;
  if (text && window.said.at(-1) !== text) window.said.push(text);
}).observe(document.body, {subtree: true, childList: true, characterData: true}); }"""


def choose(page, label):
    page.get_by_role("button", name="Text size").click()
    page.get_by_text(label, exact=True).click()
    settle(page)
    page.keyboard.press("Escape")
    settle(page)


def size(page):
    return page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_size_of_the_text_stays_across_pages_and_reloads(reader, width):
    page = reader(width=width).open()
    before = size(page)
    choose(page, "Largest")
    larger = size(page)
    assert larger >= 1.3 * before
    page.get_by_role("link", name="About").click()
    page.get_by_role("heading", level=1).wait_for(state="attached")
    settle(page)
    assert size(page) == larger
    page.reload()
    page.locator(".cv-standing").wait_for()
    settle(page)
    assert size(page) == larger
    page.get_by_role("link", name="Ask").click()
    ask(page, QUESTION)
    assert size(page) == larger
    assert page.evaluate("document.querySelector('.stMain').scrollWidth <= innerWidth")


def test_a_short_answer_folds_the_rest_and_keeps_the_limits(reader):
    page = reader().open()
    ask(page, QUESTION)
    claims, limits = page.locator(".cv-claim:visible").count(), page.locator(".cv-caveats").first.inner_text()
    choose(page, "Short")
    page.get_by_text("More from the articles").wait_for()
    assert page.locator(".cv-claim:visible").count() < claims
    assert page.locator(".cv-caveats").first.inner_text() == limits
    page.get_by_text("More from the articles").click()
    page.locator(".cv-claim").nth(claims - 1).wait_for()


def test_a_hard_word_is_explained_by_the_keyboard_alone(reader):
    page = reader(width=NARROW).open()
    ask(page, QUESTION)
    word = page.locator(".cv-term").first
    word.focus()
    page.keyboard.press("Enter")
    plain = page.locator(".cv-plain:popover-open")
    plain.wait_for()
    assert word.inner_text().lower() in plain.inner_text().lower()
    box = plain.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= NARROW
    page.keyboard.press("Escape")
    plain.wait_for(state="hidden")
    assert page.evaluate("document.activeElement.className") == "cv-term"


def test_a_screen_reader_is_told_once_of_each_answer(reader):
    page = reader().open()
    page.evaluate(SAYS)
    ask(page, QUESTION)
    page.wait_for_timeout(500)
    ask(page, OTHER)
    page.wait_for_timeout(500)
    said = page.evaluate("window.said")
    assert len(said) == 2 and said[0].startswith("Answer: Not shown.")
    assert page.locator('[role="status"]#cv-live').count() == 1


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_first_claim_does_not_move_once_it_is_there(reader, width):
    """Nor where every limit is of one finding, and where several articles are set side by side."""
    page = reader(width=width).open()
    for question in (QUESTION, "How many people took part in the depression study?", "Compare the studies on cancer."):
        page.evaluate(FIRST_CLAIM)
        ask(page, question)
        page.wait_for_timeout(300)
        tops = page.evaluate("window.tops")
        assert tops and max(tops) - min(tops) <= 4, (question, tops)
        page.get_by_role("button", name="New conversation").click()
        page.locator(".cv-welcome").wait_for()
        settle(page)


def test_the_answer_is_copied(reader):
    page = reader().open()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, QUESTION)
    page.get_by_role("button", name="Copy the answer").click()
    page.get_by_role("button", name="Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(QUESTION) and "[1] News article:" in copied
    page.get_by_role("button", name="Copy the answer").wait_for()


def test_the_answer_is_copied_where_scripts_have_no_clipboard(reader):
    page = reader().open()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, QUESTION)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed')); }")
    page.get_by_role("button", name="Copy the answer").click()
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").startswith(QUESTION)


@pytest.mark.parametrize(("label", "ending"), [("PDF", ".pdf"), ("Markdown", ".md")])
def test_the_answer_is_saved_as_a_file(reader, label, ending):
    page = reader(width=NARROW).open()
    ask(page, QUESTION)
    page.get_by_role("button", name="Save as a file").click()
    with page.expect_download() as saved:
        page.get_by_role("button", name=re.compile(label)).click()
    assert saved.value.suggested_filename.endswith(ending)
    assert saved.value.path().stat().st_size > 500


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_question_is_changed_by_the_keyboard(reader, width):
    page = reader(width=width).open()
    ask(page, QUESTION)
    page.get_by_role("button", name="Change the question").press("Enter")
    box = page.get_by_role("textbox", name="Change your question")
    box.wait_for()
    page.wait_for_function("document.activeElement.tagName === 'TEXTAREA'")
    box.fill(OTHER)
    page.get_by_role("button", name="Ask this instead").press("Enter")
    page.get_by_role("heading", name=OTHER).wait_for()
    settle(page)
    assert page.locator(".cv-question").count() == 1
    assert page.evaluate("document.querySelector('.stMain').scrollWidth <= innerWidth")


def test_conversations_stay_out_of_the_way_on_a_phone(reader):
    page = reader(width=NARROW).open()
    ask(page, QUESTION)
    page.get_by_role("button", name="New conversation").click()
    page.locator(".cv-welcome").wait_for()
    ask(page, OTHER)
    assert page.get_by_text(QUESTION).count() == 0
    page.get_by_role("button", name="Conversations (2)").click()
    page.get_by_role("button", name=QUESTION).click()
    page.get_by_role("heading", name=QUESTION).wait_for()
    settle(page)
    assert page.locator(".cv-question").count() == 1
    assert not page.get_by_text("Erase all conversations").is_visible(), "the list is closed over what was chosen"


def test_a_conversation_that_is_kept_says_so_when_it_comes_back(reader):
    page = reader().open()
    ask(page, QUESTION)
    page.get_by_role("button", name="Conversations (1)").click()
    page.get_by_text("Keep this conversation on this computer").click()
    settle(page)
    page.goto(page.url)
    page.get_by_role("button", name="Conversations (1)").click()
    page.get_by_role("button", name=QUESTION).click()
    page.get_by_role("heading", name=QUESTION).wait_for()
    settle(page)
    page.get_by_role("button", name="Conversations (1)").click()
    keep = page.get_by_role("checkbox", name="Keep this conversation on this computer")
    keep.wait_for(state="attached")
    assert keep.is_checked()
    page.get_by_text("Keep this conversation on this computer").click()
    settle(page)
    page.goto(page.url)
    page.locator(".cv-welcome").wait_for()
    settle(page)
    assert page.get_by_role("button", name="Conversations").count() == 0
