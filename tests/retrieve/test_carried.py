"""What is carried by the sentences chosen: a yes by one alone, a denial held back by one that affirms."""

from rag.question import Evidence, Part, Pick, Sufficiency
from rag.retrieve.carried import carried
from rag.retrieve.reading import read


def gathered(article, question: str, holds: str, part: Part = Part.ANSWER) -> Evidence:
    picks = tuple(Pick(article, s, 0.9, part) for s in article.sentences if holds in s.span.text)
    return Evidence(read(question), Sufficiency.ENOUGH, (article,), picks)


def test_a_result_in_people_holds_back_a_denial(articles):
    assert carried(gathered(articles["brace"], "Does a brace help knee pain?", "31%")).affirmed


def test_a_result_in_mice_affirms_nothing_in_general(articles):
    assert not carried(gathered(articles["mice"], "Does allifen help against melanoma?", "40%")).affirmed


def test_what_denies_it_leaves_no_affirmation(articles):
    assert not carried(gathered(articles["brace"], "Does a brace help knee pain?", "31%", Part.DENIES)).affirmed


def test_a_hope_affirms_nothing(articles):
    assert not carried(gathered(articles["brace"], "Does a brace help knee pain?", "planned")).affirmed


def test_an_open_question_asks_for_no_yes(articles):
    told = carried(gathered(articles["brace"], "What did the brace do?", "31%"))
    assert told.verdict is None and not told.alone and not told.affirmed
