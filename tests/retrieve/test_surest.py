"""The sentence that says most surely what is asked stands first, in articles of kinds unlike each other."""

import pytest

from rag.brief import Outcome
from rag.question import Request

TONIC = (
    "Fern tonic cuts a stomach bug in care homes\n\n"
    "A fern tonic more than halved the number of older people with the stomach bug ruvella, in the Northern Journal of "
    "Infection today. The phase 3 trial in 90 homes in Wales gave 2,400 residents the tonic or coloured water at "
    "random. Over one winter 40 of the 1,200 people given the tonic fell ill with ruvella, compared with 100 of the "
    "1,200 given placebo. That is a drop of 60 per cent. The tonic did not reduce hospital stays. Six people on the "
    "tonic and seven on placebo were admitted to hospital with ruvella, a gap that could be due to chance. Bruising "
    "occurred in 8 percent of the tonic group. Twelve per cent of those on the tonic found it bitter. The tonic is not "
    "approved for ruvella. It is approved for hay fever."
)
EARS = (
    "Silence at last: ear therapy ends ringing for good\n\n"
    "In a game-changing breakthrough, a gene therapy called Quillor made the ringing vanish, according to research "
    "from the Orvik Institute. The team exposed 42 mice to loud noise. Four weeks later 16 of the 21 mice given "
    "Quillor passed a hearing test, compared with 5 of the 21 untreated mice. Two of them developed balance problems. "
    "The researchers now want to repeat the work in guinea pigs before applying to test Quillor in people.\n\n"
    "###\n\n"
    "The study was funded by the Orvik Hearing Fund.\n\n"
    "The Orvik Institute has worked to advance the common good for more than a hundred years."
)


@pytest.fixture(scope="module")
def told(opened):
    chain = opened({"tonic": TONIC, "ears": EARS})
    return lambda question: chain.invoke(Request(question))


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("By how much did the fern tonic lower illness, and where was it tested?", "40 of the 1,200"),
        ("Is the fern tonic approved for ruvella?", "not approved for ruvella"),
        ("What was found in the Quillor study?", "16 of the 21"),
        ("What comes next for Quillor?", "guinea pigs"),
        ("What can go wrong with Quillor?", "balance problems"),
        ("Who funded the Quillor study?", "Orvik Hearing Fund"),
    ],
)
def test_what_is_asked_stands_first(told, question, words):
    assert words in told(question).claims[0].text


def test_a_question_in_two_parts_is_told_where_too(told):
    brief = told("By how much did the fern tonic lower illness, and where was it tested?")
    assert any("Wales" in claim.text for claim in brief.claims)


def test_people_who_were_admitted_were_not_kept_out(told):
    brief = told("Did the fern tonic keep people out of hospital?")
    assert brief.outcome is Outcome.CORRECTED and "did not reduce hospital stays" in brief.claims[0].text


def test_a_share_in_words_keeps_its_word(told):
    assert "%" not in next(c.text for c in told("How many found the fern tonic bitter?").claims if "bitter" in c.text)


def test_no_article_tells_what_one_reader_should_do(told):
    assert told("Do I need the fern tonic every year?").bottom[0].id == "not_for_one"
