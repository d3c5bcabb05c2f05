"""The first words of an answer: the verdict on the question and what the evidence was tested in, before any claim."""

import re
from dataclasses import dataclass

from rag.brief import Note, Outcome, Verdict
from rag.domain import Article, Finding, Role
from rag.question import Asks, Evidence, Pick, Question, Sufficiency
from rag.text.words import content, normal
from rag.writers.tested import badges, results, stages, tested

PEOPLE = re.compile(
    r"\b(people|ppl|humans?|patients?|men|women|adults|children|volunteers?|us|personas|humanos|pacientes)\b", re.I
)
ANIMALS = re.compile(r"\b(mice|mouse|rats?|animals?|pigs?|monkeys?|ratones)\b", re.I)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
DENIAL = re.compile(r"\b(not|no|never|nor|neither|none|without|cannot|fail\w*)\b|n't\b")
ASKED = 0.75
"""Share of a question's words that a sentence must hold to say yes to it."""
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
    if len(evidence.articles) > 1:
        title, many = Note("title_overview", language=language), Note("says_many", language=language)
        return Opening(Outcome.WRITTEN, title, (many,))
    article = evidence.articles[0]
    cited = _results(evidence)
    title = Note("title_stage", {"badge": badges(stages(cited) or (article.stage,), language)}, language=language)
    line = tested(article, cited, language)
    confirmed = _confirmed(question, evidence.picks, carried)
    corrected = _correction(question, article, carried, confirmed)
    if corrected:
        return Opening(Outcome.CORRECTED, title, (corrected, line))
    return Opening(Outcome.WRITTEN, title, (*_answer(question, article, confirmed), line))


def _results(evidence: Evidence) -> list[Finding]:
    """The results an answer stands on: those cited; all of the article's where it is judged as a whole."""
    whole = evidence.question.asks & {Asks.SUMMARY, Asks.EXPLAINER} or evidence.question.strong
    touched = (f for pick in evidence.picks for _, f in pick.article.findings_at(pick.sentence.span))
    cited = [finding for finding in touched if finding.role is Role.RESULT]
    return results(evidence.articles[0]) if whole and cited else cited


def _confirmed(question: Question, picks: tuple[Pick, ...], carried: Verdict | None) -> bool:
    """Whether a sentence cited says what a yes/no question asks: the check holds, or it has all but filler."""
    if question.claim is None or carried is None:
        return False
    asked = {word.stem for word in content(question.claim)}
    for pick in picks:
        text = pick.sentence.span.text
        held = {word.stem for word in content(text)}
        if not question.strong <= held or bool(DENIAL.search(normal(text))) != bool(DENIAL.search(question.claim)):
            continue
        loose = all(problem.kind == "not_in_text" for problem in carried.problems)
        if carried.supported or (loose and len(asked & held) >= ASKED * len(asked)):
            return True
    return False


def _correction(question: Question, article: Article, carried: Verdict | None, confirmed: bool) -> Note | None:
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
    if question.strong and not confirmed:
        return Note("not_shown", language=language)
    return None


def _mentions(article: Article, years: set[str]) -> bool:
    return any(year in sentence.span.text for sentence in article.sentences for year in years)


def _answer(question: Question, article: Article, confirmed: bool) -> tuple[Note, ...]:
    language = question.language
    if question.claim is not None:
        in_people = any(stage.in_people for stage in article.stages)
        if Asks.WHOM in question.asks and PEOPLE.search(question.claim) and in_people and not question.strong:
            return (Note("yes_people", language=language),)
        return (Note("yes", language=language),) if confirmed else ()
    if Asks.JOURNAL in question.asks and article.source.journal:
        return (Note("says_journal", {"journal": article.source.journal}, article.id, language),)
    return ()
