"""The commands that write about an article or a topic: as text, as JSON or as a file to hand on."""

import argparse
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from rag.batch import Json, answer_rows, field, wanted
from rag.commands import opened, show
from rag.errors import RagError

if TYPE_CHECKING:
    from rag.brief import Brief
    from rag.chain import Chain
    from rag.question import Kind

LEVELS = ("simple", "standard", "detailed")
FORMATS = ("md", "html", "pdf", "docx", "csv")
LANGUAGES = ("en", "es")
BINARY = ("pdf", "docx")


def summarise(arguments: argparse.Namespace, held: ExitStack) -> int:
    """Summarise one article, or set side by side all that are on a topic."""
    return _write(arguments, held, "summary")


def explain(arguments: argparse.Namespace, held: ExitStack) -> int:
    """Explain one article, or set side by side all that are on a topic."""
    return _write(arguments, held, "explainer")


def _write(arguments: argparse.Namespace, held: ExitStack, kind: str) -> int:
    from rag.export.contract import brief_json
    from rag.export.plaintext import plain_text
    from rag.question import Kind

    if not arguments.batch:
        wanted(arguments.article, "name of an article or a topic")
    if arguments.output and not arguments.format:
        raise RagError("It is not said what kind of file to write.", f"Add --format {' or --format '.join(FORMATS)}.")
    chain = opened(held)
    if arguments.batch:

        def row_brief(row: Json) -> Json:
            named = "article" in row or (kind == "summary" and "topic" not in row)
            name = field(row, "article" if named else "topic")
            wish = {"level": row.get("level", arguments.level), "language": row.get("language", arguments.language)}
            return brief_json(_brief(chain, Kind(kind), wish, **{"article" if named else "topic": name}))

        return answer_rows(arguments.batch, row_brief)
    name = arguments.article
    meant = any(a.id.startswith(name) or a.source.origin.startswith(name) for a in chain.library.articles())
    wish = {"level": arguments.level, "language": arguments.language}
    brief = _brief(chain, Kind(kind), wish, **{"article" if meant else "topic": name})
    if not meant and kind == "summary" and not brief.sections:
        chain.library.article(name)  # neither a topic of the library nor an article: say so
    if not arguments.format:
        return show(arguments, brief_json(brief), [plain_text(brief)])
    return _export(brief, arguments.format, arguments.output)


def _brief(chain: "Chain", kind: "Kind", wish: Json, article: str | None = None, topic: str = "") -> "Brief":
    """Write about an article, or about those on a topic, at a level and in a language. Raises RagError."""
    from rag.question import Level, Request

    level, language = wish["level"], wish["language"]
    if level not in LEVELS:
        raise RagError(f"There is no level {level!r}.", f"Choose one of {', '.join(LEVELS)}.")
    if language not in (None, *LANGUAGES):
        raise RagError(f"No leaflet is written in {language!r}.", f"Choose one of {', '.join(LANGUAGES)}.")
    return chain.invoke(Request(topic or str(kind), kind, article, level=Level(level), language=language))


def _export(brief: "Brief", form: str, output: Path | None) -> int:
    from rag.export.files import exported

    if output is None and form in BINARY and sys.stdout.isatty():
        raise RagError(f"A {form} file cannot be shown here.", "Add -o FILE to say where it goes.")
    made = exported(brief, form)
    if output is None:
        sys.stdout.buffer.write(made)
        return 0
    try:
        output.write_bytes(made)
    except OSError as error:
        raise RagError(
            f"{output} cannot be written: {error.strerror}.", "Name a file in a folder that exists."
        ) from error
    return 0
