"""The nouns of a question: evidence that could not be cited cannot be gathered."""

import pytest

from rag.domain import Article, Sentence, Source, Span
from rag.question import Evidence, Pick, Question, Sufficiency

TEXT = "Share this page. The pill slowed tumors in mice."
MENU, RESULT = Span(0, 16, TEXT[:16]), Span(17, 48, TEXT[17:])
ARTICLE = Article("a", Source("A pill", "pill.txt"), TEXT, removed=(MENU,), sentences=(Sentence("a", 0, 0, 0, RESULT),))
QUESTION = Question(
    text="Does it work?",
    whole="Does the pill work?",
    language="en",
    asks=frozenset(),
    claim="the pill works",
    strong=frozenset(),
    subject=("pill",),
    focus=("work",),
)


@pytest.mark.parametrize(
    "sentence",
    [Sentence("b", 0, 0, 0, RESULT), Sentence("a", 0, 0, 0, MENU), Sentence("a", 0, 0, 0, Span(16, 47, RESULT.text))],
    ids=["another article's", "removed", "misplaced"],
)
def test_a_pick_can_be_cited(sentence):
    with pytest.raises(ValueError, match="cannot be cited"):
        Pick(ARTICLE, sentence, 0.5)


@pytest.mark.parametrize(
    "found", [{"articles": (ARTICLE,)}, {"picks": (Pick(ARTICLE, ARTICLE.sentences[0], 0.5),)}], ids=["article", "pick"]
)
def test_where_nothing_was_found_there_is_nothing(found):
    with pytest.raises(ValueError, match="nothing was found"):
        Evidence(QUESTION, Sufficiency.NOT_FOUND, **found)


@pytest.mark.parametrize("sufficiency", [Sufficiency.ENOUGH, Sufficiency.NOT_SAID])
def test_what_was_found_is_in_an_article(sufficiency):
    with pytest.raises(ValueError, match="in no article"):
        Evidence(QUESTION, sufficiency)
    assert Evidence(QUESTION, sufficiency, articles=(ARTICLE,)).articles == (ARTICLE,)
