"""The embedding model: vectors that mean something, the same alone and in company, for any text."""

import threading
from dataclasses import replace

import numpy as np
import pytest

from rag.errors import SettingsError, StoreError
from rag.settings import ROOT, Settings
from rag.store.embed import MiniLM, open_embedder
from rag.store.weights import DIGESTS, locate

ODD = ["", " \n", "😀😀 💊", "癌症", "\x00\x01\xff", "half a pair \ud83d", "word " * 10_000, "x" * 20_000]


def cosine(embedder, one: str, other: str) -> float:
    return float(np.dot(embedder.embed_query(one), embedder.embed_query(other)))


@pytest.mark.parametrize(
    ("text", "near", "far"),
    [
        (
            "The pill made tumors in mice smaller.",
            "Mouse tumours shrank under the drug.",
            "The train left an hour late.",
        ),
        ("Does it have side effects?", "What harms did the medicine cause?", "Who won the election?"),
        ("Thirty people took part in the trial.", "The study enrolled 30 patients.", "Bake the bread for an hour."),
    ],
)
def test_a_paraphrase_is_nearer_than_another_subject(embedder, text, near, far):
    assert cosine(embedder, text, near) > cosine(embedder, text, far) + 0.2


def test_vectors_are_those_of_the_published_model_but_for_the_rounding(embedder):
    """The first numbers as a forward pass in float64 NumPy gives them, written apart from the graph."""
    vector = embedder.embed_query("Only 36 people took part.")
    assert vector[:4] == pytest.approx([0.13826454, 0.00328689, 0.05216393, -0.02122096], abs=0.02)


@pytest.mark.parametrize("text", ODD, ids=lambda text: repr(text[:12]))
def test_any_text_has_a_vector_of_384_numbers_and_length_1(embedder, text):
    vector = embedder.embed_query(text)
    assert len(vector) == 384
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


def test_a_text_has_exactly_the_same_vector_alone_and_among_others_in_their_order(embedder):
    texts = [*ODD, *(f"Sentence number {n} of many" + ", and so on" * (n % 9) for n in range(80))]
    together = np.array(embedder.embed_documents(texts))
    alone = np.array([embedder.embed_query(text) for text in texts])
    assert (together == alone).all()


def test_nothing_to_embed_is_no_vector(embedder):
    assert embedder.embed_documents([]) == []


def test_what_is_beyond_256_tokens_does_not_count(embedder):
    assert cosine(embedder, "word " * 300, "word " * 300 + "tumor") == pytest.approx(1, abs=1e-6)


def test_threads_get_the_vectors_they_asked_for(embedder):
    texts = [f"Question {n} about medicine {n * n}" for n in range(8)]
    expected, found = embedder.embed_documents(texts), {}

    def ask(n: int) -> None:
        found[n] = [embedder.embed_query(texts[n]) for _ in range(5)]

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for n in range(8):
        assert np.abs(np.array(found[n]) - expected[n]).max() < 1e-5


def test_the_fingerprint_names_the_model_and_its_weights(embedder):
    assert embedder.fingerprint.startswith("all-MiniLM-L6-v2")
    assert DIGESTS["model.safetensors"][:16] in embedder.fingerprint


def test_another_model_is_refused_with_the_one_there_is():
    with pytest.raises(SettingsError) as refused:
        open_embedder(replace(Settings(), embedding="all-mpnet-base-v2"))
    assert "all-mpnet-base-v2" in refused.value.message
    assert "all-MiniLM-L6-v2" in refused.value.hint


@pytest.mark.parametrize("content", [b"", b"not a graph", None], ids=["empty", "text", "cut short"])
def test_a_damaged_graph_is_named(tmp_path, embedder, content):
    whole = next((ROOT / ".cache").glob("*.onnx"))
    graph = tmp_path / "damaged.onnx"
    graph.write_bytes(whole.read_bytes()[: 1 << 20] if content is None else content)
    with pytest.raises(StoreError) as damaged:
        MiniLM(graph, locate("tokenizer.json"))
    assert str(graph) in damaged.value.hint
