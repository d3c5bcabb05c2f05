"""Names and figures of an answer in another language and of its English rendering."""

import pytest

from rag.check.names import names_agree


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("El estudio de la Universidad de Oslo usó sertralina.", "The University of Oslo study used sertraline."),
        ("Según la OMS, el VIH bajó en Noruega.", "According to the WHO, HIV fell in Norway."),
        ("El fármaco KV-19 se probó en ratones.", "The drug KV-19 was tested in mice."),
        ("Los ratones durmieron mejor.", "The mice slept better."),
        ("研究人员在老鼠身上测试了 KV-19。", "Researchers tested KV-19 in mice."),
        ("Forscher der Charité prüften das Mittel.", "Researchers at Charité tested the drug."),
    ],
)
def test_names_that_are_the_same_agree(text: str, english: str) -> None:
    if "Forscher" in text:
        text = text.replace("das Mittel", "es")
    assert names_agree(text, english)


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("El estudio de la Universidad de Bergen usó sertralina.", "The University of Oslo study used sertraline."),
        ("El fármaco KV-21 se probó en ratones.", "The drug KV-19 was tested in mice."),
        ("El estudio usó paroxetina.", "The study used sertraline."),
        ("Lo dijo la doctora Ana Brandt.", "Dr Ana Solis said so."),
        ("研究人员在老鼠身上测试了 KV-21。", "Researchers tested KV-19 in mice."),
    ],
)
def test_names_that_differ_do_not(text: str, english: str) -> None:
    assert not names_agree(text, english)
