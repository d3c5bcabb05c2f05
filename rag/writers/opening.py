"""The first words of an answer: the verdict on the question and what the evidence was tested in, before any claim."""

import re
from dataclasses import dataclass

from rag.brief import Outcome
from rag.claim import Note, Verdict
from rag.domain import Article, Finding, Role, Stage
from rag.question import Asks, Evidence, Part, Pick, Question, Sufficiency
from rag.text.days import day
from rag.text.words import content, normal, stem, words
from rag.writers.tested import badges, results, stages, tested

PEOPLE = re.compile(
    r"\b(people|ppl|humans?|patients?|men|women|adults|children|volunteers?|(?<!the )us|personas|humanos|pacientes)\b",
    re.I,
)
ANIMALS = re.compile(r"\b(mice|mouse|rats?|animals?|pigs?|monkeys?|ratones)\b", re.I)
EVENT = re.compile(
    r"\b(?:fail\w*|harm\w*|hurt\w*|kill\w*|di(?:e|es|ed)|ban(?:s|ned)?|halt\w*|cancel\w*|withdr[ae]w\w*|cur(?:e|es|ed)|"
    r"collaps\w*|prove[nsd]?)\b",
    re.I,
)
"""What a "why" may take for granted that must not pass unsaid where no sentence tells it."""
ALLOWED = re.compile(r"approved|licensed|authori[sz]ed|launched|withdrawn|banned|recalled", re.I)
"""What a "when" may take for granted likewise."""
DEATH = frozenset(map(stem, ("die", "died", "death", "deaths")))
WHOSE = {Asks.PEOPLE, Asks.WHOM}
"""Asked in whom, an answer says it even where no sentence quoted is a result."""
PUBLISHED = re.compile(r"\b(?:publish\w*|articles?|news|written|appear\w*|posted|public\w+)\b", re.I)
RESULTS = re.compile(r"\b(find|found|show\w*|results?)\b", re.I)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
DENIAL = re.compile(r"\b(not|no|never|nor|neither|none|cannot|fail\w*)\b|n't\b")
CAUSAL = re.compile(
    r"\b(?:ma[kd]es? (?:you|people|us|me|them)|leads? to|gives? you|because of|thanks to|due to)\b", re.I
)
PERSONAL = re.compile(
    r"^\W*(?:(?:so|and|but|hi|hello|please)[, ]+)*(?:do|should|must|can|could|may|will|would|am|is|are) "
    r"(?:i|we|my|(?:[\w-]+ ){1,6}(?:for me|my \w+))\b",
    re.I,
)
"""What one reader should do or may expect: no article says that, whatever it found in others."""
LEAST = 3
"""Words that carry meaning in a claim a sentence can confirm."""
TITLES = 6
"""Titles named where nothing was found; a longer list is not read."""


@dataclass(frozen=True, slots=True)
class Opening:
    """How an answer opens: its outcome, its title and its bottom line."""

    outcome: Outcome
    title: Note
    bottom: tuple[Note, ...]


def not_found(titles: list[str], evidence: Evidence) -> Opening:
    """Say that the library holds nothing on it, and what it does hold; of the app itself, what it is for."""
    language = evidence.question.language
    named = "; ".join(f"“{title}”" for title in titles[:TITLES])
    if not titles:
        covers = Note("library_empty", language=language)
    elif len(titles) > TITLES:
        covers = Note("covers_many", {"count": str(len(titles)), "titles": named}, language=language)
    else:
        covers = Note("covers", {"titles": named}, language=language)
    if Asks.APP in evidence.question.asks:
        return Opening(
            Outcome.NOT_FOUND, Note("title_app", language=language), (Note("app", language=language), covers)
        )
    left_out = (Note("left_out", language=language),) if evidence.left_out else ()
    bottom = (Note("not_found", language=language), *left_out, covers, Note("ask_elsewhere", language=language))
    return Opening(Outcome.NOT_FOUND, Note("title_not_found", language=language), bottom)


