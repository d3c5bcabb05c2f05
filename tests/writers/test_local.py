import pytest

from rag.writers.local import local


@pytest.mark.parametrize(
    ("words", "language", "said"),
    [
        ("mice", "en", "mice"),
        ("mice", "es", "ratones"),
        ("36 patients", "es", "36 pacientes"),
        ("1,318 people", "es", "1,318 personas"),
        ("one person", "es", "una persona"),
        ("tumor size", "es", "el tamaño del tumor"),
        ("striped skunks", "es", "“striped skunks”"),
    ],
)
def test_a_slot_is_in_the_readers_language_or_quoted(words: str, language: str, said: str) -> None:
    assert local(words, language) == said
