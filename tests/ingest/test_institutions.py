import pytest

from rag.ingest.institutions import institutions


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Researchers at the University of Alder followed nurses.", ("University of Alder",)),
        ("Dr Ada Quill of Sint-Elm University Hospital led the work.", ("Sint-Elm University Hospital",)),
        ("The Birch Institute for Sleep Research in Oslo gave no date.", ("Birch Institute for Sleep Research",)),
        ("A team from the Alma – Salus Oak University of Ulm led it.", ("Alma – Salus Oak University of Ulm",)),
        ("She works at Elm College. The College is old.", ("Elm College",)),
        ("The hospital said the center was full.", ()),
    ],
)
def test_institutions_are_read_as_they_are_named(text: str, named: tuple[str, ...]) -> None:
    assert institutions([text]) == named
