"""The search command's filters, as another program gives them and reads what it may have missed."""

import json

import pytest

from rag.cli import main

ARTICLES = {
    "mice": "Zinc helps mice sleep\n\nMarch 3, 2024\n\nForty mice were given zinc. The mice slept 20% longer.\n",
    "nurses": "Naps help nurses\n\nJune 9, 2026\n\nIn a trial, 48 nurses took naps. The nurses slept 9% longer.\n",
    "undated": "Milk helps toads sleep\n\nForty toads were given milk. The toads slept 30% longer.\n",
}
"""Two with a date and one without."""


@pytest.fixture
def library(tmp_path, capsys) -> None:
    for name, text in ARTICLES.items():
        (tmp_path / f"{name}.txt").write_text(text, "utf8")
    assert main(["ingest", *(str(tmp_path / f"{name}.txt") for name in ARTICLES)]) == 0
    capsys.readouterr()


def searched(capsys: pytest.CaptureFixture[str], *given: str) -> tuple[set[str], list[str]]:
    assert main(["search", "Who slept longer?", "--json", *given]) == 0
    found = json.loads(capsys.readouterr().out)
    return {hit["article"] for hit in found["hits"]}, found["notices"]


def test_a_date_filter_says_that_an_undated_article_was_not_searched(library, capsys):
    found, notices = searched(capsys, "--since", "2025")
    assert found == {"nurses"} and len(notices) == 1 and "1 article is not searched" in notices[0]
    assert searched(capsys, "--since", "2024-03", "--until", "2024")[0] == {"mice"}


def test_a_stage_filter_keeps_the_articles_of_that_stage(library, capsys):
    found, notices = searched(capsys, "--stage", "animal")
    assert "mice" in found and "nurses" not in found and notices == []


def test_without_a_filter_all_are_searched_and_nothing_is_said(library, capsys):
    assert searched(capsys) == (set(ARTICLES), [])


def test_a_filter_that_nothing_fits_says_so(library, capsys):
    assert searched(capsys, "--outlet", "The Daily Nowhere") == (set(), ["No article fits the filter."])


def test_a_filter_that_means_nothing_is_refused_with_what_to_write(library, capsys):
    assert main(["search", "sleep", "--since", "yesterday"]) == 1
    told = capsys.readouterr().err
    assert "yesterday" in told and "Try: " in told


def test_each_row_of_a_batch_may_have_filters_of_its_own(library, capsys, tmp_path):
    rows = [{"id": 1, "query": "sleep", "since": "2026"}, {"id": 2, "query": "sleep", "until": "2024"}]
    (tmp_path / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf8")
    assert main(["search", "--batch", str(tmp_path / "rows.jsonl"), "--json"]) == 0
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert {hit["article"] for hit in first["hits"]} == {"nurses"} and first["notices"]
    assert {hit["article"] for hit in second["hits"]} == {"mice"}


BAD_ROWS = [
    ("appraise", {"text": "Forty mice slept.", "date": 20240303.0}, "The date is not a text"),
    ("appraise", {"text": "Forty mice slept.", "title": ["Zinc"]}, "The title is not a text"),
    ("ask", {"question": "Who slept longer?", "history": "Was it tested in mice?"}, "not a list of messages"),
    ("ask", {"question": "Who slept longer?", "history": [{"role": "user"}]}, "not a list of messages"),
    ("ask", {"question": "Who slept longer?", "history": [None]}, "not a list of messages"),
]


@pytest.mark.parametrize(("command", "bad", "told"), BAD_ROWS)
def test_a_row_of_the_wrong_shape_is_an_error_of_its_own_and_the_next_is_answered(
    library, capsys, tmp_path, command, bad, told
):
    good = {"id": "good", "text": "Forty mice slept.", "question": "Who slept longer?"}
    (tmp_path / "rows.jsonl").write_text("\n".join(map(json.dumps, [{"id": "bad", **bad}, good])), "utf8")
    assert main([command, "--batch", str(tmp_path / "rows.jsonl"), "--json"]) == 0
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert first["id"] == "bad" and told in first["error"]["message"] and first["error"]["hint"]
    assert second["id"] == "good" and "error" not in second


@pytest.mark.parametrize(
    ("held", "told"), [(None, "cannot be read"), (b"{", "is not JSON"), (b"{}", "not a list"), (b"\xff\xfe", "UTF-8")]
)
def test_a_history_that_cannot_be_read_says_why(library, capsys, tmp_path, held, told):
    history = tmp_path / "history.json"
    if held is not None:
        history.write_bytes(held)
    assert main(["ask", "Who slept longer?", "--history", str(history)]) == 1
    said = capsys.readouterr().err
    assert told in said and "Try: " in said
