"""Token counts for a prompt's budget: exact where tiktoken's vocabulary lies in a local folder, else an estimate.

tiktoken's own loader asks the network for a file that is missing or damaged. So the file is read and verified here and
only the encoder is tiktoken's: counting opens no connection. `python -m rag.text.tokens` fetches them at set-up."""

import base64
import csv
import hashlib
import os
import re
import sys
import tempfile
import urllib.error
import urllib.request
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from rag.settings import Settings

if TYPE_CHECKING:
    import tiktoken

DEFAULT = "o200k_base"
TIMEOUT = 30.0
"""Seconds the set-up waits for one vocabulary."""
LONGEST_BLANK = 1_000
"""tiktoken 0.14 aborts on 300,000 to 1,000,000 blanks in a row; no honest text has a thousand."""
BLANKS = re.compile(rf"\s{{{LONGEST_BLANK + 1},}}")
PIECES = re.compile(r"(?P<word>[A-Za-zÀ-ɏ]+)|\d{1,3}|\s{2,80}|\n|[^\sA-Za-zÀ-ɏ\d]")
"""What an estimate counts: a Latin word, three digits, a run of blanks, any other sign."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """One of tiktoken's vocabularies: its address, its digest, and the pattern that cuts a text into words."""

    name: str
    url: str
    sha256: str
    pattern: str

    @property
    def file(self) -> str:
        """The name tiktoken's cache gives the file: the SHA-1 of its address."""
        return hashlib.sha1(self.url.encode(), usedforsecurity=False).hexdigest()

    def verified(self, data: bytes) -> bool:
        """Whether these are the published bytes."""
        return hashlib.sha256(data).hexdigest() == self.sha256


@cache
def vocabularies() -> dict[str, Vocabulary]:
    """The vocabularies known, by name, read once from `vocabularies.csv`."""
    lines = resources.files("rag.text").joinpath("vocabularies.csv").read_text(encoding="utf8").splitlines()
    rows = csv.DictReader(lines)
    return {row["name"]: Vocabulary(row["name"], row["url"], row["sha256"], row["pattern"]) for row in rows}


def folder() -> Path:
    """Where the vocabularies lie: `TIKTOKEN_CACHE_DIR` where set, else `tiktoken` in the cache of the settings."""
    named = os.environ.get("TIKTOKEN_CACHE_DIR", "").strip()
    return Path(named) if named else Settings.from_env().cache / "tiktoken"


def count(text: str, model: str | None) -> tuple[int, bool]:
    """Count a text's tokens as a model reads them, and say whether the count is exact.

    Exact for a model whose vocabulary tiktoken knows and whose file is here. A model tiktoken does not know is counted
    with `o200k_base`, and a missing file is made up for by `estimate`: both are not exact.
    """
    name, known = _vocabulary(model)
    encoder = load(vocabularies()[name], folder())
    if encoder is None:
        return estimate(text), False
    short = BLANKS.sub(lambda blanks: blanks[0][:LONGEST_BLANK], text)
    return len(encoder.encode_ordinary(short)), known and short == text


def estimate(text: str) -> int:
    """Estimate a text's tokens without a vocabulary, a little too many rather than too few.

    One token for each seven letters of a Latin word or part of them, one for up to three digits, one for any other
    sign. Against o200k_base: English health news 1.02 to 1.22 of the true count, Spanish 1.1,
    Chinese 1.6.
    """
    return sum(-(-len(piece["word"] or "x") // 7) for piece in PIECES.finditer(text))


def load(vocabulary: Vocabulary, where: Path) -> "tiktoken.Encoding | None":
    """Read a vocabulary out of a folder, never the network; None where the file is missing or not the published one."""
    path = where / vocabulary.file
    try:
        return _encoder(vocabulary, path, path.stat().st_mtime_ns)
    except OSError:
        return None


def fetch(where: Path, timeout: float = TIMEOUT) -> bool:
    """Fetch into a folder the vocabularies it lacks; True when all of them lie there. For the set-up only."""
    return all([_fetch(vocabulary, where, timeout) for vocabulary in vocabularies().values()])


@cache
def _encoder(vocabulary: Vocabulary, path: Path, changed: int) -> "tiktoken.Encoding | None":
    """`changed` is the file's time: a file that arrives or is mended later is read anew."""
    data = path.read_bytes()
    if not vocabulary.verified(data):
        return None
    import tiktoken

    rows = (line.split() for line in data.splitlines() if line)
    ranks = {base64.b64decode(token): int(rank) for token, rank in rows}
    return tiktoken.Encoding(vocabulary.name, pat_str=vocabulary.pattern, mergeable_ranks=ranks, special_tokens={})


@cache
def _vocabulary(model: str | None) -> tuple[str, bool]:
    """A model's vocabulary, and whether it is the model's own."""
    from tiktoken.model import encoding_name_for_model

    try:
        name = encoding_name_for_model(model or "").replace("o200k_harmony", DEFAULT)
    except KeyError:
        return DEFAULT, False
    return (name, True) if name in vocabularies() else (DEFAULT, False)


def _fetch(vocabulary: Vocabulary, where: Path, timeout: float) -> bool:
    path = where / vocabulary.file
    try:
        if path.is_file() and vocabulary.verified(path.read_bytes()):
            return True
        with urllib.request.urlopen(vocabulary.url, timeout=timeout) as answer:
            data = answer.read()
        if not vocabulary.verified(data):
            return False
        where.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=where, delete=False) as file:
            file.write(data)
        Path(file.name).replace(path)
    except (OSError, urllib.error.URLError):
        return False
    return True


if __name__ == "__main__":
    here = folder()
    fetched = f"tiktoken's vocabularies are in {here}."
    failed = "tiktoken's vocabularies could not be fetched: token counts will be an estimate."
    sys.stdout.write((fetched if fetch(here) else failed) + "\n")
