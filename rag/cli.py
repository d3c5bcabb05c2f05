"""The command line: everything the browser does, through the same functions. Results on standard output, the rest on
standard error. Exit status: 0 done, 1 a clear refusal or failure, 2 wrong usage.
"""

import argparse
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from rag import commands, keeping, printing
from rag.errors import RagError


def main(argv: list[str] | None = None) -> int:
    """Run one command and return the exit status."""
    arguments = _parser().parse_args(argv)
    try:
        with ExitStack() as held:
            status: int = arguments.run(arguments, held)
        return status
    except RagError as error:
        print(f"Error: {error.message}\nTry: {error.hint}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        sys.stderr.close()
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m rag", description="Plain answers from health-research news.")
    subparsers = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace, ExitStack], int], help: str) -> argparse.ArgumentParser:  # noqa: A002
        sub = subparsers.add_parser(name, help=help, description=help)
        sub.set_defaults(run=run)
        sub.add_argument("--json", action="store_true", help="print one JSON object, as contracted")
        return sub

    ingest = command("ingest", keeping.ingest, "read files, folders, addresses or .jsonl collections into the library")
    ingest.add_argument("sources", nargs="+", metavar="SOURCE")
    articles = command("articles", keeping.articles, "list the library, or some of its articles")
    articles.add_argument("articles", nargs="*", metavar="ARTICLE")
    articles.add_argument("--text", action="store_true", help="with the text, of which every quote is a slice")
    remove = command("remove", keeping.remove, "take articles out of the library")
    remove.add_argument("articles", nargs="+", metavar="ARTICLE")
    command("rebuild", keeping.rebuild, "make the library anew of its texts, after a change of model or of rules")
    search = command("search", commands.search, "find the passages nearest to a query")
    search.add_argument("query", nargs="?", metavar="QUERY")
    search.add_argument("--k", type=int, default=8, help="how many passages (default 8)")
    search.add_argument("--outlet", metavar="NAME", help="only articles whose outlet has this in its name")
    search.add_argument("--since", metavar="DATE", help="only articles of this year, month or day and later")
    search.add_argument("--until", metavar="DATE", help="only articles of this year, month or day and earlier")
    search.add_argument("--stage", metavar="STAGE", help="only articles with results at this stage, such as animal")
    ask = command("ask", commands.ask, "answer a question from the library")
    ask.add_argument("question", nargs="?", metavar="QUESTION")
    ask.add_argument("--history", type=Path, metavar="FILE", help="earlier messages: a JSON list of {role, content}")
    summarise = command("summarise", printing.summarise, "summarise one article, or all that are on a topic")
    summarise.add_argument("article", nargs="?", metavar="TOPIC_OR_ARTICLE")
    explain = command("explain", printing.explain, "explain one article, or set side by side all that are on a topic")
    explain.add_argument("article", nargs="?", metavar="TOPIC_OR_ARTICLE")
    for sub in (summarise, explain):
        sub.add_argument("--level", choices=printing.LEVELS, default="standard", help="how plain (default standard)")
        sub.add_argument("--language", choices=printing.LANGUAGES, help="of our own words (default that of the topic)")
        sub.add_argument("--format", choices=printing.FORMATS, help="write a file of this kind in place of the text")
        sub.add_argument("-o", "--output", type=Path, metavar="FILE", help="where to (default standard output)")
    appraise = command("appraise", commands.appraise, "say what kind of evidence documents report, without adding them")
    appraise.add_argument("files", nargs="*", metavar="FILE")
    check = command("check", commands.check, "say whether a text carries a claim")
    check.add_argument("claim", nargs="?", metavar="CLAIM")
    check.add_argument("--against", metavar="FILE_OR_ARTICLE", help="the text it is held against")
    for sub in (search, ask, summarise, explain, appraise, check):
        sub.add_argument(
            "--batch", metavar="FILE.jsonl", help="one row a line (- for standard input), one JSON object a line out"
        )
    evaluate = command("evaluate", commands.evaluate, "run the gold sets and hold each figure against its floor")
    evaluate.add_argument(
        "--suite", choices=("appraise", "questions", "check", "safety"), help="one suite (default all)"
    )
    evaluate.add_argument("--update", action="store_true", help="raise the floors to what is measured; none is lowered")
    command("doctor", commands.doctor, "say what is installed, where the library is, what is wrong and how to mend it")
    serve = command("serve", commands.serve, "open the chat in the browser on 127.0.0.1")
    serve.add_argument("--port", type=int, help="the port to listen on (default 8501)")
    return parser
