"""What each command does: calls the same functions as the browser and prints what they return."""

import argparse
import json
import sys
import time
from collections.abc import Iterable
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from rag.batch import Json, answer_rows, field, questions, read_json, stated, wanted
from rag.errors import RagError
from rag.settings import Settings

if TYPE_CHECKING:
    from rag.chain import Chain
    from rag.question import Request

FILTERS = ("outlet", "since", "until", "stage")
"""What a search can be held to: options of the command, fields of a row."""


def opened(held: ExitStack) -> "Chain":
    """Open the chain, to be closed with what is held. Raises RagError."""
    from rag.chain import open_chain

    chain = open_chain(Settings.from_env())
    held.callback(chain.library.close)
    return chain


def show(arguments: argparse.Namespace, found: Json, lines: Iterable[str]) -> int:
    """Print what was found, as JSON or as lines, and return the exit status."""
    if arguments.json:
        print(json.dumps(found, ensure_ascii=False))
    else:
        print("\n".join(lines))
    return 0


def search(arguments: argparse.Namespace, held: ExitStack) -> int:
    """Find the passages nearest to a query."""
    from rag.export.contract import hits_json
    from rag.retrieve.filters import Filter

    given = {name: getattr(arguments, name) or "" for name in FILTERS}
    only = Filter(**given)
    chain = opened(held)

    def found(query: str, only: Filter) -> Json:
        began = time.perf_counter()
        articles = () if only == Filter() else chain.library.articles()
        hits = chain.hits(wanted(query, "query"), arguments.k, only.chosen(articles))
        origins = {hit.passage.article: chain.library.article(hit.passage.article).source.origin for hit in hits}
        milliseconds = (time.perf_counter() - began) * 1000
        return hits_json(hits, origins, milliseconds) | {"notices": list(only.notices(articles))}

    def row_found(row: Json) -> Json:
        own = {name: wanted(row[name], name) for name in FILTERS if row.get(name)}
        return found(field(row, "query"), Filter(**given | own))

    if arguments.batch:
        return answer_rows(arguments.batch, row_found)
    result = found(arguments.query, only)
    lines = [f"{h['score']:.2f}  {h['title']}\n      {h['quote']}" for h in result["hits"]]
    return show(arguments, result, [*lines, *result["notices"]])


def ask(arguments: argparse.Namespace, held: ExitStack) -> int:
    """Answer a question."""
    from rag.export.contract import brief_json
    from rag.export.plaintext import plain_text

    chain = opened(held)
    if arguments.batch:
        return answer_rows(
            arguments.batch, lambda row: brief_json(chain.invoke(_request(field(row, "question"), row.get("history"))))
        )
    history = read_json(arguments.history) if arguments.history else None
    brief = chain.invoke(_request(wanted(arguments.question, "question"), history))
    return show(arguments, brief_json(brief), [plain_text(brief)])


def _request(question: str, history: object) -> "Request":
    from rag.question import Request

    return Request(question, earlier=questions(history))


def appraise(arguments: argparse.Namespace, held: ExitStack) -> int:
    """Say what kind of evidence documents report."""
    from rag.domain import Document
    from rag.evidence.reach import unread
    from rag.export.contract import appraisal_json
    from rag.export.plaintext import source_line
    from rag.ingest.read import read_all
    from rag.intake import article_of

    def row_appraisal(row: Json) -> Json:
        document = Document(field(row, "text"), "", str(row["id"]), stated(row, "title"), date=stated(row, "date"))
        article = article_of(document, date.today())
        return appraisal_json(article, with_text=False) | {"notice": unread(article)}

    if arguments.batch:
        return answer_rows(arguments.batch, row_appraisal)
    if not arguments.files:
        raise RagError("No file to appraise was named.", "Write: python -m rag appraise FILE…")
    documents, rejected = read_all(arguments.files)
    for refused in rejected:
        print(f"Error: {refused.message}\nTry: {refused.hint}", file=sys.stderr)
    appraisals: list[Json] = []
    lines: list[str] = []
    for document in documents:
        article = article_of(document, date.today())
        lines += [source_line(article.source), f"Evidence: {', '.join(article.stages) or article.stage}"]
        lines += [f"  {f.role} / {f.stage}: {f.span.text}" for f in article.findings]
        lines += [f"  {c.severity}: {c.text()}" for c in article.caveats]
        notice = unread(article)
        lines += [notice] if notice else []
        appraisals.append(appraisal_json(article, with_text=True) | {"origin": document.origin, "notice": notice})
    if not appraisals:
        return 1
    show(arguments, appraisals[0] if len(appraisals) == 1 else {"appraisals": appraisals}, lines)
    return 1 if rejected else 0


def check(arguments: argparse.Namespace, held: ExitStack) -> int:
    """Say whether a text carries a claim."""
    from rag.verify import verify_claim

    def text_of(name: str) -> str:
        from rag.ingest.read import read

        return read(name)[0].text if Path(name).is_file() else opened(held).library.article(name).text

    if arguments.batch:
        return answer_rows(arguments.batch, lambda row: verify_claim(field(row, "claim"), field(row, "text")))
    if not arguments.against:
        raise RagError(
            "There is nothing to hold the claim against.", "Name a file or an article: --against FILE_OR_ARTICLE"
        )
    found = verify_claim(wanted(arguments.claim, "claim"), text_of(arguments.against))
    lines = [f"{found['verdict']} ({found['score']:.2f})", *(f"  {p['kind']}: {p['claim']}" for p in found["problems"])]
    lines += [f"  rests on: {c['quote']}" for c in found["citations"]]
    lines += [f"  left out: {loss['text']} ({loss['what']})" for loss in found["trace"]["dropped"]]
    return show(arguments, found, lines)


def evaluate(arguments: argparse.Namespace, held: ExitStack) -> int:
    """Run the gold sets and hold each figure against its floor."""
    from rag.evaluate.figures import keep
    from rag.evaluate.suites import SUITES, raise_floors, run

    found = [row for suite in ([arguments.suite] if arguments.suite else SUITES) for row in run(suite)]
    if arguments.update:
        raise_floors(found)
        keep(found)
    fell = [row for row in found if row.fell]
    lines = [
        f"{'FELL' if row.fell else 'ok  '}  {row.suite:10} {row.metric.name:20} {row.metric.value:.4f}"
        + ("" if row.floor is None else f"  floor {row.floor:.4f}")
        + (f"  fell short: {', '.join(row.metric.missed)}" if row.metric.missed else "")
        for row in found
    ]
    as_json = [
        {
            "suite": row.suite,
            "metric": row.metric.name,
            "value": round(row.metric.value, 4),
            "floor": row.floor,
            "rows": row.metric.rows,
            "missed": list(row.metric.missed),
        }
        for row in found
    ]
    show(arguments, {"metrics": as_json, "ok": not fell}, lines)
    return 1 if fell else 0


def doctor(arguments: argparse.Namespace, held: ExitStack) -> int:
    """Say what is installed, what is wrong and how to mend it."""
    from rag.doctor import examine

    found = examine(Settings.from_env())
    lines = [
        f"{'ok ' if row['ok'] else 'BAD'}  {row['what']}: {row['found']}"
        + (f"\n     Try: {row['hint']}" if row["hint"] else "")
        for row in found
    ]
    show(arguments, {"checks": found, "ok": all(row["ok"] for row in found)}, lines)
    return 0 if all(row["ok"] for row in found) else 1


def serve(arguments: argparse.Namespace, held: ExitStack) -> int:
    """Open the chat."""
    from rag.serve import serve

    serve(arguments.port)
    return 0
