"""Which articles an answer is from: each release once, two where two are compared, none that was taken out."""

import pytest

from rag.brief import Outcome
from rag.question import Request

RELEASE = (
    "Nasal spray eases hay fever\n\n"
    "A nasal spray called rhinavol eased hay fever in a trial with 310 adults. Sneezing fell by 44% with rhinavol, "
    "compared with 12% with a salt spray. Nosebleeds were reported by 5% of those on rhinavol.\n\n"
    "The trial ran for eight weeks at six clinics. It was led by Dr Ana Brandt of the University of Weststrand. "
    "Rhinavol has not been approved by any regulator."
)
COPY = RELEASE.replace("Nasal spray eases hay fever", "Hay fever: spray brings relief, study says", 1)
TEA = (
    "Nettle tea and hay fever\n\n"
    "Nettle tea did not ease hay fever in a trial with 90 adults. "
    "Sneezing fell by 11% with the tea and by 12% with water."
)


def test_one_release_in_two_articles_is_counted_once(opened):
    chain = opened({"one": RELEASE, "two": COPY, "tea": TEA})
    brief = chain.invoke(Request("What did the rhinavol trial find?"))
    first = brief.articles[0]
    (other,) = {article.id for article in chain.library.articles()} - {first.id, "tea"} - _ids(chain, "tea")
    assert brief.also_in[first.id] == (other,)
    compared = chain.invoke(Request("Compare the studies on hay fever."))
    assert len(compared.articles) == 2, "the spray once, and the tea"
    assert len(compared.sections[0].rows) == 2


def _ids(chain, origin: str) -> set[str]:
    return {article.id for article in chain.library.articles() if article.source.origin.startswith(origin)}


def test_an_article_that_was_taken_out_is_not_answered_from(opened):
    chain = opened({"one": RELEASE, "tea": TEA})
    question = Request("What did the rhinavol trial find?")
    assert chain.invoke(question).outcome is Outcome.WRITTEN
    chain.library.remove(next(iter(_ids(chain, "one"))))
    assert not any("rhinavol" in claim.text for claim in chain.invoke(question).claims)


def test_of_two_that_are_compared_two_are_shown(chain):
    brief = chain.invoke(Request("What is the difference between the garlic study and the hepatitis study?"))
    assert {article.source.origin for article in brief.articles} == {"mice.txt", "dish.txt"}
    assert all(len(row) == 4 for row in brief.sections[0].rows)


SHOT = (
    "Gene shot brings hearing back in guinea pigs\n\n"
    "A single jab of a gene brought some hearing back in 16 deaf guinea pigs. Six weeks after the injection the "
    "treated ears could pick up quieter sounds. Cells in the ear and cells of a cancer differ, the researchers said."
)


@pytest.mark.parametrize(
    "question",
    [
        "What do the articles say about mRNA vaccines for pancreatic cancer?",
        "What do the articles say about gene therapy for pancreatic cancer?",
        "Compare what the articles say about heart surgery and statins.",
    ],
)
def test_a_word_of_the_question_in_an_article_on_something_else_is_no_answer(opened, question):
    chain = opened({"shot": SHOT, "tea": TEA, "surgery": RELEASE.replace("nasal spray", "spray after surgery")})
    assert chain.invoke(Request(question)).outcome is Outcome.NOT_FOUND
