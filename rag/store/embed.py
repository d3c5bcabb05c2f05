"""The embedding model: all-MiniLM-L6-v2 on onnxruntime, three times as quick on a short question as with torch."""

import os
from concurrent.futures import ThreadPoolExecutor
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
FEW = 3
"""Texts that are embedded sooner than other threads are woken."""


class MiniLM(Embeddings):
    """Texts to vectors of 384 floats and length 1. Holds no state of a caller, so many threads may use one."""

    def __init__(self, graph: Path, tokenizer: Path) -> None:
        import onnxruntime
        from onnxruntime.capi import onnxruntime_pybind11_state as faults
        from tokenizers import Tokenizer

        onnxruntime.disable_telemetry_events()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1  # each text has a thread of ours
        options.enable_mem_pattern = options.enable_cpu_mem_arena = False  # texts of every length: nothing to plan for
        options.log_severity_level = 3
        self._workers = ThreadPoolExecutor(os.cpu_count() or 1, "embed")
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
        if len(tokens) <= FEW:
            return [self._run(ids) for ids in tokens]
        longest = sorted(range(len(tokens)), key=lambda i: -len(tokens[i]))  # first, so that the cores end together
        made = dict(zip(longest, self._workers.map(lambda i: self._run(tokens[i]), longest), strict=True))
        return [made[i] for i in range(len(tokens))]

    def embed_query(self, text: str) -> list[float]:
        """Embed one text."""
        return self.embed_documents([text])[0]

    def _run(self, ids: list[int]) -> list[float]:
        vector: list[float] = self._session.run(["vector"], {"ids": np.array([ids], np.int64)})[0][0].tolist()
        return vector


def _readable(text: str) -> str:
    """Half a surrogate pair, which JSON can carry and the tokenizer refuses, becomes a question mark."""
    return text.encode("utf8", "replace").decode("utf8")


def open_embedder(settings: Settings) -> MiniLM:
    """Open the model the settings name. Raises SettingsError for an unknown one, StoreError for bad weights."""
    if settings.embedding != MODEL:
        message = f"RAG_EMBEDDING is {settings.embedding!r}, a model that is not there."
        raise SettingsError(message, f"Leave it unset, or set it to {MODEL}.")
    return MiniLM(weights.graph(settings.cache), weights.locate("tokenizer.json"))
