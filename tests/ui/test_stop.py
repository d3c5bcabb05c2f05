"""Stop, in a real Chromium, over answers slowed down enough to be stopped."""

import re
import shutil

import pytest

from rag.settings import ROOT
from rag.ui.answer import STOPPED, STOPPED_EARLY, UNFINISHED
from tests.ui.driver import answers, ask, reading, serving, settle, wait_until

pytestmark = pytest.mark.browser
SLOW = """
import time
from rag.chain import Chain

run = Chain.run

def slowly(self, request):
    for event in run(self, request):
        yield event
        time.sleep(1.5)

Chain.run = slowly
"""
"""Run by Python at its start: the chain itself, with a wait after each event, as a language model would have."""


@pytest.fixture
def page(seeded, tmp_path, chromium):
    shutil.copytree(seeded, tmp_path / "library")
    (tmp_path / "sitecustomize.py").write_text(SLOW, encoding="utf8")
    with serving(tmp_path / "library", PYTHONPATH=f"{tmp_path}:{ROOT}") as server:
        wait_until(lambda: answers(server), "the app starts")
        with reading(chromium, server.base) as reader:
            yield reader.open()


def test_a_stopped_answer_keeps_badge_caveats_and_claims_and_says_so(page):
    page.get_by_role("textbox").fill("Do antidepressants cure cancer?")
    page.keyboard.press("Enter")
    page.locator(".cv-claim").first.wait_for()
    assert page.locator(".cv-evidence").is_visible()
    assert page.locator(".cv-caveats").is_visible()
    assert page.locator(".cv-wait:visible").all_inner_texts() == [UNFINISHED]
    page.locator(".stChatInput").get_by_role("button", name=re.compile("stop", re.I)).click()
    settle(page)
    assert page.locator(".cv-wait:visible").all_inner_texts() == [STOPPED]
    assert page.locator(".cv-claim").count()
    assert page.locator(".cv-caveats").is_visible()
    page.get_by_role("button", name="Ask again").click()
    page.get_by_role("button", name="Stop the answer").wait_for()
    assert page.get_by_role("button", name="Ask again").count() == 0, "it is not offered while it is under way"
    page.get_by_role("button", name="Stop the answer").click()
    page.get_by_role("button", name="Ask again").wait_for()
    settle(page)
    assert page.get_by_role("button", name="Stop the answer").count() == 0
    page.get_by_role("button", name="Change the question").click()
    page.get_by_role("button", name="Leave it as it is").click()
    settle(page)
    assert page.get_by_role("button", name="Ask again").count() == 1
    stopped = page.locator(".cv-wait:visible").all_inner_texts()
    assert stopped in ([STOPPED], [STOPPED_EARLY])
    ask(page, "Who won the football match?")
    assert page.locator(".cv-wait:visible").all_inner_texts() == stopped
    assert page.locator(".cv-kicker").count() == 1
    assert page.get_by_role("button", name="Ask again").count() == 2
