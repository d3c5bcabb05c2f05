"""The sentence that tells what is asked comes first, whatever else an article says about it."""

import pytest

from rag.brief import Outcome
from rag.question import Request


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Who paid for the knee brace trial?", "Joint Health Foundation"),
        ("Who led the knee brace study?", "Marit Solheim"),
        ("Where was the knee brace trial done?", "Norway"),
        ("How many walkers took part in the brace trial?", "240 walkers"),
        ("How long was the knee brace worn?", "12 weeks"),
        ("How much does the knee brace cost?", "45 euros"),
        ("What side effects did the knee brace have?", "Skin rash"),
        ("What happens next with the knee brace?", "2027"),
        ("¿Quién pagó el estudio de la rodilla?", "Joint Health Foundation"),
    ],
)
def test_what_tells_it_is_read_first(chain, question, words):
    brief = chain.invoke(Request(question))
    assert brief.outcome is Outcome.WRITTEN
    assert any(words in claim.text for claim in brief.claims[:2])
    assert words in brief.claims[0].text or brief.claims[1].text.startswith("It "), "only what it leans on is before it"


def test_who_comments_on_a_study_is_not_who_leads_it(chain):
    brief = chain.invoke(Request("Who led the knee brace study?"))
    assert not any("Vance" in claim.text for claim in brief.claims)


def test_two_questions_in_one_are_both_answered(chain):
    brief = chain.invoke(Request("Who led the knee brace trial and how many walkers were in it?"))
    said = " ".join(claim.text for claim in brief.claims)
    assert "Marit Solheim" in said and "240 walkers" in said


@pytest.mark.parametrize(
    "question", ["What did the knee brace trial find?", "Compare the brace, the garlic and the hepatitis studies."]
)
def test_no_answer_quotes_more_than_80_words(chain, question):
    brief = chain.invoke(Request(question))
    assert brief.claims
    assert sum(len(claim.text.split()) for claim in brief.claims if claim.verbatim) <= 80
