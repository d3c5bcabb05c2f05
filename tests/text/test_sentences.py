import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.text.sentences import split

CASES = {
    "titles": ["Dr. Ama Boateng agreed.", "Univ.-Prof. Dr. Tobias Bopp led it."],
    "abbreviations": ["It fell, e.g. in mice vs. rats.", "See No. 5 of Ms. Wang et al. for more."],
    "initials and firms": [
        "J. K. Smith founded Tallow Bay B.V. today.",
        "In the U.S. Food and Drug Administration they met.",
    ],
    "an abbreviation that ends": [
        "It was sold in the U.S.",
        "The study was not.",
        "He came at 5 p.m.",
        "The rest left.",
    ],
    "decimals": ["It shrank from 8 cm to 2.5 cm.", "That took 0.5 years."],
    "a letter that names": ["They took vitamin D.", "Researchers watched.", "It was hepatitis B.", "Nobody died."],
    "quotation with attribution": [
        '"We did not expect this," says X.',
        '"Is it over?" Dr. Marsh asked.',
        '"No!" cried the team.',
    ],
    "quotation of two sentences": ["“It is early.", "We need more data.”", "He left."],
    "reference marks": [
        "It was printed in the “Journal of Things” [1].",
        "It worked [2 ].",
        "It did not.[3]",
        "Then it did.",
    ],
    "small beginnings": ["It was used for leukemia.", "b-cell lymphoma came later.", "mRNA vaccines followed."],
    "an aside": ["So says the head of the group at the HZI.", "(sb, April 6, 2010)"],
    "list numbers": ["1. The registry covers all hospitals.", "2. Figures are final."],
    "exclamations": ["Rejoice!", "Is it so?", "It is…", "Perhaps."],
    "other scripts": ["这是一项小型研究。", "没有副作用。"],
}


@pytest.mark.parametrize("expected", CASES.values(), ids=CASES.keys())
def test_sentences_end_where_they_end(expected: list[str]):
    joint = "" if not expected[0].isascii() and " " not in expected[0] else " "
    assert [span.text for span in split(joint.join(expected))] == expected


def test_a_blank_line_ends_a_sentence_and_a_line_break_does_not():
    assert [s.text for s in split("The trial was\nsmall\n\nIt ended early")] == [
        "The trial was\nsmall",
        "It ended early",
    ]


def test_a_missing_space_after_a_full_stop_is_forgiven_but_not_in_an_address():
    assert [s.text for s in split("It eased pain.The team was glad.")] == ["It eased pain.", "The team was glad."]
    assert len(split("Write to press@firm.example or see firm.example today.")) == 1


def test_offsets_count_from_where_the_block_stands():
    text = "Title\n\n  It worked. It did not last.  "
    assert all(span.inside(text) for span in split(text[7:], 7))
    assert len(split(text[7:], 7)) == 2


@given(st.text(alphabet=st.sampled_from(" \n\t.!?…。\"'”“([)]1aAbéß-–Dr\u00a0"), max_size=200) | st.text(max_size=200))
def test_spans_are_ordered_exact_and_lose_no_word(text: str):
    spans, end = split(text), 0
    for span in spans:
        assert span.start >= end and span.inside(text) and span.text == span.text.strip()
        assert not any(c.isalnum() for c in text[end : span.start])
        end = span.end
    assert not any(c.isalnum() for c in text[end:])


@pytest.mark.timeout(20)
@pytest.mark.parametrize("piece", ["word ", "a.", "Dr. Aa ", '"Aa said." ', "(", "a.[1]", "\n", "? \u201d"])
def test_a_megabyte_without_a_break_is_split_in_bounded_time(piece: str):
    text = piece * (1_000_000 // len(piece))
    assert sum(len(span.text) for span in split(text)) <= len(text)
