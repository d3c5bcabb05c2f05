"""The weights: found, checked, built once; each way it can go wrong is said with what to do."""

import os
import subprocess
import sys
from importlib import metadata

import pytest

from rag.errors import StoreError
from rag.settings import ROOT
from rag.store import weights


class Package(metadata.Distribution):
    """An installed package whose files are in a folder of the test's."""

    def __init__(self, root):
        self.root = root

    def read_text(self, filename):
        return None

    def locate_file(self, path):
        return self.root / path


@pytest.fixture
def package(tmp_path, monkeypatch):
    """The folder of a weights package that a test may spoil."""
    folder = tmp_path / weights.FOLDER
    folder.mkdir(parents=True)
    real = metadata.distribution
    monkeypatch.setattr(
        metadata, "distribution", lambda name: Package(tmp_path) if name == weights.PACKAGE else real(name)
    )
    return folder


def test_the_installed_files_are_the_published_ones():
    found = weights.find_weights()
    assert (found.model.name, found.tokenizer.name) == tuple(weights.DIGESTS)


def test_a_package_that_is_not_installed_is_said_with_the_command(monkeypatch):
    monkeypatch.setattr(weights, "PACKAGE", "no-such-package-of-weights")
    with pytest.raises(StoreError) as missing:
        weights.locate("model.safetensors")
    assert "not installed" in missing.value.message
    assert "--require-hashes" in missing.value.hint


def test_a_file_missing_from_the_package_is_said(package):
    with pytest.raises(StoreError, match="not installed"):
        weights.locate("tokenizer.json")


@pytest.mark.parametrize("name", weights.DIGESTS)
def test_other_weights_are_refused(package, name):
    (package / name).write_bytes(b"something else")
    with pytest.raises(StoreError) as refused:
        weights.locate(name)
    assert "SHA-256" in refused.value.message
    assert "--force-reinstall" in refused.value.hint


def test_other_weights_make_no_graph(package, tmp_path):
    (package / "model.safetensors").write_bytes(b"something else")
    with pytest.raises(StoreError):
        weights.graph(tmp_path / "cache")
    assert not (tmp_path / "cache").exists()


def test_the_graph_is_built_once_and_nothing_else_is_left(tmp_path):
    built = weights.graph(tmp_path / "cache")
    stamp = built.stat().st_mtime_ns
    assert weights.graph(tmp_path / "cache") == built
    assert built.stat().st_mtime_ns == stamp
    assert os.listdir(built.parent) == [built.name]


def test_a_cache_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "file").write_text("in the way", encoding="utf8")
    with pytest.raises(StoreError) as unwritable:
        weights.graph(tmp_path / "file" / "cache")
    assert "RAG_CACHE" in unwritable.value.hint


def test_a_build_that_breaks_off_leaves_no_graph(tmp_path):
    class Full:
        def SerializeToString(self):
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        weights._write(Full(), tmp_path / "graph.onnx")
    assert os.listdir(tmp_path) == []


def test_the_command_reports_a_fault_without_a_traceback(tmp_path):
    (tmp_path / "file").write_text("in the way", encoding="utf8")
    command = [sys.executable, "-m", "rag.store.weights"]
    environ = {**os.environ, "RAG_CACHE": str(tmp_path / "file" / "cache")}
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Error: " in done.stderr
    assert "Try: " in done.stderr
    assert "Traceback" not in done.stderr
