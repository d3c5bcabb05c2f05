import pytest

from rag.domain import Source
from rag.export.plaintext import day, source_line


@pytest.mark.parametrize(
    ("date", "read"),
    [("2010-04-06", "6 April 2010"), ("2013-03", "March 2013"), ("2010", "2010"), (None, "no date")],
)
def test_a_date_is_read_as_precisely_as_it_was_stated(date: str | None, read: str) -> None:
    assert day(date) == read


def test_a_source_says_what_is_not_stated() -> None:
    assert source_line(Source("Rats run", "a.txt")) == "“Rats run” (outlet not stated, no date)"
    full = Source("Rats run", "a.txt", outlet="The Echo", date="2020-01-02", journal="Gait")
    assert source_line(full) == "“Rats run” (The Echo, 2 January 2020; study in Gait)"
