"""The commands summarise and explain: text, JSON, files and rows, and a clear word where something is missing."""

import io
import json
import os
import subprocess
import sys

import pytest

from rag.cli import main
from rag.settings import ROOT


@pytest.fixture(scope="module")
def library(tmp_path_factory, embedder):
    from rag.intake import take_in
    from rag.settings import Settings
    from rag.store.library import open_library

    folder = tmp_path_factory.mktemp("printing") / "library"
    with open_library(Settings(library=folder), embedder) as held:
        take_in(held, [str(ROOT / "seeds")])
    return folder


@pytest.fixture
def run(library, monkeypatch, capsys):
    monkeypatch.setenv("RAG_LIBRARY", str(library))

    def _run(*argv):
        status = main(list(argv))
        said = capsys.readouterr()
        return status, said.out, said.err

    return _run


@pytest.mark.parametrize(("command", "kind"), [("summarise", "summary"), ("explain", "explainer")])
def test_an_article_is_told_as_contracted(run, command, kind):
    status, out, err = run(command, "003", "--level", "simple", "--json")
    brief = json.loads(out)
    assert (status, err) == (0, "")
    assert brief["kind"] == kind and brief["outcome"] == "written"
    assert brief["grade"] <= 7 and "mice" in brief["bottom_line"]
    assert all(line["citations"] for s in brief["sections"] for line in s["lines"] if line["kind"] == "claim")


def test_a_topic_is_explained_from_the_article_that_fits_it(run):
    status, out, _ = run("explain", "beta interferon and blood vessels")
    assert status == 0 and "Explained: Mice" in out and "“Immune defense blocks cancer growth”" in out


def test_a_topic_is_summarised_across_its_articles(run):
    status, out, err = run("summarise", "T cells", "--json")
    brief = json.loads(out)
    assert (status, err) == (0, "")
    assert brief["kind"] == "summary" and len(brief["sources"]) > 1


@pytest.mark.parametrize(("form", "begins"), [("md", "# Explained"), ("html", "<!doctype html>"), ("csv", "kind,text")])
def test_a_file_is_written_where_it_is_asked_for(run, tmp_path, form, begins):
    path = tmp_path / f"out.{form}"
    assert run("explain", "003", "--format", form, "-o", str(path)) == (0, "", "")
    text = path.read_bytes().decode("utf-8-sig")
    assert text.startswith(begins)


@pytest.mark.parametrize(("form", "begins"), [("pdf", b"%PDF-"), ("docx", b"PK")])
@pytest.mark.parametrize("command", ["summarise", "explain"])
def test_a_file_that_is_no_text_is_written_too(run, tmp_path, command, form, begins):
    path = tmp_path / f"out.{form}"
    assert run(command, "003", "--format", form, "-o", str(path)) == (0, "", "")
    assert path.read_bytes().startswith(begins)


@pytest.mark.parametrize("form", ["md", "pdf"])
def test_a_file_goes_to_standard_output_byte_by_byte(library, form):
    command = [sys.executable, "-m", "rag", "explain", "003", "--format", form]
    environment = os.environ | {"RAG_LIBRARY": str(library)}
    made = subprocess.run(command, capture_output=True, cwd=ROOT, env=environment, timeout=90, check=True).stdout
    assert made.startswith(b"%PDF-" if form == "pdf" else b"# Explained")


def test_rows_are_answered_in_order_and_a_bad_one_does_not_stop_the_others(run, monkeypatch):
    rows = [{"id": "a", "article": "003"}, {"id": "b", "article": "no"}, {"id": "c", "article": "001", "level": "odd"}]
    rows.append({"id": "d", "topic": "polyamines"})
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(map(json.dumps, rows))))
    _, out, _ = run("explain", "--batch", "-")
    found = [json.loads(line) for line in out.splitlines()]
    assert [row["id"] for row in found] == ["a", "b", "c", "d"]
    assert found[0]["kind"] == found[3]["kind"] == "explainer"
    assert "There is no article 'no'" in found[1]["error"]["message"]
    assert "no level 'odd'" in found[2]["error"]["message"]


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (["summarise", "zzz"], "There is no article 'zzz'"),
        (["summarise"], "no name of an article or a topic"),
        (["explain", " "], "no name of an article or a topic"),
        (["explain", "003", "-o", "x.html"], "what kind of file"),
        (["explain", "003", "--format", "md", "-o", "/no/such/folder/x.md"], "cannot be written"),
    ],
)
def test_what_cannot_be_done_is_said_with_what_to_do(run, argv, says):
    status, out, err = run(*argv)
    assert (status, out) == (1, "") and says in err and "Try: " in err


def test_articles_on_a_topic_are_set_side_by_side(run):
    brief = json.loads(run("explain", "T cells", "--json")[1])
    studies = next(section for section in brief["sections"] if section["heading"] == "The studies, side by side")
    assert len(brief["sources"]) > 1 and len(studies["lines"]) == len(studies["columns"]) * len(brief["sources"])


def test_a_leaflet_is_in_the_language_asked_for_or_in_that_of_its_topic(run):
    asked = json.loads(run("summarise", "003", "--language", "es", "--json")[1])
    topic = json.loads(run("explain", "¿Qué se sabe sobre el interferón y los tumores?", "--json")[1])
    assert asked["language"] == topic["language"] == "es"
    assert asked["title"] == "En breve: Ratones" and "Las citas están en inglés" in " ".join(asked["notices"])


def test_a_topic_the_library_lacks_names_what_it_covers(run):
    brief = json.loads(run("explain", "dementia in dogs", "--json")[1])
    assert brief["outcome"] == "not_found" and not brief["sources"]
    assert "Immune defense blocks cancer growth" in brief["text"]


@pytest.mark.parametrize(
    ("topic", "outcome"), [("should I stop my antidepressant", "advice"), ("I want to die", "crisis")]
)
def test_a_topic_passes_the_gates(run, topic, outcome):
    assert json.loads(run("explain", topic, "--json")[1])["outcome"] == outcome
