"""What is installed is what was looked at: the lock agrees with what is asked for, and each licence is listed."""

import re

import pytest

from rag.settings import ROOT
from tests.licences import locked

PIN = re.compile(r"^([A-Za-z0-9_.-]+)(?:\[[^]]*\])?==([^\s;#]+)", re.MULTILINE)


def same(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def text(name):
    return (ROOT / name).read_text(encoding="utf8")


def test_the_lock_has_every_pin():
    pins = {same(name): version for name, version in PIN.findall(text("requirements.txt"))}
    whole = {same(name): version for name, version in locked()}
    assert pins.items() <= whole.items(), "requirements.txt has changed: make lock"


def test_every_package_of_the_lock_has_hashes():
    for entry in re.split(r"\n(?=[A-Za-z0-9])", text("requirements.lock")):
        if not entry.startswith("#"):
            assert "--hash=sha256:" in entry, entry[:80]


def test_every_licence_is_listed():
    rows = re.findall(r"^\| ([^ |]+) \| ([^ |]+) \| (.+) \|$", text("LICENSES.md"), re.MULTILINE)
    assert set(locked()) == {(name, version) for name, version, _ in rows if name != "---"} - {
        ("Package", "Version")
    }, "the lock has changed: make licences"


@pytest.mark.parametrize("word", ["Report", "What is not", "RAG_PASSWORD", "HTTPS"])
def test_the_security_page_says_what_it_must(word):
    page = text("SECURITY.md")
    assert word in page and len(page.splitlines()) <= 80
