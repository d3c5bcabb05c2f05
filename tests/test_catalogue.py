"""The catalogue: every fixed sentence whole in each of its languages, and none that is not in it."""

import pytest

from rag import catalogue

ENTRIES = catalogue.entries()


def test_slots_are_filled():
    assert catalogue.render("small_sample", "en", {"n": "36 people"}).startswith("Only 36 people took part.")


def test_a_language_a_note_lacks_is_english():
    assert catalogue.render("not_in_humans", "xx", {}) == catalogue.render("not_in_humans", "en", {})


@pytest.mark.parametrize("note", ENTRIES)
def test_a_note_takes_the_same_slots_in_each_language(note):
    texts = ENTRIES[note].texts
    assert {language: set(text.get_identifiers()) for language, text in texts.items()} == {
        language: set(texts["en"].get_identifiers()) for language in texts
    }
    assert all(text.is_valid() for text in texts.values())


@pytest.mark.parametrize("note", ENTRIES)
def test_a_note_has_a_severity_there_is_or_none(note):
    assert ENTRIES[note].severity in ("high", "medium", "low", "always", "")


@pytest.mark.parametrize(
    ("note", "slots", "says"),
    [
        ("no_such_note", {}, "no note"),
        ("small_sample", {}, "takes the slots"),
        ("small_sample", {"n": "4", "of": "9"}, "takes the slots"),
        ("not_in_humans", {"n": "4"}, "takes the slots"),
    ],
)
def test_what_is_not_in_the_catalogue_is_not_said(note, slots, says):
    with pytest.raises(ValueError, match=says):
        catalogue.render(note, "en", slots)


@pytest.mark.parametrize("note", ["no_such_note", "not_found"])
def test_only_a_caveat_has_a_severity(note):
    with pytest.raises(ValueError, match="no caveat"):
        catalogue.severity(note)


def test_an_id_that_stands_twice_is_refused(monkeypatch):
    monkeypatch.setattr(catalogue, "FILES", ("caveats.csv", "caveats.csv"))
    with pytest.raises(ValueError, match="stands twice"):
        catalogue.entries.__wrapped__()


def test_a_note_without_english_is_refused(monkeypatch, tmp_path):
    (tmp_path / "notes.csv").write_text("id,severity,en,es,source\nonly_spanish,,,Hola.,own words\n", encoding="utf8")
    monkeypatch.setattr(catalogue, "FILES", (str(tmp_path / "notes.csv"),))
    with pytest.raises(ValueError, match="no English text"):
        catalogue.entries.__wrapped__()
