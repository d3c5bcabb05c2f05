"""The first words of an answer: the verdict on the question and what the evidence was tested in, before any claim."""

import re
from dataclasses import dataclass

from rag.brief import Note, Outcome, Verdict
from rag.domain import Article, Finding, Role, Stage
from rag.question import Asks, Evidence, Question, Sufficiency

PEOPLE = re.compile(
    r"\b(people|ppl|humans?|patients?|men|women|adults|children|volunteers?|us|personas|humanos|pacientes)\b", re.I
)
ANIMALS = re.compile(r"\b(mice|mouse|rats?|animals?|pigs?|monkeys?|ratones)\b", re.I)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
TITLES = 6
"""Titles named where nothing was found; a longer list is not read."""


@dataclass(frozen=True, slots=True)
class Opening:
    """How an answer opens: its outcome, its title and its bottom line."""

    outcome: Outcome
    title: Note
    bottom: tuple[Note, ...]


def not_found(titles: list[str], language: str) -> Opening:
    """Say that the library holds nothing on it, and what it does hold."""
    named = "; ".join(f"“{title}”" for title in titles[:TITLES])
    if not titles:
        covers = Note("library_empty", language=language)
    elif len(titles) > TITLES:
        covers = Note("covers_many", {"count": str(len(titles)), "titles": named}, language=language)
    else:
        covers = Note("covers", {"titles": named}, language=language)
    bottom = (Note("not_found", language=language), covers, Note("ask_elsewhere", language=language))
    return Opening(Outcome.NOT_FOUND, Note("title_not_found", language=language), bottom)


def opening(evidence: Evidence, carried: Verdict | None) -> Opening:
    """Open an answer; `carried` is the check of what a yes/no question asks to be confirmed."""
    question, language = evidence.question, evidence.question.language
    if evidence.sufficiency is Sufficiency.NOT_SAID:
        note = Note(f"missing_{evidence.missing}" if evidence.missing else "missing", language=language)
        return Opening(Outcome.NOT_SAID, Note("title_not_said", language=language), (note,))
    cited = _results(evidence)
    tested = _tested(evidence.articles, cited, language)
    if len(evidence.articles) > 1:
        title, many = Note("title_overview", language=language), Note("says_many", language=language)
        return Opening(Outcome.WRITTEN, title, (many,))
    article = evidence.articles[0]
    title = Note("title_stage", {"badge": _badges(_stages(cited) or (article.stage,), language)}, language=language)
    corrected = _correction(question, article, cited, carried)
    if corrected:
        return Opening(Outcome.CORRECTED, title, (corrected, *tested))
    return Opening(Outcome.WRITTEN, title, (*_answer(question, article, carried), *tested))


def _results(evidence: Evidence) -> list[Finding]:
    found = [
        finding
        for pick in evidence.picks
        for _, finding in pick.article.findings_at(pick.sentence.span)
        if finding.role is Role.RESULT
    ]
    if evidence.question.asks & {Asks.SUMMARY, Asks.EXPLAINER}:
        return [f for article in evidence.articles for f in article.findings if f.role is Role.RESULT]
    return found


def _correction(question: Question, article: Article, cited: list[Finding], carried: Verdict | None) -> Note | None:
    """The note that puts right what the question takes for granted, None where it leans on nothing wrong."""
    language, in_people = question.language, any(stage.in_people for stage in article.stages)
    if any(caveat.kind == "retracted" for caveat in article.caveats):
        return Note("was_retracted", language=language)
    years = set(YEAR.findall(question.text))
    if years and article.source.date and article.source.date[:4] not in years and not _mentions(article, years):
        slots = {"date": article.source.date, "year": min(years)}
        return Note("not_the_year", slots, article.id, language)
    if not article.stages and Role.ONGOING in {f.role for f in article.findings}:
        return Note("no_results_yet", language=language)
    if Asks.PEOPLE in question.asks and PEOPLE.search(question.text) and article.stages and not in_people:
        return Note("no_patients_to_count", language=language)
    if question.claim is None:
        return None
    if (
        Asks.WHOM in question.asks
        and PEOPLE.search(question.claim)
        and not ANIMALS.search(question.claim)
        and not in_people
    ):
        return Note("no_people", language=language)
    if carried and any(problem.kind == "negation" for problem in carried.problems):
        return Note("not_so", language=language)
    if question.strong and not (carried and carried.supported):
        return Note("not_shown", language=language)
    return None


def _mentions(article: Article, years: set[str]) -> bool:
    return any(year in sentence.span.text for sentence in article.sentences for year in years)


def _answer(question: Question, article: Article, carried: Verdict | None) -> tuple[Note, ...]:
    language = question.language
    if question.claim is not None:
        in_people = any(stage.in_people for stage in article.stages)
        if Asks.WHOM in question.asks and PEOPLE.search(question.claim) and in_people:
            return (Note("yes_people", language=language),)
        return (Note("yes", language=language),) if carried and carried.supported else ()
    if Asks.JOURNAL in question.asks and article.source.journal:
        return (Note("says_journal", {"journal": article.source.journal}, article.id, language),)
    return ()


def _stages(cited: list[Finding]) -> tuple[Stage, ...]:
    return tuple(sorted({finding.stage for finding in cited}, key=lambda stage: stage.rank))


def _badges(stages: tuple[Stage, ...], language: str) -> str:
    labels = [Note(f"badge_{stage}", language=language).text for stage in stages]
    return ", ".join([labels[0], *(label[0].lower() + label[1:] for label in labels[1:])])


def _tested(articles: tuple[Article, ...], cited: list[Finding], language: str) -> tuple[Note, ...]:
    stages = _stages(cited)
    if not stages:
        return (Note("says" if len(articles) == 1 else "says_many", language=language),)
    subject = next((f.setting for f in cited if f.stage is Stage.ANIMAL and f.setting), "animals")
    if set(stages) == {Stage.ANIMAL, Stage.HUMAN_TISSUE}:
        return (Note("tested_animal_and_tissue", {"subject": subject}, articles[0].id, language),)
    if len(stages) > 1:
        return (Note("tested_mixed", {"stages": _badges(stages, language).lower()}, articles[0].id, language),)
    if stages[0] is Stage.ANIMAL:
        return (Note("tested_animal", {"subject": subject}, articles[0].id, language),)
    sized = next((f for f in cited if f.sample_size), None)
    if sized and stages[0] in SIZED:
        return (Note(f"tested_{stages[0]}_n", {"n": _people(articles[0], sized)}, articles[0].id, language),)
    return (Note(f"tested_{stages[0]}", language=language),)


SIZED = (Stage.OBSERVATIONAL, Stage.TRIAL_UNSPECIFIED, Stage.PHASE1, Stage.PHASE2, Stage.PHASE3)


def _people(article: Article, finding: Finding) -> str:
    size = finding.sample_size or 0
    index = article.findings.index(finding)
    said = (c.slots["n"] for c in article.caveats if c.kind == "small_sample" and c.limits(index))
    return next(said, f"{size:,} people")
