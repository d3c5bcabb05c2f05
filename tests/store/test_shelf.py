"""An article is all there or not there, wherever a process is killed; a damaged library is refused and left alone."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import chromadb
import pytest

from rag.errors import StoreError
from rag.settings import ROOT, Settings
from rag.store.library import open_library

KILLED = """
import os, signal, sys
from pathlib import Path
from rag.domain import Article, Sentence, Source, Span
from rag.retrieve.passages import passages
from rag.settings import Settings
from rag.store import records, shelf
from rag.store.embed import open_embedder
from rag.store.library import open_library

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

library, when, name = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
opened = open_library(Settings(library=library), open_embedder(Settings()))
text = "Olive oil did not help against colds."
article = Article(name, Source("Oil", "oil.txt"), text, sentences=(Sentence(name, 0, 0, 0, Span(0, len(text), text)),))
if when == "before the record":
    shelf.records.dump = die
else:
    shelf.Shelf._delete = die
if when == "while removing":
    opened.remove(name)
opened.add(article, passages(article))
"""


def kill(settings: Settings, when: str, name: str) -> None:
    """Run a process on the library that is killed in the middle of its work."""
    done = subprocess.run([sys.executable, "-c", KILLED, str(settings.library), when, name], cwd=ROOT, timeout=60)
    assert done.returncode == -signal.SIGKILL


def rows(settings: Settings) -> list[str]:
    """The texts of all vectors on the disk, seen without the library."""
    client = chromadb.PersistentClient(
        settings.library / "chroma", chromadb.config.Settings(anonymized_telemetry=False)
    )
    try:
        return client.get_collection("passages", embedding_function=None).get()["documents"]
    finally:
        client.close()


@pytest.mark.parametrize(
    ("when", "name", "left", "text"),
    [
        ("before the record", "new", ["001-sleep", "002-knee", "002-tea"], "Green tea"),
        ("before the record", "002-tea", ["001-sleep", "002-knee", "002-tea"], "Green tea"),
        ("after the record", "002-tea", ["001-sleep", "002-knee", "002-tea"], "Olive oil"),
        ("while removing", "002-tea", ["001-sleep", "002-knee"], None),
    ],
)
def test_a_killed_process_leaves_whole_articles(three, embedder, when, name, left, text):
    kill(three, when, name)
    before = len(rows(three))
    with open_library(three, embedder) as library:
        assert [article.id for article in library.articles()] == left
        assert sorted({passage.article for passage in library.passages()}) == left
        if text:
            assert library.article("002-tea").text.startswith(text)
        for hits in (library.dense("tea and oil", 9), library.lexical("tea and oil", 9)):
            assert {passage.span.text for passage, _ in hits} <= {passage.span.text for passage in library.passages()}
    assert len(rows(three)) == len(left) < before


def size(path: Path) -> int:
    return path.stat().st_size


@pytest.fixture
def kept(three, embedder, tmp_path, write) -> Path:
    """A copy of the library, large enough that Chroma has written its vectors to files."""
    with open_library(three, embedder) as library:
        library.add_all(write(f"n{n}", f"Filler number {n}.") for n in range(1100))
    shutil.copytree(three.library, tmp_path / "kept")
    return tmp_path / "kept"


def chroma(settings: Settings) -> Path:
    return settings.library / "chroma"


def vectors(settings: Settings) -> list[Path]:
    return list(chroma(settings).glob("*/data_level0.bin"))


DAMAGE = {
    "half a database": lambda s: os.truncate(chroma(s) / "chroma.sqlite3", size(chroma(s) / "chroma.sqlite3") // 2),
    "an empty database": lambda s: os.truncate(chroma(s) / "chroma.sqlite3", 0),
    "no database": lambda s: (chroma(s) / "chroma.sqlite3").unlink(),
    "noise for a database": lambda s: (chroma(s) / "chroma.sqlite3").write_bytes(b"\xfe\x01 noise" * 9000),
    "no vectors": lambda s: [shutil.rmtree(path.parent) for path in vectors(s)],
    "a vector file gone": lambda s: [path.unlink() for path in vectors(s)],
    "half a vector file": lambda s: [os.truncate(path, 1000) for path in vectors(s)],
    "no folder": lambda s: shutil.rmtree(chroma(s)),
    "a file for a folder": lambda s: (shutil.rmtree(chroma(s)), chroma(s).write_text("no folder")),
}


def test_a_damaged_library_is_refused_in_words_and_whole_again_once_mended(three, kept, embedder):
    assert vectors(three)
    for name, damage in DAMAGE.items():
        damage(three)
        with pytest.raises(StoreError) as error:
            open_library(three, embedder)
        assert str(three.library) in error.value.message, name
        assert "copy" in error.value.hint and "ingest" in error.value.hint, name
        shutil.rmtree(three.library)
        shutil.copytree(kept, three.library)
        with open_library(three, embedder) as library:
            assert len(library.articles()) == len(library.passages()) == 1103, name
            assert library.dense("a drink against cancer", 1)[0][0].article == "002-tea", name


@pytest.mark.parametrize("place", ["file", "file/below"])
def test_a_library_that_is_no_folder_is_refused_and_left(tmp_path, embedder, place):
    (tmp_path / "file").write_text("precious")
    with pytest.raises(StoreError, match="cannot be written"):
        open_library(Settings(library=tmp_path / place), embedder)
    assert (tmp_path / "file").read_text() == "precious"


def test_a_library_one_may_not_write_is_refused(three, embedder):
    """Root may write everywhere, so the folder is tried as another user, who has only read access."""
    three.library.parent.chmod(0o755)
    if os.geteuid():
        three.library.chmod(0o500)
        (three.library / "lock").chmod(0o400)
    script = (
        "import os, sys\nfrom pathlib import Path\n"
        "from rag.errors import StoreError\nfrom rag.store.lock import LibraryLock\n"
        "os.chdir(sys.argv[1])\n"
        "if not os.geteuid(): os.setuid(65534)\n"
        "try: LibraryLock(Path('.'))\n"
        "except StoreError as error: print(error.message)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(three.library)], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    three.library.chmod(0o700)
    assert "cannot be written" in done.stdout, done.stderr


def test_a_record_that_is_no_json_names_its_article_which_can_be_removed(three, embedder):
    client = chromadb.PersistentClient(chroma(three), chromadb.config.Settings(anonymized_telemetry=False))
    records = client.get_collection("articles", embedding_function=None)
    facts = records.get(["002-tea"])["metadatas"][0]
    json.loads(facts["record"])
    records.update(["002-tea"], metadatas=[{**facts, "record": "{half"}])
    client.close()
    with open_library(three, embedder) as library:
        with pytest.raises(StoreError, match="002-tea") as error:
            library.articles()
        assert "remove 002-tea" in error.value.hint
        assert library.article("002-knee").id == "002-knee"
        library.remove("002-tea")
        assert [article.id for article in library.articles()] == ["001-sleep", "002-knee"]