def opening(evidence: Evidence, carried: Verdict | None, alone: frozenset[int], *, affirmed: bool = False) -> Opening:
    """Open an answer; `carried` is the check of what a question asks or assumes, `alone` the sentences that say it.

    `affirmed` tells that one says as much in its own words: no yes, but no denial above it either.
    """
    question, language = evidence.question, evidence.question.language
    if evidence.sufficiency is Sufficiency.NOT_SAID:
        note = Note(f"missing_{evidence.missing}" if evidence.missing else "missing", language=language)
        left_out = (Note("left_out_detail", language=language),) if evidence.left_out else ()
        return Opening(Outcome.NOT_SAID, Note("title_not_said", language=language), left_out or (note,))
    if len(evidence.articles) > 1:
        return Opening(Outcome.WRITTEN, Note("title_overview", language=language), _several(evidence))
    article = evidence.articles[0]
    cited = _results(evidence)
    badge = badges(stages(cited) or (article.stage,), cited or results(article), language)
    title = Note("title_stage", {"badge": badge}, language=language)
    main = [f for f in results(article) if f.stage is article.stage] if question.asks & WHOSE else []
    line = tested(article, cited or main, language)
    confirmed = _confirmed(question, evidence.picks, alone)
    corrected = _correction(evidence, carried, confirmed=confirmed, affirmed=affirmed)
    if corrected:
        return Opening(Outcome.CORRECTED, title, (corrected, line))
    in_people = article.stage.in_people or any(finding.stage.in_people for finding in cited)
    answer = _answer(question, article, confirmed=confirmed, in_people=in_people)
    return Opening(Outcome.WRITTEN, title, (*answer, line))


def _several(evidence: Evidence) -> tuple[Note, ...]:
    """Whether the articles set side by side give results from people, and that there are more."""
    language = evidence.question.language
    in_people = [_from_people(article) for article in evidence.articles]
    which = "all" if all(in_people) else "some" if any(in_people) else "none"
    shown = len(in_people)
    slots = {"count": str(shown), "all": str(shown + evidence.more)}
    more = (Note("more_articles", slots, language=language),) if evidence.more else ()
    return (Note(f"compared_{which}", language=language), *more)


def _from_people(article: Article) -> bool:
    """Whether an article has results from people: as its main matter, or from a study of a known kind or size."""
    sure = (f.sample_size or f.stage is not Stage.TRIAL_UNSPECIFIED for f in results(article) if f.stage.in_people)
    return article.stage.in_people or any(sure)


def _results(evidence: Evidence) -> list[Finding]:
    """The results an answer stands on: those cited; all of the article's where it is judged as a whole."""
    whole = evidence.question.asks & {Asks.SUMMARY, Asks.EXPLAINER} or evidence.question.strong
    touched = (f for pick in evidence.picks for _, f in pick.article.findings_at(pick.sentence.span))
    cited = [finding for finding in touched if finding.role is Role.RESULT]
    return results(evidence.articles[0]) if whole and cited else cited


def _confirmed(question: Question, picks: tuple[Pick, ...], alone: frozenset[int]) -> bool:
    """Whether one sentence cited says what a yes/no question asks: it passes the check, is as strong and denies alike.

    A claim of a word or two ("was it the same?") says too little to be confirmed.
    """
    if question.claim is None or len({word.stem for word in content(question.claim)}) < LEAST:
        return False
    denied = bool(DENIAL.search(normal(question.claim)))
    for pick in picks:
        text = pick.sentence.span.text
        alike = bool(DENIAL.search(normal(text))) == denied
        if pick.sentence.n in alone and alike and question.strong <= {word.stem for word in content(text)}:
            return True
    return False


def _correction(evidence: Evidence, carried: Verdict | None, *, confirmed: bool, affirmed: bool) -> Note | None:
    """The note that puts right what the question takes for granted, None where it leans on nothing wrong."""
    question, article = evidence.question, evidence.articles[0]
    note = _overtaken(evidence, confirmed) or _not_in_people(question, article, confirmed)
    if note is not None:
        return note
    language = question.language
    if question.claim and Asks.CONTROL in question.asks and _uncontrolled(article):
        return Note("no_comparison", language=language)
    if question.strong or _made_a_cause(evidence):
        return None if confirmed or affirmed else Note("not_shown", language=language)
    denied = any(pick.part is Part.DENIES for pick in evidence.picks)
    untold = (
        _untold(question, article)
        or carried is not None
        and any(EVENT.fullmatch(problem.claim) for problem in carried.problems)
    )
    wrong = (untold and question.claim is None) or (denied and not (confirmed or affirmed))
    return Note("not_so", language=language) if wrong else None


