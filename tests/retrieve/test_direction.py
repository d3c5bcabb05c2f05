"""Up or down: a yes where a result went the way that is asked, a no where it went the other way."""

import pytest

from rag.question import Pick
from rag.retrieve.direction import agrees, opposes
from rag.retrieve.reading import read

CASES = [
    ("Did pain scores fall with the brace?", True, False),
    ("Did the brace lower pain scores?", True, False),
    ("Did pain scores go up with the brace?", False, True),
    ("Did pain scores not fall with the brace?", False, False),
    ("Did blood pressure fall with the brace?", False, False),
]


def scores(articles) -> Pick:
    article = articles["brace"]
    return next(Pick(article, s, 0.9) for s in article.sentences if "31%" in s.span.text)


@pytest.mark.parametrize(("question", "yes", "no"), CASES)
def test_a_result_is_held_against_the_way_asked(articles, question, yes, no):
    pick = scores(articles)
    assert (agrees(read(question), pick), opposes(read(question), pick)) == (yes, no)


def test_a_test_in_mice_does_not_say_what_happens_in_general(articles):
    article = articles["mice"]
    smaller = next(Pick(article, s, 0.9) for s in article.sentences if "40%" in s.span.text)
    assert agrees(read("Were the tumors smaller in the mice?"), smaller)
    assert not agrees(read("Does allifen shrink tumors?"), smaller)
