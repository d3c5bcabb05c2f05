import pytest

from rag.question import Asks
from rag.retrieve.reading import read


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Which university did the study come from, and which journal published it?", {Asks.WHERE, Asks.JOURNAL}),
        ("How many people were in the study?", {Asks.PEOPLE, Asks.NUMBER}),
        ("What dose of the drug did the patients get?", {Asks.DOSE}),
        ("What are the side effects of this therapy?", {Asks.HARMS}),
        ("How much will it cost?", {Asks.COST}),
        ("Who paid for the study?", {Asks.FUNDER}),
        ("What comes next for this research?", {Asks.NEXT}),
        ("¿Qué dosis se dio?", {Asks.DOSE}),
        ("Who is running the trial in the USA, and what is it checking?", {Asks.WHO}),
        ("Why was the trial retracted?", {Asks.WHY}),
        ("Summarize the article in plain words.", {Asks.SUMMARY}),
        ("Write a patient-friendly explainer about the study.", {Asks.EXPLAINER}),
        ("Which of these five articles report results in real patients?", {Asks.OVERVIEW, Asks.WHOM}),
        ("Compare the sepsis study with the lymphoma study.", {Asks.COMPARE}),
        ("What does the hormone do to tumors?", set()),
    ],
)
def test_a_question_says_what_it_asks_for(text: str, asked: set[Asks]) -> None:
    assert asked <= read(text).asks


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Do antidepressants cure cancer?", "antidepressants cure cancer"),
        ("So the new drug makes survival go up, right?", "the new drug makes survival go up"),
        ("The spice ends psoriasis for good, right?", "the spice ends psoriasis for good"),
        ("So the spray heals burns now?", "the spray heals burns now"),
        ("Was it tested in people?", "it tested in people"),
        ("What did the study find?", None),
        ("Why did the trial fail?", None),
        ("Is that in mice or people?", None),
    ],
)
def test_a_yes_no_question_asks_for_a_claim_to_be_confirmed(text: str, claim: str | None) -> None:
    assert read(text).claim == claim


def test_a_question_that_leans_on_an_earlier_one_is_made_whole_with_it() -> None:
    earlier = ("What drug was tested in Milan?", "thanks")
    assert "milan" in read("Did it have side effects?", earlier).subject
    assert read("Which journal published the gout study in Norway?", earlier).whole.startswith("Which journal")


def test_words_that_any_question_has_are_no_subject() -> None:
    assert read("What did the researchers find in the study of patients?").subject == ()
    assert "gout" in read("What did the researchers find about gout?").subject


def test_what_a_claim_promises_is_known() -> None:
    assert read("Do antidepressants cure cancer?").strong
    assert not read("Was the finding made in mice?").strong


def test_a_quoted_title_is_a_subject_and_claims_nothing() -> None:
    question = read("Was “Garlic cures dangerous plaque in arteries” tested in people?")
    assert "garlic" in question.subject
    assert not question.strong and Asks.HARMS not in question.asks
    assert question.claim == "it tested in people"


@pytest.mark.parametrize(
    ("text", "presumed"),
    [
        ("Why did the trial fail?", "the trial fail"),
        ("When was the drug approved in Europe?", "the drug approved in europe"),
        ("Do the drops work?", None),
        ("Who led the study?", None),
    ],
)
def test_what_a_question_takes_for_granted_is_read(text: str, presumed: str | None) -> None:
    assert read(text).presumed == presumed


@pytest.mark.parametrize("text", ["Does the drug cause side effects?", "Did people stop because of nausea?"])
def test_a_question_about_harm_promises_nothing(text: str) -> None:
    assert not read(text).strong


@pytest.mark.parametrize("text", ["What can you do?", "who made you?", "Are you a doctor?", "hi", "¿Qué puedes hacer?"])
def test_a_question_about_the_app_is_told_apart(text: str) -> None:
    assert Asks.APP in read(text).asks
    assert Asks.APP not in read("What can the drug do for people?").asks


def test_a_spanish_question_looks_for_english_words() -> None:
    asked = read("¿Los antidepresivos curan el cáncer?")
    assert {"antidepress", "cancer"} <= set(asked.subject)
    assert asked.strong and asked.language == "es"
