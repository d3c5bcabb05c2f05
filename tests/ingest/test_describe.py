import pytest

from rag.domain import Document, Source
from rag.ingest.clean import clean
from rag.ingest.dates import dates, iso
from rag.ingest.describe import describe

BODY = "In a trial of 300 people, the pill eased pain better than a dummy pill did.\n\nIt was well tolerated by all.\n"
TITLE = "Pill eases back pain in a trial of 300 people\n\n"


def described(text: str, **given: str) -> Source:
    document = Document(text, "x.txt", "x", **given)
    return describe(document, clean(document))


def test_titles_and_dates_are_those_of_the_gold(reading):
    assert (reading.source.title, reading.source.date) == (reading.gold["title"], reading.gold["date"])


def test_outlets_are_among_those_the_gold_accepts(reading):
    if "outlet_accept" in reading.gold:
        assert reading.source.outlet in reading.gold["outlet_accept"]


def test_people_and_journals_are_those_of_the_seeds(reading):
    if "journals" in reading.gold:
        named = [person.split(" (")[0] for person in reading.gold["researchers"]]
        assert list(reading.source.researchers) == named
        assert reading.source.journal in (reading.gold["journals"] or [None])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-05-28", "2025-05-28"),
        ("March 11, 2026 – 07:00 CET", "2026-03-11"),
        ("Published: 19.06.2024 10:42", "2024-06-19"),
        ("Published 21:14, 3 Jul 2025", "2025-07-03"),
        ("Posted on 27th of April 2026", "2026-04-27"),
        ("Sept. 2, 2025", "2025-09-02"),
        ("Spring issue, March 2013", "2013-03"),
        ("Summer 2013", "2013"),
        ("12/31/2020", "2020-12-31"),
        ("31/12/2020", "2020-12-31"),
        ("03/04/2024", "2024"),
        ("31 February 2024", None),
        ("2010", "2010"),
        ("may help 2,000 people", None),
        ("yesterday", None),
    ],
)
def test_a_date_is_as_precise_as_it_is_stated(text: str, expected: str | None):
    assert iso(text) == expected


def test_dates_stand_where_they_are_found():
    text = "On 3 May 2021 and in June 2022"
    assert [text[date.start : date.end] for date in dates(text)] == ["3 May 2021", "June 2022"]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        (f"{TITLE}Updated 4 July 2025 | Published 3 July 2025\n\n{BODY}", "2025-07-03"),
        (f"12 January 2026\n{TITLE}{BODY}", "2026-01-12"),
        (f"12 January 2026\n\nDaily Scope\n\n{TITLE}{BODY}", None),
        (f"{TITLE}LONDON, Nov. 3, 2021 (Wire) - {BODY}", "2021-11-03"),
        (f"{TITLE}{BODY.strip()} (ab, April 6, 2010)\n", "2010-04-06"),
        (f"{TITLE}{BODY}\nPublished on 5 June 2020\n", "2020-06-05"),
        (f"{TITLE}{BODY}\n© 2023 Daily Scope\n", None),
        (f"{TITLE}{BODY}\nVideo: Ten tips (October 2020)\n", None),
        (f"{TITLE}{BODY}\nSee also: the best phones of summer 2022\n", None),
        (f"{TITLE}The trial began on 3 May 2019 in Porto and ended a year after that. {BODY}", None),
    ],
)
def test_the_date_is_never_that_of_the_page_s_furniture(text: str, date: str | None):
    assert described(text).date == date


@pytest.mark.parametrize(
    ("line", "authors", "outlet"),
    [
        ("By Ann O'Neill and Bob van Stone", ("Ann O'Neill", "Bob van Stone"), None),
        ("By Ann Roe, Harbour News Agency", ("Ann Roe",), "Harbour News Agency"),
        ("By Ann Roe for The Daily Scope", ("Ann Roe",), "The Daily Scope"),
        ("By Ann Roe, health correspondent", ("Ann Roe",), None),
        ("Ann Roe, health correspondent", ("Ann Roe",), None),
        ("Evening Times, 3 May 2021", (), "Evening Times"),
        ("Rotterdam, 3 May 2021", (), None),
        ("by admin", (), None),
        ("by newsdesk", (), None),
    ],
)
def test_bylines(line: str, authors: tuple[str, ...], outlet: str | None):
    source = described(f"{TITLE}{line}\n\n{BODY}")
    assert (source.authors, source.outlet) == (authors, outlet)


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        (f"THE DAILY SCOPE\n\n{TITLE}{BODY}", "The Daily Scope"),
        (f"Harbour University | News\n\n{TITLE}{BODY}", "Harbour University"),
        (f"NEWS FROM HARBOUR HOSPITAL\n\n{TITLE}{BODY}", "Harbour Hospital"),
        (f"HEALTH & FAMILY\n\n{TITLE}{BODY}", None),
        (f"PRESS RELEASE\n\n{TITLE}{BODY}", None),
        (f"{TITLE}{BODY}\n© 2019–2024 Daily Scope Ltd. Imprint | Cookies\n", "Daily Scope"),
    ],
)
def test_outlets(text: str, outlet: str | None):
    assert described(text).outlet == outlet


@pytest.mark.parametrize(
    ("sentence", "people"),
    [
        ("The team, led by Professor Ann Roe and Doctor Bo Poe, agreed.", ("Ann Roe", "Bo Poe")),
        ("“It works,” says the researcher Ann Roe from Porto.", ("Ann Roe",)),
        ("Immunology expert Roe pointed out that it works.", ("Roe",)),
        ("Ann Roe, a rheumatologist at the hospital, was not involved. “Good,” Roe said.", ("Ann Roe",)),
        ("Biomedical engineer Ann Roe and her students built it.", ("Ann Roe",)),
        ("Bill Poe, 71, said he slept better. The Harbour Clinic said nothing.", ()),
        ("They told the journal Inner Ear Medicine, a periodical for doctors.", ()),
    ],
)
def test_people_of_the_research_are_named(sentence: str, people: tuple[str, ...]):
    assert described(f"{TITLE}{BODY}\n{sentence}\n").researchers == people


@pytest.mark.parametrize(
    ("sentence", "journal"),
    [
        ("The study was published in the scientific journal Brain, Body, and Pain.", "Brain, Body, and Pain"),
        ("The results are in the specialist journal Pain been published.", "Pain"),
        ("The trial was published today in the Northern Journal of Medicine.", "Northern Journal of Medicine"),
        ("The survey appeared in Open Pain Research.", "Open Pain Research"),
        ("Data published in Big Numbers say so. The study is in the journal Pain.", "Pain"),
        ("The evidence comes from a review that appeared in March in Hearing Notes.", "Hearing Notes"),
        ("It has not been published in a peer-reviewed journal and will be presented in May.", None),
        ("The findings were published in the United States in March.", None),
    ],
)
def test_journals(sentence: str, journal: str | None):
    assert described(f"{TITLE}{BODY}\n{sentence}\n").journal == journal


def test_what_came_with_the_document_counts_first():
    text = f"THE DAILY SCOPE\n\n{TITLE}3 May 2021\n\n{BODY}"
    source = described(text, title="Another", date="March 3, 2020", outlet="Elsewhere", url="https://a.example/b")
    assert (source.title, source.date, source.outlet, source.url) == (
        "Another",
        "2020-03-03",
        "Elsewhere",
        "https://a.example/b",
    )


def test_a_text_without_a_headline_goes_by_its_first_words():
    assert (
        described("It eased pain in 30 adults. The trial was small.").title
        == "It eased pain in 30 adults. The trial was small."
    )
