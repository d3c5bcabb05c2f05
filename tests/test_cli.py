"""The command line as other programs call it: a process of its own, JSON on standard output."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from rag.settings import ROOT


def rag(*arguments: str, given: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "rag", *arguments], cwd=ROOT, capture_output=True, text=True, input=given, timeout=100
    )


def test_a_library_is_built_listed_asked_and_emptied(tmp_path: Path) -> None:
    seed = next(path for path in sorted((ROOT / "seeds").glob("003*.txt")))
    made = json.loads(rag("ingest", str(seed), "--json").stdout)
    assert made["added"] == made["articles"] == [seed.stem]
    assert json.loads(rag("ingest", str(seed), "--json").stdout)["unchanged"] == [seed.stem]

    [listed] = json.loads(rag("articles", "003", "--text", "--json").stdout)["articles"]
    assert listed["text"] == seed.read_bytes().decode("utf8")
    assert listed["stage"] == "animal" and listed["date"] == "2010-04-06"

    found = json.loads(rag("search", "blood vessels", "--k", "2", "--json").stdout)
    assert all(listed["text"][hit["start"] : hit["end"]] == hit["quote"] for hit in found["hits"])

    asked = [
        {"id": "a", "question": "What does beta interferon do to tumors?"},
        {"id": "b"},
        "no object",
        {"id": "c", "question": "?"},
    ]
    rows = "\n".join(json.dumps(row) for row in asked)
    answers = [json.loads(line) for line in rag("ask", "--batch", "-", "--json", given=rows).stdout.splitlines()]
    assert [answer["id"] for answer in answers] == ["a", "b", 3, "c"]
    assert answers[0]["outcome"] == "written"
    for claim in (line for section in answers[0]["sections"] for line in section["lines"] if line["kind"] == "claim"):
        for citation in claim["citations"]:
            assert listed["text"][citation["start"] : citation["end"]] == citation["quote"]
    assert all(answer["error"]["message"] and answer["error"]["hint"] for answer in answers[1:])

    assert json.loads(rag("remove", "003", "--json").stdout)["removed"] == [seed.stem]
    assert json.loads(rag("articles", "--json").stdout) == {"articles": []}


def test_a_file_is_appraised_without_a_library(tmp_path: Path) -> None:
    path = tmp_path / "news.txt"
    path.write_text(
        "Zinc helps mice sleep\n\nResearchers gave zinc to 40 mice. The mice slept 20% longer than untreated mice.\n"
    )
    appraisal = json.loads(rag("appraise", str(path), "--json").stdout)
    assert appraisal["stage"] == "animal"
    assert {caveat["id"] for caveat in appraisal["caveats"]} >= {"not_in_humans", "undated"}
    for finding in appraisal["findings"]:
        assert appraisal["text"][finding["start"] : finding["end"]] == finding["quote"]
    assert not (tmp_path / "library").exists()


def test_a_folder_is_appraised_file_by_file_and_a_bad_one_is_named(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(
            "Zinc and sleep\n\nForty mice were given zinc. The mice slept 20% longer than others.\n"
        )
    done = rag("appraise", str(tmp_path), "--json")
    assert [a["origin"] for a in json.loads(done.stdout)["appraisals"]] == ["a.txt", "b.txt"]
    missing = rag("appraise", str(tmp_path / "a.txt"), str(tmp_path / "gone.txt"), "--json")
    assert json.loads(missing.stdout)["origin"] == "a.txt"
    assert missing.returncode == 1 and "gone.txt" in missing.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("ask", ""), "There is no question"),
        (("ingest", "nowhere.txt"), "nowhere.txt"),
        (("articles", "nothing"), "library is empty"),
        (("ask", "--batch", "nowhere.jsonl"), "nowhere.jsonl"),
    ],
)
def test_a_refusal_says_what_to_do(arguments: tuple[str, ...], words: str) -> None:
    done = rag(*arguments)
    assert done.returncode == 1
    assert words in done.stderr and "Try: " in done.stderr and "Traceback" not in done.stderr


def test_wrong_usage_is_told_apart() -> None:
    assert rag("frobnicate").returncode == 2


def test_every_command_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf8")
    listed = (
        rag("--help").stdout.split("COMMAND\n", 1)[1].split("\n\n")[0] if "COMMAND\n" in rag("--help").stdout else ""
    )
    commands = [line.split()[0] for line in listed.splitlines() if line.startswith("    ") and line[4] != " "]
    assert {"ingest", "ask", "doctor", "serve"} <= set(commands)
    assert not [name for name in commands if f"| `{name} " not in readme and f"| `{name}`" not in readme]


def test_the_doctor_says_what_is_there() -> None:
    done = rag("doctor", "--json")
    checks = {row["what"]: row for row in json.loads(done.stdout)["checks"]}
    assert checks["chromadb"]["ok"] and checks["embedding weights"]["ok"]
    assert "extractive" in checks["writer"]["found"]
