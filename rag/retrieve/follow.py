"""Questions that go on from an answer: each made from what its first article says, each tried before it is offered."""

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from rag.brief import Brief, Outcome
from rag.domain import Article, Role
from rag.question import Asks, Question
from rag.retrieve.ranking import tells
from rag.retrieve.reading import read

SHOWN = 3
ANSWERED = (Outcome.WRITTEN, Outcome.CORRECTED)
TO_COME = {Role.ONGOING, Role.PLANNED}
Ask = Callable[[str], Brief]


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question by language, and when an article has its answer: a sentence fits `says`, no caveat is `lacks`."""

    asks: Asks | None
    lacks: str
    says: re.Pattern[str]
    about: str
    texts: dict[str, str]

    def fits(self, article: Article) -> bool:
        """Whether an article holds what is asked for."""
        facts = {
            "any": True,
            "results": bool(article.stages),
            "sized": any(f.sample_size and f.stage.in_people and f.role is Role.RESULT for f in article.findings),
            "to_come": any(finding.role in TO_COME for finding in article.findings),
            "journal": article.source.journal is not None,
        }
        lacks = self.lacks and any(caveat.kind == self.lacks for caveat in article.caveats)
        return facts[self.about] and not lacks and any(self.says.search(s.span.text) for s in article.sentences)


@cache
def _all() -> tuple[FollowUp, ...]:
    with resources.files("rag.retrieve").joinpath("follow.csv").open(encoding="utf8") as file:
        return tuple(
            FollowUp(
                Asks(row["asks"]) if row["asks"] else None,
                row["lacks"],
                re.compile(row["says"], re.I),
                row["about"],
                {"en": row["en"], "es": row["es"]},
            )
            for row in csv.DictReader(file)
        )


def follow_ups(asked: tuple[str, ...], brief: Brief, ask: Ask) -> tuple[str, ...]:
    """Return up to three questions not asked yet that the first article of an answer answers; `ask` tries them."""
    if brief.outcome not in (*ANSWERED, Outcome.NOT_SAID) or not brief.articles:
        return ()
    found: list[str] = []
    for text in _untried(asked, brief):
        if _answers(read(text, asked), ask(text), brief.articles[0].id):
            found.append(text)
        if len(found) == SHOWN:
            break
    return tuple(found)


def _untried(asked: tuple[str, ...], brief: Brief) -> Iterator[str]:
    """The questions an article fits that ask for something new."""
    known = {kind for question in asked for kind in read(question).asks}
    for follow in _all():
        text = follow.texts[brief.language]
        if text not in asked and follow.asks not in known and follow.fits(brief.articles[0]):
            yield text


def _answers(question: Question, brief: Brief, article: str) -> bool:
    """Whether a brief answers a question out of that article alone, with words that tell what is asked for."""
    cited = [citation.span.text for citation in brief.citations]
    told = (any(tells()[kind].search(text) for text in cited) for kind in question.asks if kind in tells())
    return brief.outcome in ANSWERED and {a.id for a in brief.articles} == {article} and all(told)
