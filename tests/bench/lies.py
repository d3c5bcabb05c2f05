"""What a model that lies gets past the check, and what one that tells the truth loses: `python -m tests.bench.lies`.

Each sentence of the gold articles, and our plain form of it, is corrupted in each of the eight ways by rules that know
nothing of the check's lists (`lies.csv`), and retold honestly in five styles (`honest.csv`). A stand-in server says
these as a model would; the model writer and the check decide what would be shown.
"""

import argparse
import csv
import json
import random
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice, pairwise
from pathlib import Path

from rag.claim import Claim
from rag.domain import Article, Document, Sentence
from rag.evaluate import gold
from rag.intake import article_of
from rag.plain.glossary import terms
from rag.question import Evidence, Pick, Sufficiency
from rag.retrieve.reading import read
from rag.writers.endpoint import Endpoint
from rag.writers.llm import LLMWriter
from rag.writers.plain import plain
from rag.writing import Log, written
from tests.standin import Exchange, StandIn, says

HERE = Path(__file__).parent
DAY = date(2026, 11, 21)
SHORTEST = 6
"""Words of a sentence worth telling."""
LINE = re.compile(r"^S(\d+): (.*)$", re.M)
LEAD = re.compile(r"^((?:In|After|During|At|Among|Over|Within) [^,.]{3,50}), ([^.]+)\.$")
PARTS = re.compile(r"(?:; |, (?:and|but) )(?=(?:it|they|the|these|this|there|no|those) )")
ANSWER = 4
"""Claims that the writer takes from one reply."""
Make = Callable[[Article], Iterator["Told"]]


@dataclass(frozen=True, slots=True)
class Told:
    """A claim with the sentences it is said to rest on, and how it was made: the kind of lie or the honest style."""

    kind: str
    text: str
    rests: tuple[Sentence, ...]


@dataclass
class Tally:
    """Claims by kind: how many were told, and those that were shown."""

    told: dict[str, int] = field(default_factory=dict)
    shown: dict[str, list[Told]] = field(default_factory=dict)

    def add(self, claim: Told, stands: bool) -> None:
        """Count a claim."""
        self.told[claim.kind] = self.told.get(claim.kind, 0) + 1
        self.shown.setdefault(claim.kind, []).extend([claim] * stands)

    def shares(self) -> dict[str, float]:
        """The share shown of each kind, and of all."""
        found = {kind: len(self.shown[kind]) / count for kind, count in sorted(self.told.items())}
        return found | {"all": sum(map(len, self.shown.values())) / max(sum(self.told.values()), 1)}


def articles() -> Iterator[Article]:
    """The articles of the gold sets, as the program reads them."""
    for row in gold.articles().values():
        yield article_of(Document(row.path.read_bytes().decode("utf8"), row.path.name, row.id), DAY)


def lies(article: Article) -> Iterator[Told]:
    """Corrupt each sentence and its plain form, by every rule once."""
    for sentence in _worth_telling(article):
        whole = _line(sentence)
        for text in dict.fromkeys((whole, plain(whole))):
            for kind, find, put in _rules("lies"):
                lie = re.sub(find, put, text, count=1, flags=re.I if kind != "entity" else 0)
                if lie != text and lie not in whole:
                    yield Told(kind, lie, (sentence,))


def truths(article: Article) -> Iterator[Told]:
    """Retell each sentence: word for word, split, with the next one, in plainer words, in another order."""
    sentences = list(_worth_telling(article))
    for sentence in sentences:
        text = _line(sentence)
        yield Told("verbatim", text, (sentence,))
        yield from (Told("split", part, (sentence,)) for part in _split(text))
        yield from (Told("plainer", said, (sentence,)) for said in _plainer(text))
        if match := LEAD.match(text):
            said = f"{match[2][0].upper()}{match[2][1:]} {match[1][0].lower()}{match[1][1:]}."
            yield Told("reordered", said, (sentence,))
    for one, two in pairwise(sentences):
        if two.n == one.n + 1:
            yield Told("merged", f"{_line(one)} {_line(two)}", (one, two))


def _plainer(text: str) -> Iterator[str]:
    swapped = text
    for find, put in _rules("honest"):
        swapped = re.sub(find, put, swapped)
    explained = text
    for term, meaning in terms(text)[:1]:
        explained = re.sub(
            rf"\b({re.escape(term)})\b", rf"\1 ({meaning[0].lower()}{meaning[1:].rstrip('.')})", text, count=1
        )
    yield from (said for said in (swapped, explained, plain(text)) if said != text)


def _split(text: str) -> Sequence[str]:
    if '"' in text or "“" in text or not (match := PARTS.search(text)):
        return ()
    rest = text[match.end() :]
    parts = (f"{text[: match.start()]}.", rest[0].upper() + rest[1:])
    return parts if min(len(part.split()) for part in parts) >= SHORTEST else ()


