import pytest

from rag.evidence.samples import sample

COUNTED = [
    ("The study enrolled 84 adults at 11 hospitals.", 84, "84 adults"),
    ("They followed 41,260 Norwegian and Danish adults.", 41260, "41,260 Norwegian and Danish adults"),
    ("Three dozen volunteers took part.", 36, "Three dozen volunteers"),
    ("Thirty-six patients were enrolled.", 36, "Thirty-six patients"),
    ("A survey of 3,870 members of online groups.", 3870, "3,870 members"),
    ("A 36-patient trial tested the patch.", 36, "36 patients"),
    ("Among the 19 who finished, the score fell.", 19, "19 people"),
    ("The team recruited three men and 11 women.", 14, "three men and 11 women"),
    ("Blood was collected from 31 adults and from 20 donors.", 51, "31 adults and 20 donors"),
    ("The result (n = 24) was presented at a meeting.", 24, "n = 24"),
    ("Of the 1,912 children aged 0 to 14 who were diagnosed, most lived.", 1912, "1,912 children"),
]

NOT_COUNTED = [
    "Dr. Marsh, 44, led the study of women.",
    "The children were followed for 4 years.",
    "The tumor measured 8 cm in the patients.",
    "Half of the 50% of people who answered agreed.",
    "There are 1,438 pipelines for patients.",
    "About one in five people had a rash.",
    "The rate was 25 per 1,000 people.",
    "About 12 million adults have hearing loss.",
    "In the study, women aged 45 to 60 took a tablet.",
    "Liver enzymes rose in the group given 60 mg.",
    "Two earlier studies reported that patients slept better.",
    "The data came from an estimated 310,000 patients per year undergoing the test.",
]


@pytest.mark.parametrize(("text", "size", "words"), COUNTED)
def test_people_are_counted_in_the_articles_words(text, size, words):
    found = sample(text)
    assert (found.size, found.words) == (size, words)


@pytest.mark.parametrize("text", NOT_COUNTED)
def test_no_other_number_is_a_sample(text):
    assert sample(text) is None


def test_those_to_whom_something_happened_are_no_sample_where_the_study_is_larger(read):
    article = read(
        "Coffee and kidney stones\n\nThe researchers followed 66,000 nurses for ten years.\n\nOf those followed, 151 "
        "participants developed a kidney stone. Stones were 20 percent less common among coffee drinkers.\n\n"
        "In a subgroup of 900 women over 70, the risk was no lower than in women who drank tea."
    )
    assert [f.sample_size for f in article.findings] == [66000, 66000, 900]
