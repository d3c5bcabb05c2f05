"""An article that tries to be more than text, in a real Chromium: it is shown as it is written, and does nothing."""

import re
import shutil

import pytest

from rag.intake import take_in
from rag.settings import Settings
from rag.store.library import open_library
from tests.ui.driver import answers, ask, reading, serving, settle, wait_until

pytestmark = pytest.mark.browser
TITLE = "Walnut **oil** :red[eases] $x$ <b>knee</b> <script>alert(1)</script> [pain](javascript:alert(2)) in mice"
OURS = re.compile(r'href="http://127\.0\.0\.1:\d+/(library|about)?"|^<script>/\* run \d+ \*/')
PLAIN = """at => { const copy = at.cloneNode(true);
copy.querySelectorAll(".cv-tag, .cv-letter").forEach(own => own.remove()); return copy.textContent; }"""
"""The text of an article without the labels that we put into it."""
LINES = (
    "Walnut oil <img src=http://evil.example/a.png onerror=alert(3)> eased knee pain in 40 mice, the study showed.",
    "![picture](http://evil.example/b.png) and [a link](javascript:alert(4)) stood in the report on walnut oil.",
    "The team wrote $\\int$ and :material/home: and :smile: and <iframe src=http://evil.example></iframe> of knees.",
    "More is at http://evil.example/page and www.evil.example, said the walnut oil team.",
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory, embedder):
    folder = tmp_path_factory.mktemp("hostile")
    source = folder / "walnut.txt"
    source.write_text("\n\n".join((TITLE, *LINES)), encoding="utf8")
    with open_library(Settings(library=folder / "library"), embedder) as library:
        assert len(take_in(library, [str(source)]).added) == 1
    with serving(folder / "library") as server:
        wait_until(lambda: answers(server), "the app starts")
        yield server
    shutil.rmtree(folder)


@pytest.fixture
def page(chromium, hostile):
    with reading(chromium, hostile.base) as reader:
        opened = []
        page = reader.open()
        page.on("dialog", lambda dialog: opened.append(dialog.message) or dialog.dismiss())
        yield page
        assert opened == []


def live(page):
    """Everything of the article that has become more than text: only the links to the three pages are ours."""
    found = page.locator(".stMain, [role=dialog]").locator("a, img, iframe, script, b, .katex, [onerror]")
    return [
        html for html in found.evaluate_all("all => all.map(at => at.outerHTML)") if "evil" in html or "alert" in html
    ]


def test_the_text_is_shown_as_it_is_written(page, hostile):
    page.goto(f"{hostile.base}/library")
    listed = page.locator('[class*="st-key-read-"] button')
    assert listed.inner_text() == TITLE and live(page) == []
    listed.click()
    page.locator(".cv-text").wait_for()
    settle(page)
    text = page.locator(".cv-text").evaluate(PLAIN)
    assert all(line in text for line in LINES)
    assert page.locator(".cv-title").inner_text() == TITLE
    assert live(page) == []


def test_an_answer_from_it_does_nothing(page):
    ask(page, "Did walnut oil ease knee pain?")
    chip = page.locator('[class*="st-key-chip-"] button').first
    assert chip.inner_text().startswith("1 · Walnut **oil** :red[eases] $x$ <b>knee</b>")
    chip.click()
    page.locator("#cited").wait_for()
    settle(page)
    assert any(page.locator("#cited").inner_text() in line for line in LINES)
    assert live(page) == []


def test_a_suggestion_about_it_is_plain_text(page):
    labels = page.locator('[class*="st-key-suggestion-"] button').all_inner_texts()
    assert any(TITLE in label for label in labels)
    assert live(page) == []
