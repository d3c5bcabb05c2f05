"""The fixed words: whole in each language, verified numbers only, nothing of research in a crisis."""

import re

import pytest

from rag import catalogue
from rag.safety import words
from rag.safety.gates import screen
from rag.text.language import LANGUAGES

NUMBER = re.compile(r"findahelpline\.com|\d[\d ]*\d")
SHOWN = {
    "crisis": lambda language: words.crisis(language, someone_else=False),
    "crisis for another": lambda language: words.crisis(language, someone_else=True),
    "emergency": words.emergency,
    "treatment": lambda language: words.treatment(language, stops_antidepressant=True),
    "diagnosis": words.diagnosis,
    "injection": lambda language: words.injection(language, secret=True),
}


def said(name, language):
    return " ".join(note.text for note in SHOWN[name](language))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SHOWN)
def test_every_gate_speaks_every_language(name, language):
    assert language == "en" or said(name, language) != said(name, "en")


@pytest.mark.parametrize("language", [*LANGUAGES, "other"])
@pytest.mark.parametrize("name", ["crisis", "crisis for another"])
def test_a_crisis_gets_every_number_and_no_other(name, language):
    shown = set(NUMBER.findall(said(name, language)))
    assert shown == {line.number for line in words.lines()}


def test_each_number_has_a_source_and_a_date():
    assert len(words.lines()) == len({line.id for line in words.lines()}) >= 8
    for line in words.lines():
        assert line.country and line.source and line.what in ("emergency", "helpline", "directory")
        assert re.fullmatch(r"20\d\d-\d\d", line.verified)


@pytest.mark.parametrize(
    "row", [note for note in catalogue.entries() if note.startswith(("help_", "crisis_", "emergency_"))]
)
def test_no_number_is_written_into_the_words_themselves(row):
    for language, text in catalogue.entries()[row].texts.items():
        written = set(re.findall(r"\d+", text.template))
        assert written <= ({"2"} if (row, language) == ("help_us", "es") else set())


@pytest.mark.parametrize("name", ["crisis", "crisis for another"])
def test_a_crisis_is_answered_in_80_to_120_words_about_the_person(name):
    text = said(name, "en")
    assert 80 <= len(text.split()) <= 120
    assert "sorry" in text and "glad you told me" in text and "afety comes first" in text
    assert not re.search(r"\b(study|article|research|trial|evidence|library)\b", text, re.I)


def test_the_words_fit_who_is_in_danger():
    mine = " ".join(note.text for note in screen("I want to die").notes)
    theirs = " ".join(note.text for note in screen("My brother says he wants to die.").notes)
    assert "Their safety" in theirs and "Their safety" not in mine


def test_an_emergency_is_told_to_call_and_nothing_else():
    (note,) = screen("My baby is turning blue and will not wake up.").notes
    assert "911" in note.text and "999" in note.text and "112" in note.text and len(note.text.split()) < 40


@pytest.mark.parametrize("language", [*LANGUAGES, "other"])
def test_the_help_line_stands_in_the_readers_language(language):
    assert {"988", "116 123", "024", "2896 0000", "findahelpline.com"} <= set(NUMBER.findall(words.standing(language)))


@pytest.mark.parametrize(
    ("message", "doctor"),
    [
        ("Should I stop my tablets?", "doctor or pharmacist"),
        ("¿Debo dejar mi tratamiento?", "médico"),
        ("Soll ich mein Medikament absetzen?", "Arzt"),
        ("Est-ce que je dois arrêter mon traitement ?", "médecin"),
        ("Devo parar de tomar meu remédio?", "médico"),
        ("Posso smettere di prendere le mie medicine?", "medico"),
        ("我可以停药吗?", "医生"),
        ("क्या मैं अपनी दवा बंद कर सकता हूँ?", "डॉक्टर"),
    ],
)
def test_advice_is_sent_to_a_doctor_in_the_readers_language(message, doctor):
    assert doctor in screen(message).notes[0].text
