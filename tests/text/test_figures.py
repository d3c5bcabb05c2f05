import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.text.figures import figures


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("involving 36 patients", [(36, None)]),
        ("1,438 pipelines and 41,260 adults", [(1438, None), (41260, None)]),
        ("from 8 cm to 2.5 cm", [(8, "cm"), (2.5, "cm")]),
        ("11.7% of cases, 38 percent, 17 per cent", [(11.7, "%"), (38, "%"), (17, "%")]),
        ("an estimated 3 to 10 percent", [(3, "%"), (10, "%")]),
        ("between 5 and 10 mg", [(5, "mg"), (10, "mg")]),
        ("0.5mg or 40 mg once weekly for 16 weeks", [(0.5, "mg"), (40, "mg"), (16, "weeks")]),
        ("a 52-year-old woman, a six-week course", [(52, "years"), (6, "weeks")]),
        ("25 decibels, 14 parts per billion", [(25, "decibels"), (14, "ppb")]),
        ("thirty-six, three dozen, half a dozen", [(36, None), (36, None), (6, None)]),
        ("two hundred and four, four hundred thousand", [(204, None), (400_000, None)]),
        ("254 million people, £5m, $34.99", [(254e6, None), (5e6, "£"), (34.99, "$")]),
        ("two and a half years", [(2.5, "years")]),
        ("two three-week courses", [(2, None), (3, "weeks")]),
        ("twice as many, doubled, a 3-fold rise, tenfold", [(2, "times"), (2, "times"), (3, "times"), (10, "times")]),
        (
            "of 1,912 children aged 0 to 14 in 2014–2019",
            [(1912, None), (0, None), (14, None), (2014, None), (2019, None)],
        ),
        ("a trial—36 patients—showed", [(36, None)]),
        ("one patient and one year", [(1, None), (1, "years")]),
    ],
)
def test_numbers_and_units(text: str, expected: list[tuple[float, str | None]]):
    assert [(figure.value, figure.unit) for figure in figures(text)] == expected


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("less than 1/4 of patients", 0.25),
        ("one in five of the cells", 0.2),
        ("1 in 8 is a patient", 0.125),
        ("nine in ten children", 0.9),
        ("half of them", 0.5),
        ("two thirds", 2 / 3),
        ("a third of patients", 1 / 3),
        ("halved", 0.5),
        ("50% of people", 0.5),
        ("seven out of 14 rats", 0.5),
    ],
)
def test_parts_of_a_whole_compare_by_their_share(text: str, share: float):
    (figure,) = figures(text)
    assert figure.share == pytest.approx(share)


def test_a_part_of_a_group_gives_the_share_and_both_counts():
    found = figures("no longer detected in 7 of 12 mice")
    assert [figure.text for figure in found] == ["7 of 12", "7", "12"]
    assert found[0].share == pytest.approx(7 / 12)
    assert [figure.value for figure in figures("two of the 16 treated animals")][1:] == [2, 16]


@pytest.mark.parametrize(
    "text",
    [
        "interleukin 2", "PD-1", "Th17 cells", "Phase 2", "phase 2a", "phase 1/2", "phases 2 and 3", "IL-17C", "B12",
        "KV-19", "COVID-19", "5-HT", "type 2 diabetes", "stage 4", "EUX-2023-118204", "LANTERN-1", "No. 5", "p53",
        "the 4th day", "at 21:14", "19.06.2024", "2025-05-28", "no one knew", "one by one", "half an hour",
        "double-blind", "a third trial", "the poorest fifth", "thousands of patients",
    ],
)  # fmt: skip
def test_a_number_in_a_name_a_date_or_an_idiom_is_no_figure(text: str):
    assert figures(text) == ()


@given(st.text(alphabet=st.sampled_from("0123456789.,/-%$ aftenoixhdrvm"), max_size=60) | st.text())
def test_figures_are_slices_of_the_text(text: str):
    for figure in figures(text):
        assert text[figure.start : figure.end] == figure.text and figure.value >= 0


@pytest.mark.timeout(20)
@pytest.mark.parametrize("piece", ["1", "one-", "a ", "1,234 of 99 "])
def test_a_megabyte_is_read_in_bounded_time(piece: str):
    assert all(figure.end <= 1_000_000 for figure in figures(piece * (1_000_000 // len(piece))))