def _uncontrolled(article: Article) -> bool:
    """Whether an article says itself that nobody was compared with."""
    return any(caveat.kind == "no_control" and caveat.span for caveat in article.caveats)


def _made_a_cause(evidence: Evidence) -> bool:
    """Whether a question makes a cause out of a link: what was seen where people were only watched."""
    told = results(evidence.articles[0])
    return bool(CAUSAL.search(evidence.question.claim or "")) and stages(told) == (Stage.OBSERVATIONAL,)


def _untold(question: Question, article: Article) -> bool:
    """Whether a why takes something grave for granted, or a when an approval, that the article has no word of."""
    if not question.asks & {Asks.WHY, Asks.WHEN} or not question.presumed:
        return False
    event = EVENT if Asks.WHY in question.asks else ALLOWED
    grave = {word.stem for word in words(question.presumed) if event.fullmatch(normal(word.text))}
    told = {word.stem for sentence in article.sentences for word in words(sentence.span.text)}
    return bool(grave) and not told & (grave | DEATH if grave & DEATH else grave)


def _overtaken(evidence: Evidence, confirmed: bool) -> Note | None:
    """A study withdrawn, of another year, or without results so far."""
    question, article = evidence.question, evidence.articles[0]
    if any(caveat.kind == "retracted" for caveat in article.caveats):
        return Note("was_retracted", language=question.language)
    years = set(YEAR.findall(question.text))
    if years and article.source.date and article.source.date[:4] not in years and not _mentions(article, years):
        slots = {"date": article.source.date[:4], "year": min(years)}
        return Note("not_the_year", slots, article.id, question.language)
    roles = {f.role for f in article.findings}
    cited = {f.role for p in evidence.picks if p.part is Part.ANSWER for _, f in article.findings_at(p.sentence.span)}
    asked = question.strong or question.presumed or RESULTS.search(question.text)
    if (not article.stages and Role.ONGOING in roles) or (asked and not confirmed and cited == {Role.ONGOING}):
        return Note("no_results_yet", language=question.language)
    return None


def _not_in_people(question: Question, article: Article, confirmed: bool) -> Note | None:
    """A question about people, of an article that has results from none."""
    if any(stage.in_people for stage in article.stages) or not article.stages:
        return None
    told = question.claim or question.presumed or ""
    if (
        Asks.PEOPLE in question.asks
        and PEOPLE.search(question.text)
        and not any(f.sample_size for f in article.findings)
    ):
        return Note("no_patients_to_count", language=question.language)
    if not PEOPLE.search(told) or ANIMALS.search(told):
        return None
    if question.presumed:
        return Note("no_people_open", language=question.language)
    sure = Asks.WHOM in question.asks or (not confirmed and Stage.HUMAN_TISSUE not in article.stages)
    return Note("no_people", language=question.language) if sure else None


def _mentions(article: Article, years: set[str]) -> bool:
    return any(year in sentence.span.text for sentence in article.sentences for year in years)


def _answer(question: Question, article: Article, *, confirmed: bool, in_people: bool) -> tuple[Note, ...]:
    language = question.language
    if question.claim is not None:
        if PERSONAL.match(question.text):
            return (Note("not_for_one", language=language),)
        if Asks.WHOM in question.asks and PEOPLE.search(question.claim) and in_people and not question.strong:
            return (Note("yes_people", language=language),)
        return (Note("yes", language=language),) if confirmed else ()
    if Asks.WHEN in question.asks and PUBLISHED.search(question.text):
        return (_dated(article, language),)
    if Asks.JOURNAL in question.asks and article.source.journal:
        return (Note("says_journal", {"journal": article.source.journal}, article.id, language),)
    return ()


def _dated(article: Article, language: str) -> Note:
    date = article.source.date
    if date is None:
        return Note("missing_date", language=language)
    return Note("says_date", {"date": date if language == "es" else day(date)}, article.id, language)
