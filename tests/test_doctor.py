"""The doctor: what it finds, and what it says to do."""

from pathlib import Path

from rag.doctor import examine
from rag.settings import ROOT, Settings


def found(settings: Settings) -> dict[str, dict[str, object]]:
    return {row["what"]: row for row in examine(settings)}


def test_it_says_where_things_are_and_opens_nothing(tmp_path: Path) -> None:
    checks = found(Settings(library=tmp_path / "library", cache=ROOT / ".cache"))
    assert all(row["ok"] for row in checks.values())
    assert "first use" in str(checks["library"]["found"])
    assert not (tmp_path / "library").exists()


def test_a_file_where_the_library_should_be_is_told_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "library").write_text("a file")
    row = found(Settings(library=tmp_path / "library", cache=ROOT / ".cache"))["library"]
    assert not row["ok"] and "RAG_LIBRARY" in str(row["hint"])


def test_it_says_who_sees_the_question(tmp_path: Path) -> None:
    assert "nothing leaves" in str(found(Settings(library=tmp_path))["writer"]["found"])
    model = Settings(library=tmp_path, model="small", base_url="http://127.0.0.1:9/v1", api_key="sk-secret")
    said = str(found(model))
    assert "http://127.0.0.1:9/v1" in said and "sk-secret" not in said
