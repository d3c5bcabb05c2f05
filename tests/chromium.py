"""Chromium for the browser tests: found, or installed. Run it as a script to install; tests import `find_chromium`."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
APT = (("apt-get", "update"), ("apt-get", "install", "-y", "--no-install-recommends", "chromium"))
PLAYWRIGHT = (sys.executable, "-m", "playwright", "install", "chromium")
TIMEOUT = 300
"""Seconds for one command; a registry that cannot be reached must not hold up a build for long."""


def find_chromium() -> Path:
    """Find a Chromium that starts: $CHROMIUM, the PATH, Playwright's own. Raises LookupError saying what to type."""
    asked = os.environ.get("CHROMIUM")
    if asked:
        if not _starts(asked):
            raise LookupError(f"$CHROMIUM is {asked}, which does not start. Type: unset CHROMIUM")
        return Path(asked)
    for path in (*filter(None, map(shutil.which, NAMES)), *_playwright()):
        if _starts(path):
            return Path(path)
    raise LookupError(f"No Chromium was found. Type: {_command()}")


def install_chromium() -> Path:
    """Find Chromium, or install it: with apt where this is root, else with Playwright. Raises LookupError."""
    try:
        return find_chromium()
    except LookupError:
        if os.environ.get("CHROMIUM"):
            raise
    ways = [APT] if shutil.which("apt-get") and os.geteuid() == 0 else []
    for way in [*ways, (PLAYWRIGHT,)]:
        if all(_run(command) for command in way):
            try:
                return find_chromium()
            except LookupError:
                continue
    return find_chromium()


def _playwright() -> list[str]:
    """Where Playwright keeps its Chromium, there or not."""
    try:
        from playwright.sync_api import sync_playwright
    except ModuleNotFoundError:
        return []
    with sync_playwright() as playwright:
        return [playwright.chromium.executable_path]


def _starts(path: str) -> bool:
    """Whether it runs: Ubuntu's apt leaves a stand-in that only says to install a snap."""
    try:
        done = subprocess.run([path, "--version", "--no-sandbox"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _run(command: tuple[str, ...]) -> bool:
    print(f"    {' '.join(command)}", flush=True)
    try:
        return subprocess.run(command, timeout=TIMEOUT, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired) as error:
        print(f"    {error}", flush=True)
        return False


def _command() -> str:
    if shutil.which("apt-get"):
        return "sudo apt-get update && sudo apt-get install -y chromium"
    return " ".join([*PLAYWRIGHT[:-1], "--with-deps", PLAYWRIGHT[-1]])


if __name__ == "__main__":
    print("Chromium for the browser tests", flush=True)
    try:
        print(f"    {install_chromium()}")
    except LookupError as missing:
        sys.exit(f"Error: {missing}")
