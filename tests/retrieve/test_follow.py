"""Questions that go on from an answer: few, new, and each with an answer in the same article."""

import pytest

from rag.brief import Outcome
from rag.question import Request

ASKED = [
    "What did the knee brace trial find?",
    "Who led the knee brace study?",
    "¿Quién pagó el estudio de la rodilla?",
]


@pytest.mark.parametrize("question", ASKED)
def test_each_leads_to_an_answer_from_the_same_article(chain, question):
    brief = chain.invoke(Request(question))
    offered = chain.follow_ups(question, (), brief)
    assert 0 < len(offered) <= 3 and len(set(offered)) == len(offered)
    for text in offered:
        answer = chain.invoke(Request(text, earlier=(question,)))
        assert answer.outcome in (Outcome.WRITTEN, Outcome.CORRECTED)
        assert answer.articles[0].id == brief.articles[0].id


def test_what_was_asked_is_not_offered_again(chain):
    question = "What did the knee brace trial find?"
    brief = chain.invoke(Request(question))
    first = chain.follow_ups(question, (), brief)[0]
    later = chain.invoke(Request(first, earlier=(question,)))
    assert first not in chain.follow_ups(first, (question,), later)


def test_side_effects_are_offered_only_where_the_article_tells_of_any(chain):
    for question, told in (("What did the knee brace trial find?", True), ("What did allifen do in mice?", False)):
        brief = chain.invoke(Request(question))
        assert ("What were the side effects?" in chain.follow_ups(question, (), brief)) is told


@pytest.mark.parametrize("question", ["How do I get rid of head lice?", "I want to die."])
def test_nothing_is_offered_where_nothing_was_answered(chain, question):
    assert chain.follow_ups(question, (), chain.invoke(Request(question))) == ()
