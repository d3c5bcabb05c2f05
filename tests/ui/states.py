"""Every page and state a reader can meet, each by its address and what is done there: for pictures and for axe."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

from rag.settings import ROOT
from tests.ui.driver import ask, settle, whole

Do = Callable[[Page], None]
States = dict[str, tuple[str, Do]]
QUESTION = "Do antidepressants cure cancer?"
GOLD, FILES = ROOT / "tests" / "gold" / "articles", ROOT / "tests" / "files"
PASSWORD = "walnut-9"
NEW = (GOLD / "p01.txt", GOLD / "p02.html")


def asked(*questions: str) -> Do:
    def do(page: Page) -> None:
        for question in questions:
            ask(page, question)

    return do


def citation(page: Page) -> None:
    ask(page, QUESTION)
    page.locator('[class*="st-key-chip-"] button').first.click()
    page.locator("#cited").wait_for()


def pressed(name: str, *questions: str) -> Do:
    """Ask, then press a button by its words, or by their beginning."""

    def do(page: Page) -> None:
        asked(*questions)(page)
        page.get_by_role("button", name=re.compile(f"^{re.escape(name)}")).last.click()

    return do


def unfolded(selector: str) -> Do:
    """Ask, then bring something of the answer into view and press it."""

    def do(page: Page) -> None:
        ask(page, QUESTION)
        page.locator(selector).first.click()

    return do


def followed(page: Page) -> None:
    ask(page, QUESTION)
    page.locator(".st-key-follow_ups").scroll_into_view_if_needed()


def one_article(page: Page) -> None:
    page.locator('[class*="st-key-read-"] button').first.click()
    page.locator(".cv-marked").wait_for()


def finding(page: Page) -> None:
    one_article(page)
    page.get_by_role("link", name="Show finding 1 in the text").click()


def removing(page: Page) -> None:
    one_article(page)
    page.get_by_role("button", name="Remove this article").click()
    page.get_by_role("button", name="Keep it").wait_for()


def filtered(page: Page) -> None:
    page.get_by_text("Narrow the list").click()
    page.get_by_label("Find in titles").fill("cancer")
    page.get_by_text("of 5 articles").wait_for()


def tab(name: str) -> Do:
    def do(page: Page) -> None:
        page.get_by_role("tab", name=name).click()

    return do


def give(page: Page, *files: Path, verb: str = "Read it") -> None:
    """Choose files and have them read."""
    page.locator("input[type=file]").set_input_files(files)
    for file in files:
        page.get_by_text(file.name[:4]).first.wait_for()  # a long name is cut in the middle
    page.get_by_role("button", name=verb).click()


def preview(*files: Path) -> Do:
    def do(page: Page) -> None:
        give(page, *files)
        page.locator(".cv-state").first.wait_for()

    return do


def unread(page: Page) -> None:
    give(page, FILES / "locked.pdf")
    page.locator(".cv-failure").wait_for()


def unfetched(page: Page) -> None:
    page.get_by_role("tab", name="Web address").click()
    page.get_by_label("Address of the article").fill("http://192.168.0.1/article")
    page.get_by_role("button", name="Read it").click()
    page.locator(".cv-failure").wait_for()


def already(page: Page) -> None:
    """Add what is there already: the library stays as it is, so that other states are not touched."""
    give(page, *sorted((ROOT / "seeds").glob("00[01]*.txt")))
    page.locator(".cv-state").first.wait_for()


def appraised(page: Page) -> None:
    page.get_by_role("tab", name="Pasted text").click()
    page.get_by_label("Text of the article").fill(next((ROOT / "seeds").glob("004*.txt")).read_text(encoding="utf8"))
    page.get_by_role("button", name="Appraise").click()
    page.locator(".cv-marked").wait_for()


def nothing(page: Page) -> None:
    page.get_by_role("button", name="Appraise").click()
    page.locator(".cv-failure").wait_for()


def written(page: Page) -> None:
    page.locator(".cv-sheet").wait_for()


def topic(words: str) -> Do:
    """Write about a topic in place of an article."""

    def do(page: Page) -> None:
        page.get_by_text("A topic", exact=True).click()
        page.get_by_label("Topic", exact=True).fill(words)
        page.keyboard.press("Enter")
        page.get_by_text("Name a topic in a few words").wait_for(state="detached")
        page.locator(".cv-sheet").wait_for()

    return do


def checked(claim: str | None) -> Do:
    """Check a sentence against the first article; None is the example of the page."""

    def do(page: Page) -> None:
        if claim is None:
            page.get_by_role("button", name="Fill in an example").click()
            settle(page)
        else:
            page.get_by_label("Your sentence").fill(claim)
        page.get_by_role("button", name="Check", exact=True).click()
        page.locator(".cv-check, .cv-failure").first.wait_for()

    return do


def let_in(page: Page) -> None:
    """Give the password, where one is asked for."""
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_label("Password", exact=True).wait_for(state="detached")


def refused(page: Page) -> None:
    page.get_by_label("Password", exact=True).fill("guess")
    page.keyboard.press("Enter")
    page.locator(".cv-failure").wait_for()


def stay(page: Page) -> None:
    """Leave the page as it opens."""


FULL: States = {
    "ask-empty": ("/", stay),
    "ask-answer": ("/", asked(QUESTION)),
    "ask-people": ("/", asked("How many people took part in the depression study?")),
    "ask-not-said": ("/", asked("What does polyamine treatment cost?")),
    "ask-not-found": ("/", asked("Who won the football match?")),
    "ask-advice": ("/", asked("Should I stop taking my antidepressant?")),
    "ask-crisis": ("/", asked("I want to die")),
    "ask-after-crisis": ("/", asked("I want to die", QUESTION)),
    "ask-bad": ("/", asked("?!?!")),
    "ask-citation": ("/", citation),
    "ask-compare": ("/", asked("Compare the studies on cancer.")),
    "ask-follow-ups": ("/", followed),
    "ask-history": ("/", pressed("Conversations", QUESTION)),
    "ask-change": ("/", pressed("Change the question", QUESTION)),
    "ask-files": ("/", pressed("Save as a file", QUESTION)),
    "ask-wrong": ("/", pressed("Something wrong?", QUESTION)),
    "ask-limits": ("/", unfolded(".cv-caveats summary")),
    "ask-term": ("/", unfolded(".cv-term")),
    "ask-largest": ("/?text=largest", asked(QUESTION)),
    "ask-reading": ("/", pressed("Text size")),
    "library": ("/library", stay),
    "library-filtered": ("/library", filtered),
    "library-article": ("/library", one_article),
    "library-finding": ("/library", finding),
    "library-gone": ("/library?article=no-such-article", stay),
    "library-remove": ("/library", removing),
    "library-state": ("/library?view=store", stay),
    "add-files": ("/library?view=add", stay),
    "add-address": ("/library?view=add", tab("Web address")),
    "add-paste": ("/library?view=add", tab("Pasted text")),
    "add-preview": ("/library?view=add", preview(NEW[0])),
    "add-several": ("/library?view=add", preview(*NEW, FILES / "locked.pdf")),
    "add-known": ("/library?view=add", already),
    "add-unread": ("/library?view=add", unread),
    "add-unfetched": ("/library?view=add", unfetched),
    "appraise": ("/appraise", stay),
    "appraise-text": ("/appraise", appraised),
    "appraise-nothing": ("/appraise", nothing),
    "check": ("/check", stay),
    "check-supported": ("/check", checked(None)),
    "check-unsupported": ("/check", checked("The breakthrough drug cured all patients within 12 days.")),
    "check-nothing": ("/check", checked("")),
    "summaries": ("/summaries", written),
    "summaries-topic": ("/summaries", topic("T cells")),
    "explainers": ("/explainers", written),
    "explainers-nothing": ("/explainers", topic("football results")),
    "about": ("/about", stay),
}
"""Over the five sample articles; none of them changes the library."""
EMPTY: States = {
    name: (path, stay) for name, path in (("ask", "/"), ("library", "/library"), ("summaries", "/summaries"))
}
"""Over an empty library."""
AGED: States = {"ask": ("/", stay), "library": ("/library", stay)}
"""Over a library that another search model made; see `age`."""
LOCKED: States = {
    name: (path, stay) for name, path in (("ask", "/"), ("library", "/library"), ("summaries", "/summaries"))
}
"""While another program has the library open."""
DOOR: States = {"asked": ("/", stay), "refused": ("/", refused)}
"""Where a password is asked for."""


def reach(page: Page, do: Do) -> None:
    """Bring an open page into a state, and wait until it has been drawn."""
    do(page)
    settle(page)
    whole(page)


def age(library: Path) -> None:
    """Write into a closed library that another search model made it."""
    import chromadb

    client = chromadb.PersistentClient(library / "chroma", chromadb.config.Settings(anonymized_telemetry=False))
    for found in client.list_collections():
        if found.name.startswith("passages"):
            found.modify(metadata={**found.metadata, "fingerprint": "an older model"})
    client.close()
