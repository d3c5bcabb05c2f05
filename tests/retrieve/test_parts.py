"""A question of two parts gets a sentence for each."""

import pytest

from rag.question import Asks, Request
from rag.retrieve.parts import open_first, parts
from rag.retrieve.reading import read


@pytest.mark.parametrize(
    ("question", "many"),
    [
        ("How many people wore the brace, and who led the trial?", 2),
        ("What is allifen and what did it do?", 2),
        ("How many people wore the brace?", 0),
        ("Did the brace work, and was it safe?", 0),
        ("What did the salt and pepper study find?", 0),
    ],
)
def test_two_things_asked_are_two_parts(question, many):
    assert len(parts(read(question))) == many


def test_what_the_first_line_tells_comes_last():
    asked = parts(read("Which journal published the brace trial, and who led the brace trial?"))
    assert [Asks.JOURNAL in part.asks for part in open_first(asked, "Walking Medicine")] == [False, True]


def test_each_part_is_answered(chain):
    brief = chain.invoke(Request("Who led the knee brace trial, and how many people took part in it?"))
    said = " ".join(citation.span.text for citation in brief.citations)
    assert "Solheim" in said and "240" in said
