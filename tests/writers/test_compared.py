"""Articles side by side: what each cell holds."""

from dataclasses import replace

from rag.claim import Draft, Note
from rag.domain import Source
from rag.question import Asks, Pick
from rag.writers.compared import compared


def test_a_row_says_what_it_is_what_it_was_tested_in_how_many_and_what_it_saw(article, evidence):
    told = evidence(1, asks=Asks.COMPARE, of=replace(article(), source=Source("Kidney scars", "a1.txt", "The Gazette")))
    cells = [cell for heading, cell in compared(told) if heading.id == "heading_compared"]
    *notes, saw = cells
    assert [note.text for note in notes if isinstance(note, Note)] == [
        "“Kidney scars” (The Gazette)",
        "Animals",
        "no people took part",
    ]
    assert isinstance(saw, Draft) and "30% smaller" in saw.text


def test_an_article_without_a_sentence_keeps_its_row_whole(evidence):
    cells = list(compared(evidence(asks=Asks.COMPARE)))
    assert len(cells) == 4 and isinstance(cells[-1][1], Note)


def test_the_cells_speak_the_language_of_the_question(evidence):
    cells = [cell for _, cell in compared(evidence(1, asks=Asks.COMPARE, language="es"))]
    assert isinstance(cells[1], Note) and cells[1].text == "Animales"


def test_results_that_go_opposite_ways_are_told_below_the_table(article, evidence):
    up, down = "The drug gave 20% more killer cells in mice.", "The drug gave 20% fewer killer cells in mice."
    one, two = (article(("Mice got a drug.", text, "It ended."), name) for name, text in (("a1", up), ("a2", down)))
    told = evidence(asks=Asks.COMPARE, of=one)
    picks = tuple(Pick(of, of.sentences[1], 0.9) for of in (one, two))
    lines = list(compared(replace(told, articles=(one, two), picks=picks)))
    said = [cell.text for heading, cell in lines if heading.id == "heading_differ"]
    assert len(said) == 1 and "killer cells" in said[0] and "up in [1], down in [2]" in said[0]
    same = tuple(Pick(one, one.sentences[1], 0.9) for _ in range(1))
    assert not [h for h, _ in compared(replace(told, articles=(one,), picks=same)) if h.id == "heading_differ"]
