"""The app under its own flags with the network cut: only this machine's own loopback is there, and it is enough."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.chromium import find_chromium
from tests.ui.driver import CHROMIUM, ask, reading, serving, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.skipif(sys.platform != "linux", reason="only Linux can cut one off")]
ROOTLY = os.geteuid() == 0
CUT = ("unshare", "--net") if ROOTLY else ("unshare", "--net", "--map-root-user")
JOIN = ("--net",) if ROOTLY else ("--net", "--user", "--preserve-credentials")
LOOPBACK = """
import fcntl, os, socket, struct, sys
with socket.socket() as any_socket:
    fcntl.ioctl(any_socket, 0x8914, struct.pack("16sh", b"lo", 0x1 | 0x40))
os.execvp(sys.argv[1], sys.argv[1:])
"""
"""Switches the loopback on (SIOCSIFFLAGS: up, running), then becomes the command."""
CALL_OUT = "import socket; socket.create_connection(('192.0.2.1', 443), timeout=3)"


def listeners(pid):
    """Address and port, in the kernel's hexadecimal, of all that listens in a process's network."""
    tables = [Path(f"/proc/{pid}/net/{name}").read_text(encoding="ascii") for name in ("tcp", "tcp6")]
    rows = [line.split() for table in tables for line in table.splitlines()[1:]]
    return [tuple(row[1].split(":")) for row in rows if row[3] == "0A"]


def port_of(server):
    return f"{int(server.base.rpartition(':')[2]):04X}"


@pytest.fixture(scope="module")
def cut_off(seeded, tmp_path_factory):
    tried = subprocess.run([*CUT, "true"], capture_output=True, text=True, check=False)
    if tried.returncode:
        pytest.skip(f"this machine lets nobody cut a program off: {tried.stderr.strip()}")
    folder = tmp_path_factory.mktemp("cut") / "library"
    shutil.copytree(seeded, folder)
    with serving(folder, *CUT, sys.executable, "-c", LOOPBACK) as server:
        wait_until(lambda: port_of(server) in {port for _, port in listeners(server.pid)}, "the app starts")
        yield server


def inside(server, *command):
    """A command in the network of the server."""
    return ["nsenter", "--target", str(server.pid), *JOIN, *command]


@pytest.fixture
def browser_inside(cut_off, tmp_path):
    """Chromium in the same network: Playwright speaks to it through a pipe."""
    door = tmp_path / "chromium"
    door.write_text(f'#!/bin/sh\nexec {" ".join(inside(cut_off, str(find_chromium())))} "$@"\n', encoding="utf8")
    door.chmod(0o755)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(door), args=CHROMIUM)
        yield browser
        browser.close()


def test_the_network_is_cut(cut_off):
    done = subprocess.run(inside(cut_off, sys.executable, "-c", CALL_OUT), capture_output=True, text=True, check=False)
    assert "Network is unreachable" in done.stderr


def test_it_listens_on_this_machine_alone(cut_off):
    assert listeners(cut_off.pid) == [("0100007F", port_of(cut_off))]


def test_a_question_is_answered_and_its_article_opened(cut_off, browser_inside):
    with reading(browser_inside, cut_off.base) as reader:
        page = reader.open()
        ask(page, "Do antidepressants cure cancer?")
        assert "Not shown" in page.locator(".cv-bottom").inner_text()
        page.locator('[class*="st-key-chip-"] button').first.click()
        page.locator("#cited").wait_for()
