"""The first words of an answer: yes where a result says so, a denial only where nothing affirms it."""

from dataclasses import replace

import pytest

from rag.brief import Outcome
from rag.domain import Finding, Role, Stage
from rag.question import Asks, Evidence, Sufficiency
from rag.writers.opening import not_found, opening

ALONE = frozenset({1})
NONE: frozenset[int] = frozenset()


@pytest.fixture
def asked(evidence, article):
    """Make what was gathered for a yes/no question, from people where it is said so."""

    def make(claim: str, *, strong: str = "", in_people: bool = False, asks: frozenset[Asks] = frozenset()) -> Evidence:
        of = article()
        if in_people:
            told = Finding("a1", Stage.PHASE2, Role.RESULT, of.sentences[1].span)
            of = replace(of, findings=(told,), stage=Stage.PHASE2, caveats=())
        found = evidence(1, of=of)
        question = replace(
            found.question, claim=claim, text=f"Does {claim}?", strong=frozenset(strong.split()), asks=asks
        )
        return replace(found, question=question)

    return make


def ids(evidence: Evidence, alone: frozenset[int] = NONE, *, affirmed: bool = False) -> list[str]:
    return [note.id for note in opening(evidence, None, alone, affirmed=affirmed).bottom]


def test_a_promise_that_nothing_affirms_is_not_shown(asked):
    assert ids(asked("velorin cure kidney scars", strong="cure"))[0] == "not_shown"


def test_no_denial_stands_above_a_sentence_that_affirms(asked):
    told = asked("velorin help kidney scars", strong="help", in_people=True)
    assert "not_shown" in ids(told)
    assert ids(told, affirmed=True) == ["tested_phase2"]


def test_a_plain_question_that_cannot_be_decided_is_neither_affirmed_nor_denied(asked):
    assert ids(asked("velorin slow kidney scars")) == ["tested_animal"]


def test_a_sentence_that_says_it_alone_is_a_yes(asked):
    assert ids(asked("velorin slow kidney scars"), ALONE) == ["yes", "tested_animal"]


def test_a_link_in_people_who_were_watched_is_no_cause(asked):
    told = asked("velorin makes you lose weight", in_people=True)
    article = told.articles[0]
    watched = tuple(replace(finding, stage=Stage.OBSERVATIONAL) for finding in article.findings)
    article = replace(article, findings=watched, stage=Stage.OBSERVATIONAL)
    picks = tuple(replace(pick, article=article) for pick in told.picks)
    assert ids(replace(told, articles=(article,), picks=picks))[0] == "not_shown"


def test_people_are_not_affirmed_where_the_result_is_from_mice(asked):
    told = asked("velorin tested in people", asks=frozenset({Asks.WHOM}))
    assert "yes_people" not in ids(told)
    assert ids(asked("velorin tested in people", in_people=True, asks=frozenset({Asks.WHOM})))[0] == "yes_people"


def test_an_approval_no_sentence_tells_of_is_put_right(evidence):
    told = evidence(1, asks=Asks.WHEN, text="When was velorin approved?")
    told = replace(told, question=replace(told.question, presumed="velorin approved"))
    assert opening(told, None, NONE).outcome is Outcome.CORRECTED


def test_a_detail_in_the_credits_is_not_called_absent(evidence):
    told = replace(evidence(1), sufficiency=Sufficiency.NOT_SAID, missing=Asks.FUNDER)
    assert ids(told) == ["missing_funder"]
    assert ids(replace(told, left_out=True)) == ["left_out_detail"]


def test_an_empty_library_says_so(evidence):
    none = Evidence(evidence(1).question, Sufficiency.NOT_FOUND)
    assert [note.id for note in not_found([], none).bottom] == ["not_found", "library_empty", "ask_elsewhere"]
