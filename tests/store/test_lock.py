"""One process at a time, by the kernel's word; the lock ends with its holder, however that ends."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from rag.errors import StoreError
from rag.settings import ROOT
from rag.store.library import open_library
from rag.store.lock import LibraryLock

HOLD = """
import sys
from pathlib import Path
from rag.store.lock import LibraryLock
held = LibraryLock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def other(tmp_path):
    """Start another process that holds the lock until its input ends."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_second_process_is_told_who_holds_it_and_what_to_do(tmp_path, other):
    with pytest.raises(StoreError, match=f"process {other.pid}") as error:
        LibraryLock(tmp_path)
    assert "browser" in error.value.hint and "close the app" in error.value.hint


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM, None])
def test_the_lock_ends_with_its_process(tmp_path, other, end):
    if end is None:
        other.stdin.close()
    else:
        other.send_signal(end)
    other.wait(10)
    LibraryLock(tmp_path).release()


def test_released_it_can_be_taken_again(tmp_path):
    lock = LibraryLock(tmp_path)
    with pytest.raises(StoreError, match="open in another program"):
        LibraryLock(tmp_path)
    lock.release()
    lock.release()
    LibraryLock(tmp_path).release()


def test_the_number_in_the_file_is_not_what_locks(tmp_path):
    """A number left behind, even of a living process, keeps nobody out."""
    (tmp_path / "lock").write_text("1")
    LibraryLock(tmp_path).release()


def test_nonsense_in_the_file_is_not_said(tmp_path, other):
    (tmp_path / "lock").write_bytes(b"\xff not a number")
    with pytest.raises(StoreError) as error:
        LibraryLock(tmp_path)
    assert "process" not in error.value.message


@pytest.mark.parametrize("place", ["file", "file/below", "taken", Path("/proc/library")])
def test_a_place_that_cannot_be_written_is_named(tmp_path, place):
    (tmp_path / "file").write_text("a file, no folder")
    (tmp_path / "taken" / "lock").mkdir(parents=True)
    with pytest.raises(StoreError, match="cannot be written") as error:
        LibraryLock(tmp_path / place)
    assert "RAG_LIBRARY" in error.value.hint
    assert (tmp_path / "file").read_text() == "a file, no folder"


def test_a_second_opening_is_refused_until_the_first_is_closed(three, embedder):
    with open_library(three, embedder), pytest.raises(StoreError, match="open in another program"):
        open_library(three, embedder)
    open_library(three, embedder).close()
