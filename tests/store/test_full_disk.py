"""A disk that fills up while articles are read in: said in words, and the library holds what it was told to hold.

The kernel's limit on a file's size stands for the disk: a write past it fails as one on a full disk does.
"""

import subprocess
import sys
from pathlib import Path

import pytest

from rag.intake import take_in
from rag.settings import ROOT
from rag.store.library import open_library
from tests.bench.kills import write_news

FULL = """
import resource, sys
from pathlib import Path
from rag.errors import StoreError
from rag.intake import take_in
from rag.settings import Settings
from rag.store.embed import open_embedder
from rag.store.library import open_library

library, news, room = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
told = [0]
embedder = open_embedder(Settings())
try:
    with open_library(Settings(library=library), embedder) as opened:
        largest = max(path.stat().st_size for path in library.rglob("*") if path.is_file())
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest + room, largest + room))
        take_in(opened, [news], lambda done, total, name, left: told.append(done))
except StoreError as error:
    print(max(told), error.message, error.hint, sep="\\n")
"""


@pytest.mark.parametrize("room", [0, 250_000])
def test_a_full_disk_is_said_and_what_was_in_stays(three, embedder, tmp_path: Path, room: int):
    write_news(tmp_path / "news", 60)
    command = [sys.executable, "-c", FULL, str(three.library), str(tmp_path / "news"), str(room)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=100)
    assert done.stdout, done.stderr
    told, message, hint = done.stdout.splitlines()
    assert str(three.library) in message and "could not be written" in message
    assert "disk is not full" in hint
    with open_library(three, embedder) as library:
        held = [article.id for article in library.articles()]
        assert {"001-sleep", "002-knee", "002-tea"} <= set(held) and len(held) >= 3 + int(told)
        assert {passage.article for passage in library.passages()} == set(held)
        assert library.dense("a drink against cancer", 1)[0][0].article == "002-tea"
        take_in(library, [str(tmp_path / "news")])
        assert len(library.articles()) == 63
