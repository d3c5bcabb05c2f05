"""The language of a message: short ones, names in them, accents left out."""

import pytest

from rag.text.language import LANGUAGES, SAMPLE, language


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "What did the Universität Mainz team find?"),
        ("en", "Who is José García?"),
        ("en", "Did Müller & Söhne pay for the trial?"),
        ("en", "Ms. Wang's tumor?"),
        ("en", "do prozak help kill tumers or wat"),
        ("en", "gout"),
        ("en", ""),
        ("en", "🙂 42"),
        ("es", "los antidepresivos curan el cancer?"),
        ("es", "¿Los antidepresivos curan el cáncer?"),
        ("es", "me quiero morir"),
        ("es", "que es la depresion"),
        ("es", "células T y tumores"),
        ("es", "asma y zinc"),
        ("es", "vacunación infantil"),
        ("en", "loss of the Y chromosome"),
        ("en", "granddad"),
        ("fr", "Que dit l'étude sur la depression ?"),
        ("fr", "jai plus envie de vivre"),
        ("de", "Was tötet Krebszellen in der Studie?"),
        ("de", "was sagt die studie ueber depression"),
        ("pt", "O que é a depressão?"),
        ("pt", "quero morrer"),
        ("it", "Quanti pazienti sono morti nello studio?"),
        ("it", "voglio morire"),
        ("hi", "मैं मरना चाहता हूँ।"),
        ("hi", "क्या DRIFT-2 में मरीज ठीक हुए?"),
        ("hi", "main ab jeena nahi chahta"),
        ("zh", "SSRI能治癌症吗?"),
        ("zh", "PD-1 是什么"),
        ("other", "この研究は何ですか"),
        ("other", "Что показало исследование?"),
        ("other", "ما هي نتائج الدراسة؟"),
        ("other", "이 연구는 무엇입니까?"),
        ("other", "Wat zijn de bijwerkingen van het middel?"),
        ("other", "Czy lek jest bezpieczny?"),
    ],
)
def test_a_message_is_in_its_language(code, text):
    assert language(text) == code
    assert code in (*LANGUAGES, "other")


def test_a_long_message_is_told_by_its_beginning():
    assert language("Der Artikel ist nicht lang. " * 400 + "The end of it is in English. " * 900) == "de"
    assert SAMPLE < 28 * 400
