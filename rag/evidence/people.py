"""Caveats about who was studied: not people, too few, one person, animals told as people, or nobody knows."""

from collections.abc import Iterator

from rag.domain import PEOPLE, Caveat, Stage
from rag.evidence import cues
from rag.evidence.report import Report, part
from rag.evidence.species import species
from rag.evidence.stages import LABORATORY

SMALL = 100
"""Fewer people than this are a small study (the project's definition of the caveat; phase 1 trials take 20 to 100)."""


def not_in_humans(report: Report) -> Iterator[Caveat]:
    """Results from cells, animals or human material, and results without a setting."""
    limited = [i for i in report.results if report.findings[i].stage not in PEOPLE]
    if limited:
        studies = {report.findings[i].study for i in limited}
        named = (s for s in report.telling(*studies) if s.setting and s.setting.stage in LABORATORY)
        statement = next(named, None)
        yield report.caveat("not_in_humans", statement.span if statement else None, limited)


def setting_not_stated(report: Report) -> Iterator[Caveat]:
    """Results of a study that never says what it was done in."""
    limited = report.at({Stage.UNCLEAR})
    if limited:
        yield report.caveat("setting_not_stated", None, limited)


def small_sample(report: Report) -> Iterator[Caveat]:
    """One for each study in fewer than 100 people."""
    for number, study in report.studies.items():
        stage = report.stage(number)
        if study.story or stage not in PEOPLE or stage in (Stage.SYSTEMATIC_REVIEW, Stage.APPROVED):
            continue
        if study.sample is None and stage is Stage.CASE_REPORT:
            statement = next(iter(report.telling(number)))
            yield report.caveat("small_sample", statement.span, report.of(number), n="one person")
        elif study.sample and study.sample.size < SMALL:
            for statement in report.telling(number):
                if statement.sample == study.sample:
                    span = part(statement.span, study.sample.start, study.sample.end)
                    yield report.caveat("small_sample", span, report.of(number), n=_lowered(study.sample.words))
                    break


def _lowered(words: str) -> str:
    """Words of a sample as they stand inside a sentence: "Eighteen volunteers" begins with a small letter there."""
    return " ".join((words[0].lower() + words[1:]).split())


def anecdote(report: Report) -> Iterator[Caveat]:
    """A patient's story told by the press."""
    for number, study in report.studies.items():
        if study.story:
            statement = next(s for s in report.told if s.story and s.study == number)
            yield report.caveat("anecdote", statement.span, report.of(number) or None)


def species_slip(report: Report) -> Iterator[Caveat]:
    """A human word in the result of an animal study, or in what its authors say of it."""
    limited = report.at({Stage.ANIMAL})
    studies = {report.findings[i].study for i in limited}
    if any(report.findings[i].stage in PEOPLE and report.findings[i].study in studies for i in report.results):
        return
    body = False
    for statement in report.told:
        body = body or "human body" in statement.text
        quoted = cues.patterns("people")["quoted"].match(statement.text)
        if statement.study not in studies or not (statement.result or quoted) or _animal(statement.text):
            continue
        word = cues.first("wording", "human_word", statement.text)
        place = quoted.span("word") if quoted else (word.start, word.end) if word else None
        words = (
            statement.span.text[slice(*place)]
            if place
            else "in the body"
            if body and "in the body" in statement.text
            else None
        )
        if words:
            animals = species(report.telling(statement.study))
            yield report.caveat(
                "species_slip",
                statement.span,
                [i for i in limited if report.findings[i].study == statement.study],
                word=words,
                animals=animals,
            )
            return


def _animal(text: str) -> bool:
    return cues.first("stages", "animal", text) is not None
