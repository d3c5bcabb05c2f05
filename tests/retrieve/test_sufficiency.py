"""Enough, on the subject without the detail, or nothing: three outcomes that stay apart."""

import pytest

from rag.brief import Outcome
from rag.question import Request


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Who paid for the garlic study in mice?", "who paid"),
        ("What does allifen cost?", "costs"),
        ("Which journal published the garlic mouse study?", "journal"),
        ("How old were the walkers with the brace?", "how old"),
    ],
)
def test_a_detail_that_is_lacking_is_named(chain, question, words):
    brief = chain.invoke(Request(question))
    assert brief.outcome is Outcome.NOT_SAID
    assert words in brief.bottom_line


@pytest.mark.parametrize(
    "question",
    [
        "What did the hepatitis C molecule do?",
        "Does sumatriptan shrink tumors in mice?",
        "What helps with elbow pain?",
        "What is the capital of Norway?",
        "How do I get rid of head lice?",
    ],
)
def test_a_look_alike_is_not_answered_from_another_article(chain, question):
    assert chain.invoke(Request(question)).outcome is Outcome.NOT_FOUND


@pytest.mark.parametrize(
    ("question", "article"),
    [
        ("does tht garlik stuff shrink tumers in mise", "mice"),
        ("What did the hepatitis B molecule do?", "dish"),
        ("My mum is 71 and her knee hurts when she walks to the shops, is there a brace that was tested?", "brace"),
    ],
)
def test_however_it_is_put_the_article_on_it_is_found(chain, question, article):
    brief = chain.invoke(Request(question))
    assert {cited.source.origin for cited in brief.articles} == {f"{article}.txt"}
