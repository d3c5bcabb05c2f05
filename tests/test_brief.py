"""The nouns of an answer: nothing unsupported, uncited or without its caveats can be shown."""

import pytest

from rag.brief import FIXED, Brief, Outcome, Section
from rag.claim import Citation, Claim, Note, Problem, Verdict
from rag.domain import Article, Caveat, Finding, Role, Source, Span, Stage
from rag.question import Kind

TEXT = "Share this page. The pill slowed tumors in mice. A trial in people is planned."
MENU, RESULT, PLAN = Span(0, 16, TEXT[:16]), Span(17, 48, TEXT[17:48]), Span(49, 78, TEXT[49:])
IN_MICE = Caveat("not_in_humans", "a")
ARTICLE = Article(
    "a",
    Source("A pill", "pill.txt"),
    TEXT,
    removed=(MENU,),
    findings=(Finding("a", Stage.ANIMAL, Role.RESULT, RESULT), Finding("a", Stage.PHASE1, Role.PLANNED, PLAN)),
    caveats=(IN_MICE, Caveat("hype", "a", slots={"word": "wonder"})),
    stage=Stage.ANIMAL,
)
YES, NO = Verdict(True, 1.0), Verdict(False, 0.1, (Problem("species", "people", "mice"),))
SAYS = Note("says")


def claim(place: Span = RESULT, verdict: Verdict = YES, article: str = "a") -> Claim:
    return Claim(place.text, (Citation(article, place),), verdict)


def brief(outcome: Outcome, *claims: Claim, **changes: object) -> Brief:
    sections = (Section(Note("heading_says"), claims),) if claims else ()
    whole = {"bottom": (SAYS,), "sections": sections, "articles": (ARTICLE,), "caveats": (IN_MICE,)}
    return Brief(Kind.ANSWER, outcome, Note("heading_says"), **{**whole, **changes})


def test_what_is_supported_cited_and_cautioned_is_shown():
    shown = brief(Outcome.WRITTEN, claim(), claim(PLAN))
    assert [shown_claim.text for shown_claim in shown.claims] == [RESULT.text, PLAN.text]
    assert [citation.span for citation in shown.citations] == [RESULT, PLAN]
    assert [finding.stage for finding in shown.evidence] == [Stage.ANIMAL, Stage.PHASE1]
    assert shown.bottom_line == SAYS.text


@pytest.mark.parametrize(
    ("text", "citations"), [("", (Citation("a", RESULT),)), (" ", (Citation("a", RESULT),)), ("It works.", ())]
)
def test_a_claim_has_words_and_a_citation(text, citations):
    with pytest.raises(ValueError, match="needs words and a citation"):
        Claim(text, citations, YES)


def test_a_problem_is_of_a_kind_there_is():
    with pytest.raises(ValueError, match="no kind of problem"):
        Problem("mood", "glad", "sad")


@pytest.mark.parametrize(
    ("supported", "score", "problems"),
    [(True, 1.1, ()), (False, -0.1, ()), (True, 1.0, NO.problems)],
    ids=["above 1", "below 0", "supported with a problem"],
)
def test_a_verdict_does_not_contradict_itself(supported, score, problems):
    with pytest.raises(ValueError, match="a supported claim has no problems"):
        Verdict(supported, score, problems)


@pytest.mark.parametrize(("note", "slots"), [("no_such_note", {}), ("small_sample", {}), ("says", {"n": "3"})])
def test_a_note_is_one_of_the_catalogue(note, slots):
    with pytest.raises(ValueError, match="note"):
        Note(note, slots)


@pytest.mark.parametrize("outcome", sorted(FIXED))
@pytest.mark.parametrize(
    "extra",
    [{"sections": (Section(SAYS, (SAYS,)),)}, {"articles": (ARTICLE,)}, {"caveats": (IN_MICE,)}],
    ids=["sections", "articles", "caveats"],
)
def test_fixed_words_stand_alone(outcome, extra):
    bare = {"sections": (), "articles": (), "caveats": ()}
    assert brief(outcome, **bare).sections == ()
    with pytest.raises(ValueError, match="fixed words only"):
        brief(outcome, **{**bare, **extra})


@pytest.mark.parametrize("outcome", Outcome)
def test_a_brief_begins_with_a_bottom_line(outcome):
    with pytest.raises(ValueError, match="begins with a bottom line"):
        brief(outcome, bottom=())


@pytest.mark.parametrize("outcome", [Outcome.WRITTEN, Outcome.CORRECTED])
def test_an_answer_has_a_claim(outcome):
    with pytest.raises(ValueError, match="without a claim"):
        brief(outcome)


@pytest.mark.parametrize("changes", [{}, {"articles": ()}], ids=["article", "claim"])
def test_nothing_found_is_nothing_cited(changes):
    claims = () if not changes else (claim(),)
    with pytest.raises(ValueError, match="nothing was found"):
        brief(Outcome.NOT_FOUND, *claims, **changes)


def test_beside_advice_stands_one_cited_sentence():
    assert len(brief(Outcome.ADVICE, claim()).claims) == 1
    with pytest.raises(ValueError, match="one cited sentence at most"):
        brief(Outcome.ADVICE, claim(), claim(PLAN))


@pytest.mark.parametrize("outcome", [Outcome.WRITTEN, Outcome.CORRECTED, Outcome.NOT_SAID, Outcome.ADVICE])
def test_what_the_text_does_not_carry_is_not_shown(outcome):
    with pytest.raises(ValueError, match="not supported"):
        brief(outcome, claim(verdict=NO))


@pytest.mark.parametrize(
    "cited",
    [claim(article="b"), claim(MENU), claim(Span(18, 49, RESULT.text))],
    ids=["an article that is not among them", "a removed line", "a place where the words do not stand"],
)
def test_a_citation_leads_to_its_words(cited):
    with pytest.raises(ValueError, match="does not resolve"):
        brief(Outcome.WRITTEN, cited)


@pytest.mark.parametrize("said", [(), (Caveat("not_in_humans", None),), (Caveat("anecdote", "a"),)])
def test_a_result_is_not_shown_without_its_high_caveat(said):
    with pytest.raises(ValueError, match="without its caveat not_in_humans"):
        brief(Outcome.WRITTEN, claim(), caveats=said)


def test_a_plan_needs_no_caveat_of_a_result():
    assert brief(Outcome.WRITTEN, claim(PLAN), caveats=()).caveats == ()


def table(*cells: Claim | Note) -> Section:
    return Section(Note("heading_compared"), cells)


def test_a_table_has_its_cells_by_row():
    row = (SAYS, SAYS, SAYS, claim())
    section = table(*row, *row)
    assert [column.text for column in section.columns] == ["Article", "Tested in", "How many people", "What it saw"]
    assert section.rows == (row, row)
    assert Section(Note("heading_says"), row).rows == tuple((line,) for line in row)


def test_a_table_has_whole_rows():
    with pytest.raises(ValueError, match="a row that is not whole"):
        brief(Outcome.WRITTEN, sections=(table(SAYS, SAYS, claim()),))
