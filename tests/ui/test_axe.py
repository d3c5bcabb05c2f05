"""axe-core over every page and state, wide and narrow, light and dark: no serious or critical violation."""

import shutil
from functools import cache
from importlib import resources

import pytest

from rag.store.lock import LibraryLock
from tests.ui import states
from tests.ui.driver import NARROW, WIDE, answers, reading, serving, wait_until

pytestmark = pytest.mark.browser
GRAVE = {"serious", "critical"}
WINDOWS = ((WIDE, "light", None), (NARROW, "light", None), (NARROW, "dark", ["color-contrast"]))
"""Width, scheme, and the rules to run: None for all. In the dark only the colors differ."""
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


def check(page, do):
    states.reach(page, do)
    found = {}
    for width, scheme, rules in WINDOWS:
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme=scheme)
        page.wait_for_timeout(250)
        if bad := violations(page, rules):
            found[f"{width} {scheme}"] = bad
    assert found == {}, "\n".join(line for lines in found.values() for line in lines)


@pytest.mark.parametrize("name", states.FULL)
def test_a_state_is_open_to_all(reader, name):
    path, do = states.FULL[name]
    check(reader().open(path), do)


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("bare") / "library") as server:
        wait_until(lambda: answers(server), "the app starts")
        yield server


@pytest.mark.parametrize("name", states.EMPTY)
def test_an_empty_library_is_open_to_all(chromium, bare, name):
    path, do = states.EMPTY[name]
    with reading(chromium, bare.base) as someone:
        check(someone.open(path), do)


def test_a_failure_is_open_to_all(chromium, seeded, tmp_path):
    shutil.copytree(seeded, tmp_path / "library")
    lock = LibraryLock(tmp_path / "library")
    with serving(tmp_path / "library") as server:
        wait_until(lambda: answers(server), "the app starts")
        with reading(chromium, server.base) as someone:
            for path, do in states.LOCKED.values():
                check(someone.open(path), do)
    lock.release()


def test_a_library_to_be_made_anew_is_open_to_all(chromium, seeded, tmp_path):
    shutil.copytree(seeded, tmp_path / "library")
    states.age(tmp_path / "library")
    with serving(tmp_path / "library") as server:
        wait_until(lambda: answers(server), "the app starts")
        with reading(chromium, server.base) as someone:
            for path, do in states.AGED.values():
                check(someone.open(path), do)
