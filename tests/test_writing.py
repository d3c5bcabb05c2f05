"""Write and check: what a reader is shown when a writer lies, mends its words, fails or writes in another language."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest

from rag.brief import Tokens
from rag.claim import Claim, Draft, Note
from rag.domain import Article, Document
from rag.errors import WriterError
from rag.intake import article_of
from rag.question import Evidence, Pick, Sufficiency
from rag.retrieve.reading import read
from rag.writers.extractive import Line, quote
from rag.writing import Log, written

TEXT = """Zinc helps mice sleep longer, study finds

Researchers at Alder College gave zinc to 40 mice for two weeks. The mice slept 20% longer than untreated mice.
No trial in people is planned."""
HEADING = Note("heading_says")


@pytest.fixture
def article() -> Article:
    return article_of(Document(TEXT, "zinc.txt", "zinc"), date(2026, 11, 21))


@pytest.fixture
def evidence(article: Article) -> Evidence:
    picks = tuple(Pick(article, sentence, 0.5) for sentence in article.sentences[:2])
    return Evidence(read("What did zinc do?"), Sufficiency.ENOUGH, (article,), picks)


class Scripted:
    """A writer that writes what a test says."""

    name = "scripted"

    def __init__(self, lines: Callable[[], Iterator[Line]], again: Draft | None = None) -> None:
        self.lines, self.again = lines, again

    def write(self, evidence: Evidence) -> Iterator[Line]:
        return self.lines()

    def repair(self, draft: Draft, problems: object, evidence: Evidence) -> Draft | None:
        return self.again


def shown(writer: Scripted, evidence: Evidence) -> tuple[list[str], Log]:
    log = Log(writer.name)
    lines = list(written(writer, evidence, log))
    return [line.text for _, line in lines if isinstance(line, Claim)], log


def test_what_the_cited_words_do_not_carry_is_dropped_and_that_is_said(article: Article, evidence: Evidence) -> None:
    true = quote(article.sentences[1])
    lie = replace(true, text="Patients slept 20% longer.")
    claims, log = shown(Scripted(lambda: iter([(HEADING, true), (HEADING, lie)])), evidence)
    assert claims == [true.text]
    assert any("left out" in notice for notice in log.said())
    assert [gone.text for gone in log.dropped] == [lie.text] and log.dropped[0].problems
    assert log.written_by == "scripted"


def test_words_that_were_mended_are_shown_once_they_pass(article: Article, evidence: Evidence) -> None:
    true = quote(article.sentences[1])
    lie = replace(true, text="Patients slept 20% longer.")
    claims, log = shown(Scripted(lambda: iter([(HEADING, lie)]), again=true), evidence)
    assert claims == [true.text] and not log.said()


def test_where_no_claim_stands_the_built_in_writer_answers(article: Article, evidence: Evidence) -> None:
    lie = replace(quote(article.sentences[1]), text="Zinc cures insomnia in everyone.")
    claims, log = shown(Scripted(lambda: iter([(HEADING, lie)])), evidence)
    assert claims == [" ".join(s.span.text.split()) for s in article.sentences[:2]]
    assert log.written_by == "extractive"
    assert any("built-in writer" in notice for notice in log.said())


def test_a_model_that_fails_loses_no_answer(evidence: Evidence) -> None:
    def lines() -> Iterator[Line]:
        yield Tokens(10, 2, False)
        raise WriterError("The model did not answer.", "See that its server runs.")

    claims, log = shown(Scripted(lines), evidence)
    assert claims
    assert log.tokens == Tokens(10, 2, False)
    assert any("did not answer" in notice for notice in log.said())


def test_a_claim_in_another_language_is_checked_by_its_rendering(article: Article, evidence: Evidence) -> None:
    true = quote(article.sentences[1])
    spanish = replace(true, text="Los ratones durmieron un 20% más que los no tratados.", english=true.text)
    other_figure = replace(spanish, text="Los ratones durmieron un 30% más que los no tratados.")
    claims, _ = shown(Scripted(lambda: iter([(HEADING, spanish), (HEADING, other_figure)])), evidence)
    assert claims == [spanish.text]
