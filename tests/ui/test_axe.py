"""axe-core over every page and state, wide and narrow, light and dark: no serious or critical violation."""

import shutil
from functools import cache
from importlib import resources

import pytest

from rag.store.lock import LibraryLock
from tests.ui import states
from tests.ui.driver import NARROW, PATIENCE, WIDE, answers, serving, settle, wait_until

pytestmark = pytest.mark.browser
GRAVE = {"serious", "critical"}
WINDOWS = ((WIDE, "light", None), (NARROW, "dark", ["color-contrast", "scrollable-region-focusable"]))
"""Width, scheme, and the rules to run: None for all. In a narrow window the page is the same but for its style, so only
what hangs on style is held against the rules again, in the colors of the dark."""
EXCEPT: dict[str, str] = {}
"""Rules that Streamlit's own markup breaks, with the selector of what breaks them."""
RUN = """async (rules) => {
  const only = rules ? {runOnly: {type: "rule", values: rules}} : {};
  const found = await axe.run(document, {resultTypes: ["violations"], ...only});
  return found.violations.map(v => ({rule: v.id, impact: v.impact, help: v.help,
    nodes: v.nodes.map(n => ({target: n.target.join(" "), html: n.html.slice(0, 300), why: n.failureSummary}))}));
}"""


@cache
def axe():
    return resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf8")


def violations(page, rules):
    """Run axe on a page; the violations that count, as text."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe())
    return [
        f"{found['rule']} ({found['impact']}): {node['target']}\n  {node['html']}\n  {node['why']}"
        for found in page.evaluate(RUN, rules)
        for node in found["nodes"]
        if found["impact"] in GRAVE and not excused(page, found["rule"], node["target"])
    ]


def excused(page, rule, target):
    return rule in EXCEPT and page.locator(target).first.evaluate(f"at => at.matches({EXCEPT[rule]!r})")


@pytest.fixture(scope="module")
def tab(chromium):
    """One browser tab for all states of an app: what it has fetched once, it has."""
    pages = {}

    def open_at(server, path):
        if server.base not in pages:
            pages[server.base] = chromium.new_page()
            pages[server.base].set_default_timeout(PATIENCE * 1000)
        page = pages[server.base]
        page.set_viewport_size({"width": WIDE, "height": 844})
        page.emulate_media(color_scheme="light")
        page.goto(server.base + path)
        page.locator(".cv-standing").wait_for()
        settle(page)
        return page

    yield open_at
    for page in pages.values():
        page.close()


def check(page, do):
    states.reach(page, do)
    found = {}
    for width, scheme, rules in WINDOWS:
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme=scheme)
        page.wait_for_timeout(150)
        if bad := violations(page, rules):
            found[f"{width} {scheme}"] = bad
    assert found == {}, "\n".join(line for lines in found.values() for line in lines)


@pytest.mark.parametrize("name", states.FULL)
def test_a_state_is_open_to_all(tab, served, name):
    path, do = states.FULL[name]
    check(tab(served, path), do)


def test_what_goes_wrong_is_open_to_all(tab, seeded, tmp_path):
    """One app: another program holds its library, which then proves to be of another model."""
    library = tmp_path / "library"
    shutil.copytree(seeded, library)
    states.age(library)
    lock = LibraryLock(library)
    with serving(library) as server:
        wait_until(lambda: answers(server), "the app starts")
        for held, found in ((True, states.LOCKED), (False, states.AGED)):
            if not held:
                lock.release()
            for path, do in found.values():
                check(tab(server, path), do)


def test_an_empty_library_behind_a_password_is_open_to_all(tab, tmp_path):
    with serving(tmp_path / "library", RAG_PASSWORD=states.PASSWORD) as server:
        wait_until(lambda: answers(server), "the app starts")
        for path, do in states.DOOR.values():
            check(tab(server, path), do)
        for path, do in states.EMPTY.values():
            page = tab(server, path)
            states.let_in(page)
            check(page, do)
