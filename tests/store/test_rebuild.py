"""A library of another model or version is made anew of its own texts; until that is whole the old one counts."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import chromadb
import pytest

from rag.domain import Role, Stage
from rag.errors import IndexMismatch, RagError, StoreError
from rag.intake import rebuild, take_in
from rag.settings import ROOT, Settings
from rag.store.library import open_library

FILES = ROOT / "tests/files"


@pytest.fixture
def filled(settings, embedder) -> Settings:
    """A library of a text, a page and a PDF, whose furniture no rule of reading could tell."""
    with open_library(settings, embedder) as library:
        take_in(library, [str(FILES / "walks.txt"), str(FILES / "walks.pdf"), str(FILES / "walks.html")])
    return settings


def chroma(settings: Settings):
    return chromadb.PersistentClient(settings.library / "chroma", chromadb.config.Settings(anonymized_telemetry=False))


def age(settings: Settings, **facts: object) -> None:
    """Write into the library that another model or version made it."""
    client = chroma(settings)
    made = [c for c in client.list_collections() if c.name.startswith("passages") and c.metadata.get("whole", True)]
    passages = client.get_collection(made[-1].name, embedding_function=None)
    passages.modify(metadata={**passages.metadata, **facts})
    client.close()


def names(settings: Settings) -> set[str]:
    client = chroma(settings)
    try:
        return {found.name.partition("-")[0] for found in client.list_collections()}
    finally:
        client.close()


@pytest.mark.parametrize("facts", [{"fingerprint": "an older model"}, {"schema": 1}])
def test_the_one_command_that_is_named_makes_it_whole_again(filled, embedder, facts):
    with open_library(filled, embedder) as library:
        before = library.articles()
    told: list[int] = []
    for _ in range(2):  # a library that was rebuilt can be rebuilt
        age(filled, **facts)
        with pytest.raises(IndexMismatch) as error:
            open_library(filled, embedder)
        assert "python -m rag rebuild" in error.value.hint
        told.clear()
        done = rebuild(filled, embedder, lambda done, total, name, left: told.append(done))
        assert done.updated == [article.id for article in before] and not done.rejected
        assert told == sorted(told) and told[-1] == 3
        with open_library(filled, embedder) as library:
            assert library.articles() == before
            assert {passage.article for passage, _ in library.dense("walks after meals", 9)} == {a.id for a in before}
    assert names(filled) == {"passages", "articles"}
    folders = [path for path in (filled.library / "chroma").iterdir() if path.is_dir()]
    assert len(folders) <= 2, "the vectors of the old library are still on the disk"


def test_what_an_older_version_wrote_is_read_anew_and_nothing_left_out_comes_back(filled, embedder):
    """Records without what came with the text, and with findings that no rule gives now."""
    with open_library(filled, embedder) as library:
        before = library.articles()
    client = chroma(filled)
    records = client.get_collection("articles", embedding_function=None)
    rows = records.get(include=["metadatas"])
    records.delete(rows["ids"])
    for name, kept in zip(rows["ids"], rows["metadatas"], strict=True):
        record = json.loads(kept["record"]) | {"findings": [], "caveats": [], "stage": "review_opinion"}
        old = {key: told for key, told in kept.items() if key not in ("given", "marks")}
        records.add(name, embeddings=[1.0], metadatas={**old, "record": json.dumps(record)})
    client.close()
    age(filled, schema=1)
    rebuild(filled, embedder)
    with open_library(filled, embedder) as library:
        for was, now in zip(before, library.articles(), strict=True):
            assert (now.text, now.findings, now.stage) == (was.text, was.findings, was.stage)
            assert [s.span for s in now.sentences] == [s.span for s in was.sentences]
            assert now.source.date == was.source.date and now.source.title == was.source.title
        assert any(f.role is Role.RESULT for a in library.articles() for f in a.findings)
        assert all(article.stage is not Stage.REVIEW_OPINION for article in library.articles())


KILLED = """
import os, signal, sys
from pathlib import Path
from rag.intake import rebuild
from rag.settings import Settings
from rag.store import generations, rebuild as module
from rag.store.embed import open_embedder

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

when = sys.argv[2]
if when == "filling":
    module.Rebuild.put = die
elif when == "sealing":
    generations.seal = die
elif when == "clearing":
    real = generations.clear
    generations.clear = lambda door: die() if any("-" in c.name for c in door.client.list_collections()) else real(door)
else:
    module.database.Door.mark = die
rebuild(Settings(library=Path(sys.argv[1])), open_embedder(Settings()))
"""


@pytest.mark.parametrize(
    ("when", "renewed"), [("filling", False), ("sealing", False), ("clearing", True), ("marking", True)]
)
def test_killed_at_any_moment_one_whole_library_is_there(filled, embedder, when, renewed):
    age(filled, fingerprint="an older model")
    done = subprocess.run([sys.executable, "-c", KILLED, str(filled.library), when], cwd=ROOT, timeout=100)
    assert done.returncode == -signal.SIGKILL
    if not renewed:
        with pytest.raises(IndexMismatch):
            open_library(filled, embedder)
        age(filled, fingerprint=embedder.fingerprint)  # the old one is as good as it was
    with open_library(filled, embedder) as library:
        assert [article.id for article in library.articles()] == ["walks", "walks-2", "walks-3"]
        assert len(library.dense("walks", 99)) == len(library.passages())
    assert names(filled) == {"passages", "articles"}
    client = chroma(filled)
    assert len(client.list_collections()) == 2
    client.close()


def test_a_record_that_cannot_be_read_is_named_and_the_others_are_made_anew(filled, embedder):
    client = chroma(filled)
    records = client.get_collection("articles", embedding_function=None)
    facts = records.get(["walks-2"])["metadatas"][0]
    records.update(["walks-2"], metadatas=[{**facts, "record": "{half"}])
    client.close()
    done = rebuild(filled, embedder)
    assert done.updated == ["walks", "walks-3"]
    assert done.rejected[0].source == "walks-2" and "cannot be read" in done.rejected[0].message


def test_where_nothing_is_there_that_is_said(settings, embedder):
    with pytest.raises(StoreError, match="no library") as error:
        rebuild(settings, embedder)
    assert "ingest" in error.value.hint


def test_an_open_library_is_not_made_anew(filled, embedder):
    with open_library(filled, embedder), pytest.raises(RagError, match="open in another program"):
        rebuild(filled, embedder)


def test_the_command_tells_what_it_did(filled, tmp_path: Path):
    age(filled, fingerprint="an older model")
    environment = {**os.environ, "RAG_LIBRARY": str(filled.library)}
    command = [sys.executable, "-m", "rag", "rebuild", "--json"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=100)
    assert json.loads(done.stdout)["rebuilt"] == ["walks", "walks-2", "walks-3"], done.stderr
    assert "3  walks-3" in done.stderr or "/3" in done.stderr