def _worth_telling(article: Article) -> Iterator[Sentence]:
    for sentence in article.sentences:
        if len(_line(sentence).split()) >= SHORTEST and _line(sentence).endswith("."):
            yield sentence


def _line(sentence: Sentence) -> str:
    return " ".join(sentence.span.text.split())


def _rules(name: str) -> list[tuple[str, ...]]:
    with (HERE / f"{name}.csv").open(encoding="utf8", newline="") as file:
        return [tuple(row.values())[:-1] for row in csv.DictReader(file)]


class Speaker:
    """A scripted model: for the sentences it is sent it says what it is told to, never mends its words, and where it
    judges them says always the same."""

    def __init__(self, agrees: bool = False) -> None:
        self.claims: Sequence[Told] = ()
        self.agrees = agrees

    def __call__(self, exchange: Exchange) -> None:
        """Answer one request: a repair is given nothing better."""
        task = exchange.request_body["messages"][-1]["content"]
        if "Decide whether the sentences" in task:
            says(json.dumps({"carried": self.agrees}))(exchange)
            return
        labels = {text: f"S{n}" for n, text in LINE.findall(task)}
        again = "failed its check" in task
        claims = [
            {"text": told.text, "labels": [labels[_line(sentence)] for sentence in told.rests]}
            for told in ([] if again else self.claims)
            if all(_line(sentence) in labels for sentence in told.rests)
        ]
        says(json.dumps({"claims": claims}))(exchange)


def shown(claims: Sequence[Told], article: Article, speaker: Speaker, writer: LLMWriter) -> set[str]:
    """Have the model say some claims about an article, and return those that a reader would be shown."""
    speaker.claims = claims
    cited = dict.fromkeys(sentence for told in claims for sentence in told.rests)
    picks = tuple(Pick(article, sentence, 0.9) for sentence in cited)
    evidence = Evidence(read("What did the study find?"), Sufficiency.ENOUGH, (article,), picks)
    log = Log(writer.name)
    lines = [line for _, line in written(writer, evidence, log) if isinstance(line, Claim)]
    return {line.text for line in lines} if log.written_by == writer.name else set()


def measure(make: Make, most: int, agrees: bool = False, every: int = 1) -> Tally:
    """Have a scripted model say up to so many claims of each kind about every nth article; 0 is all."""
    tally, speaker, dice = Tally(), Speaker(agrees), random.Random(1)
    with StandIn([speaker]) as server:
        writer = LLMWriter(Endpoint("scripted", server.url, "none"))
        for article in islice(articles(), 0, None, every):
            for batch in _batches(_chosen(list(make(article)), most, dice)):
                stand = shown(batch, article, speaker, writer)
                for told in batch:
                    tally.add(told, " ".join(told.text.split()) in stand)
    return tally


def _chosen(found: Sequence[Told], most: int, dice: random.Random) -> list[Told]:
    by_kind: dict[str, list[Told]] = {}
    for told in found:
        by_kind.setdefault(told.kind, []).append(told)
    return [t for all_ in by_kind.values() for t in (dice.sample(all_, most) if 0 < most < len(all_) else all_)]


def _batches(claims: Sequence[Told]) -> Iterator[Sequence[Told]]:
    """So few at a time that all their sentences fit the prompt; no text twice in one."""
    batch: list[Told] = []
    for told in claims:
        sentences = {sentence for one in (*batch, told) for sentence in one.rests}
        long = sum(len(_line(sentence)) for sentence in sentences) > 700
        if batch and (len(batch) == ANSWER or long or told.text in {one.text for one in batch}):
            yield batch
            batch = []
        batch.append(told)
    if batch:
        yield batch


def main() -> None:
    """Print the shares shown of lies, of lies where the model judges all to be carried, and of truths."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--most", type=int, default=0, help="claims of a kind and article; 0 is all")
    parser.add_argument("--show", action="store_true", help="print the lies that were shown")
    parser.add_argument("--only", choices=("lies", "lies_judged", "truths"), help="one of the three")
    arguments = parser.parse_args()
    for name, make, agrees in (("lies", lies, False), ("lies_judged", lies, True), ("truths", truths, False)):
        if arguments.only not in (None, name):
            continue
        tally = measure(make, arguments.most, agrees)
        told = tally.told
        lines = [f"{name} {k:12} {v:.3f} of {told.get(k, sum(told.values()))}" for k, v in tally.shares().items()]
        if arguments.show and make is lies:
            shown = [told for found in tally.shown.values() for told in found]
            lines += [f"  {told.kind}: {told.text}\n      of: {_line(told.rests[0])}" for told in shown]
        sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
