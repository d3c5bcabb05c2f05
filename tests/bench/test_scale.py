"""The bench on size and this project's side of the comparison, with very little to do."""

import json
import os
import subprocess
import sys

import pytest

from rag.settings import ROOT
from tests.bench import scale


@pytest.mark.timeout(120)
def test_a_small_library_is_filled_searched_and_told_of():
    told: list[str] = []
    row = scale.measured(30, told.append)
    assert told == ["30 passages: fill", "30 passages: search"]
    assert 0 < row["p50"] <= row["p95"] and row["peak"] > 50 and row["disk"] > 0
    assert "1.00" in list(scale.lines([row]))[-1]


@pytest.mark.timeout(120)
def test_this_project_s_side_reads_in_searches_and_prints_one_object(tmp_path):
    texts = {"zinc": "Zinc helps mice sleep\n\nForty mice were given zinc.", "tea": "Tea\n\nTea slowed tumor cells."}
    lines = [json.dumps({"id": name, "text": text}) for name, text in texts.items()]
    (tmp_path / "corpus.jsonl").write_text("\n".join(lines), "utf8")
    (tmp_path / "questions.json").write_text(json.dumps(["Did mice sleep longer?"]), "utf8")
    command = [sys.executable, "-m", "tests.bench.ours", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ}, capture_output=True, text=True, check=True)
    figures = json.loads(done.stdout.splitlines()[-1])
    assert figures["ingest"] > 0 and len(figures["query"]) == 1
    assert {found[0] for found in figures["ranked"][0].values()} == {"zinc"}
