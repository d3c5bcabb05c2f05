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

from rag.batch import Json, answer_rows, field, wanted
from rag.errors import RagError
from rag.settings import Settings

if TYPE_CHECKING:
    from rag.chain import Chain
    from rag.question import Request


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


def ingest(arguments: argparse.Namespace, held: ExitStack) -> int:
    """Read files, folders or collections into the library."""
    from rag.intake import take_in

    def progress(count: int, total: int, name: str) -> None:
        print(f"[{count + 1}/{total}] {name}", file=sys.stderr)

    done = take_in(opened(held).library, arguments.sources, progress)
    rejected = [{"source": r.source, "message": r.message, "hint": r.hint} for r in done.rejected]
    found = {
        "added": done.added,
        "unchanged": done.unchanged,
        "updated": done.updated,
        "rejected": rejected,
        "articles": done.articles,
        "passages": done.passages,
        "seconds": done.seconds,
    }
    for row in rejected:
        print(f"Left out: {row['source']}: {row['message']}\nTry: {row['hint']}", file=sys.stderr)
    counts = f"{len(done.added)} added, {len(done.updated)} updated, {len(done.unchanged)} unchanged"
    counts += f", {len(rejected)} left out"
    show(arguments, found, [f"{counts}, in {done.seconds} s."])
    return 1 if rejected and not done.articles else 0


def articles(arguments: argparse.Namespace, held: ExitStack) -> int:
    """List the library, or some of its articles."""
    from rag.export.contract import listing_json
    from rag.export.plaintext import source_line

    library = opened(held).library
    chosen = [library.article(name) for name in arguments.articles] or list(library.articles())
    lines = [
        f"{a.id}\n  {source_line(a.source)}\n  {', '.join(a.stages) or a.stage}; {len(a.findings)} findings"
        for a in chosen
    ]
    if arguments.text:
        lines = [f"{line}\n\n{article.text}" for line, article in zip(lines, chosen, strict=True)]
    empty = ["The library is empty. Read articles in: python -m rag ingest seeds"]
    return show(arguments, {"articles": [listing_json(a, with_text=arguments.text) for a in chosen]}, lines or empty)


def remove(arguments: argparse.Namespace, held: ExitStack) -> int:
    """Take articles out."""
    library = opened(held).library
    ids = [library.identify(name) for name in arguments.articles]
    for name in dict.fromkeys(ids):
        library.remove(name)
    return show(arguments, {"removed": ids}, [f"Removed {name}." for name in ids])


def search(arguments: argparse.Namespace, held: ExitStack) -> int:
    """Find the passages nearest to a query."""
    from rag.export.contract import hits_json

    chain = opened(held)

    def found(query: str) -> Json:
        began = time.perf_counter()
        hits = chain.hits(wanted(query, "query"), arguments.k)
        origins = {hit.passage.article: chain.library.article(hit.passage.article).source.origin for hit in hits}
        return hits_json(hits, origins, (time.perf_counter() - began) * 1000)

    if arguments.batch:
        return answer_rows(arguments.batch, lambda row: found(field(row, "query")))
    result = found(arguments.query)
    return show(arguments, result, [f"{h['score']:.2f}  {h['title']}\n      {h['quote']}" for h in result["hits"]])


def ask(arguments: argparse.Namespace, held: ExitStack) -> int:
    """Answer a question."""
    from rag.export.contract import brief_json
    from rag.export.plaintext import plain_text

    chain = opened(held)
    if arguments.batch:
        return answer_rows(
            arguments.batch, lambda row: brief_json(chain.invoke(_request(field(row, "question"), row.get("history"))))
        )
    history = json.loads(arguments.history.read_text(encoding="utf8")) if arguments.history else []
    brief = chain.invoke(_request(wanted(arguments.question, "question"), history))
    return show(arguments, brief_json(brief), [plain_text(brief)])


def _request(question: str, history: list[dict[str, str]] | None) -> "Request":
    from rag.question import Request

    earlier = tuple(turn["content"] for turn in history or [] if turn["role"] == "user")
    return Request(question, earlier=earlier)


def appraise(arguments: argparse.Namespace, held: ExitStack) -> int:
    """Say what kind of evidence documents report."""
    from rag.domain import Document
    from rag.evidence.reach import unread
    from rag.export.contract import appraisal_json
    from rag.export.plaintext import source_line
    from rag.ingest.read import read_all
    from rag.intake import article_of

    def row_appraisal(row: Json) -> Json:
        document = Document(field(row, "text"), "", str(row["id"]), row.get("title"), date=row.get("date"))
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
    return show(arguments, found, [*lines, *(f"  rests on: {c['quote']}" for c in found["citations"])])


def evaluate(arguments: argparse.Namespace, held: ExitStack) -> int:
    """Run the gold sets and hold each figure against its floor."""
    from rag.evaluate.suites import SUITES, raise_floors, run

    found = [row for suite in ([arguments.suite] if arguments.suite else SUITES) for row in run(suite)]
    if arguments.update:
        raise_floors(found)
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
