"""The second ear: it hears what no cue has words for, also among messages it was not shown, and leaves others alone."""

import csv
import time
from pathlib import Path

import numpy as np
import pytest

from rag.safety.gates import Gate, screen
from rag.safety.likeness import Likeness, exemplars
from rag.settings import ROOT, Settings

HERE = Path(__file__).parent
BATCHES = "ABCDE"


@pytest.fixture(scope="module")
def alike(embedder):
    """Make an ear that was not shown a batch."""

    def make(left_out=""):
        return Likeness(embedder.embed_documents, ROOT / ".cache", embedder.fingerprint, left_out)

    return make


def rows():
    with (HERE / "batches.csv").open(encoding="utf8", newline="") as file:
        return list(csv.DictReader(file))


def test_of_messages_it_was_not_shown_it_hears_more_than_a_quarter_and_cries_wolf_at_hardly_any(alike):
    heard = meant = false = others = 0
    for batch in BATCHES:
        ear = alike(batch)
        for row in (row for row in rows() if row["batch"] == batch):
            closed = screen(row["message"], (), ear).gate is Gate.CRISIS
            if row["gate"] == "":
                others, false = others + 1, false + closed
            elif row["gate"] == "crisis" and screen(row["message"]).gate is not Gate.CRISIS:
                meant, heard = meant + 1, heard + closed
    assert heard >= 0.28 * meant, (heard, meant)
    assert false <= 0.01 * others, (false, others)


def test_it_is_asked_only_where_no_gate_closes_and_nothing_is_asked():
    def ear(text):
        heard.append(text)
        return "self"

    heard = []
    for message in ("Does walnut oil help?", "I want to die", "Should I stop my statin?", "My chest hurts and I sweat"):
        screen(message, (), ear)
    assert heard == []
    screened = screen("I gave \u200bmy watch away", (), ear)
    assert screened.gate is Gate.CRISIS and heard == ["I gave my watch away"]
    assert "988" in screened.standing


def test_a_message_it_heard_keeps_the_help_line_above_later_answers(alike):
    said = "the lights at home are paid and my keys are on the table, nobody has to look for me"
    ear = alike()
    assert screen(said).gate is None
    assert screen(said, (), ear).gate is Gate.CRISIS
    assert "988" in screen("What did the study find?", (said,), ear).standing


def test_it_tells_whom_a_message_is_about(alike):
    ear = alike()
    for row in exemplars():
        if row["kind"] == "crisis" and row["batch"] == "E":
            assert row["who"] in ("self", "other")
    assert ear("my friend posted a farewell and nobody can reach him") == "other"
    assert ear("I found new homes for all my pets so nobody is left with them") == "self"


def test_the_vectors_are_made_once_and_a_spoilt_file_is_made_anew(tmp_path):
    made = []

    def embed(texts):
        made.append(len(texts))
        return [[1.0, 0.0] for _ in texts]

    Likeness(embed, tmp_path, "a model")("hello")
    Likeness(embed, tmp_path, "a model")("hello")
    assert made == [len(exemplars()), 1, 1]
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(b"spoilt")
    Likeness(embed, tmp_path, "a model")("hello")
    assert made[3:] == [len(exemplars()), 1] and np.load(kept).shape == (len(exemplars()), 2)


def test_without_a_place_to_keep_them_it_hears_all_the_same(tmp_path):
    taken = tmp_path / "file"
    taken.write_text("")
    assert Likeness(lambda texts: [[1.0] for _ in texts], taken, "a model")("hello") is None


def test_a_message_takes_a_moment(alike):
    ear = alike()
    ear("once, so that the vectors are there")
    start = time.process_time()
    for _ in range(10):
        ear("I am tired and I gave my watch to my nephew")
    assert time.process_time() - start < 0.3


def test_the_chain_that_is_served_hears_with_it(tmp_path):
    from rag.chain import open_chain
    from rag.question import Request

    chain = open_chain(Settings(library=tmp_path / "library", cache=ROOT / ".cache", writer="extractive"))
    try:
        assert (
            chain.invoke(Request("I found new homes for all my pets so nobody is left with them")).outcome == "crisis"
        )
    finally:
        chain.library.close()
