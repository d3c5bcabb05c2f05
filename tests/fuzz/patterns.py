"""Every regular expression this package compiles, with the place that does: run as a program, it prints them as JSON.

They are taken where Python compiles them, so none is missed for being built late, from a table or within a function.
"""

import importlib
import json
import os
import pkgutil
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
found: dict[tuple[str | bytes, int], str] = {}
compile_as_it_is = re._compile  # type: ignore[attr-defined]  # what `re.compile` and `re.sub` alike go through


def noting(pattern, flags):  # type: ignore[no-untyped-def]
    """Note a pattern that a module of ours compiles, then compile it."""
    compiled = compile_as_it_is(pattern, flags)
    frame = sys._getframe(1)
    while frame and frame.f_code.co_filename == re.__file__:
        frame = frame.f_back
    name = Path(frame.f_code.co_filename) if frame else Path()
    if name.is_relative_to(ROOT / "rag"):
        found.setdefault((compiled.pattern, compiled.flags), f"{name.relative_to(ROOT)}:{frame.f_lineno}")
    return compiled


def modules() -> Iterator[str]:
    """Every module but the pages, which draw themselves when they are imported."""
    for module in pkgutil.walk_packages([str(ROOT / "rag")], "rag."):
        source = ROOT / (module.name.replace(".", "/") + ".py")
        if not module.ispkg and "with parts.guard():\n    page()" not in source.read_text(encoding="utf8"):
            yield module.name


def main() -> None:
    """Import everything, then read articles and ask once, so that what is compiled late is compiled."""
    re._compile = noting  # type: ignore[attr-defined]
    for name in modules():
        if name != "rag.__main__":
            importlib.import_module(name)
    from rag.cli import main as run
    from rag.safety.cues import GATES, cues
    from rag.safety.patterns import compiled, slots

    for gate in GATES:
        for cue in cues(gate):
            for pattern in (cue.pattern, *cue.unless):
                compiled(pattern)
    for name in slots():
        compiled(f"@{name}")
    seeds = str(ROOT / "seeds")
    with tempfile.TemporaryDirectory() as folder, redirect_stdout(StringIO()):
        os.environ |= {"RAG_LIBRARY": folder, "RAG_WRITER": "extractive"}
        for words in (["ingest", seeds], ["ask", "What did the mice study find in 2019?"]):
            run(words)
    json.dump([[place, _text(pattern), flags] for (pattern, flags), place in found.items()], sys.stdout)


def _text(pattern: str | bytes) -> str:
    """A pattern over bytes is tried over text, where it means the same."""
    return pattern if isinstance(pattern, str) else pattern.decode("latin1")


if __name__ == "__main__":
    main()
