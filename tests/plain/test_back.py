from rag.plain.back import back, put_back
from rag.plain.glossary import entries


def test_a_meaning_in_brackets_goes_and_one_in_its_place_gives_way_to_the_word() -> None:
    entry = next(entry for entry in entries() if entry.term == "placebo")
    meaning = entry.plain.split(". ")[0].rstrip(".")
    assert back(f"Half got a placebo ({meaning}) each day.") == "Half got a placebo each day."
    assert back(f"Half got {meaning[0].lower()}{meaning[1:]} each day.") == "Half got placebo each day."
    assert "placebo" in put_back(f"Half got {meaning}.")


def test_a_text_without_one_stays_as_it_is() -> None:
    assert back("Mice slept longer.") == "Mice slept longer."
    assert put_back("Mice slept longer.") == ()
