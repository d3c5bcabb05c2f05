import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.domain import Article, Document, Source
from rag.ingest.clean import clean, sentences


def squeezed(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


def cited(text: str, title: str | None = None) -> list[str]:
    return [s.span.text for s in sentences("x", clean(Document(text, "x.txt", "x", title=title)), text)]


def removed(text: str) -> list[str]:
    return [span.text for span in clean(Document(text, "x.txt", "x")).removed]


def test_no_boilerplate_of_the_gold_can_be_cited(reading):
    for line in map(squeezed, reading.gold["boilerplate"]):
        for sentence in map(squeezed, (s.span.text for s in reading.sentences)):
            assert line not in sentence and (sentence not in line or len(sentence) < 4)


def test_no_quote_of_the_gold_is_lost(reading):
    whole = squeezed(" ".join(sentence.span.text for sentence in reading.sentences))
    assert [quote for quote in reading.gold["quotes"] if squeezed(quote) not in whole] == []


def test_the_headline_is_found(reading):
    assert reading.layout.title.text == reading.gold["title"]


def test_every_part_is_a_slice_and_no_two_overlap(reading):
    layout, text = reading.layout, reading.document.text
    parts = [*layout.removed, *layout.headings, *(block.span for block in layout.blocks), layout.title]
    ordered = sorted(parts, key=lambda span: span.start)
    assert all(span.inside(text) for span in parts)
    assert all(a.end <= b.start for a, b in zip(ordered, ordered[1:], strict=False))
    assert sum(len(span.text.split()) for span in parts) == len(text.split())


def test_an_article_accepts_the_sentences(reading):
    article = Article(
        reading.document.id,
        Source("Title", "x.txt"),
        reading.document.text,
        reading.layout.removed,
        reading.layout.headings,
        reading.sentences,
    )
    assert [sentence.n for sentence in article.sentences] == list(range(len(article.sentences)))
    assert len({squeezed(sentence.span.text) for sentence in article.sentences}) == len(article.sentences)


PROSE = "In a trial of 300 people, the pill eased pain better than a dummy pill did."
HEAD = "Pill eases back pain in a trial of 300 people\n\n"


@pytest.mark.parametrize(
    "line",
    [
        "See also\u00a0 Five ways to sleep",
        "Read also: Ten foods for the liver",
        "READ MORE: Five breakfast swaps",
        "Home » Health » Pain",
        "Share this on Facebook | X | LinkedIn",
        "Sign up to our weekly newsletter: tips and offers.",
        "This website uses cookies to improve your experience. Accept Read More",
        "Privacy & Cookies Policy",
        "© 2024 Some News. All rights reserved.",
        "Copyright 2024 Some News",
        "Media contact: press@firm.example",
        "Edit:Someone Responsible editor:Someone",
        "Source:somewhere.example",
        "(source:internet, reference only)",
        "(Reporting by A. Roe; editing by B. Poe)",
        "Photograph: a woman at home. Credit: A. Roe",
        "Image caption, Tea is popular",
        "Tags: pain, back, pills",
        "ADVERTISEMENT",
        "BUY NOW: save 15% on your first order",
        "Special statement: if the pictures on this site infringe your legitimate rights, contact us.",
        "This content is for informational purposes only and is no advice.",
        "This press release contains forward-looking statements that involve risks.",
        "You are receiving this email because you signed up.",
        "The Gazette is published four times a year by the Office of News.",
        "Earlier it was reported that a new hospital was opened in the city.",
        "Found a mistake? Select it and press Ctrl+Enter",
        "Did you like this article? Rate it: ★★★★☆ (212 ratings)",
    ],
)
def test_furniture_between_paragraphs_is_removed_whole(line: str):
    text = f"{HEAD}{PROSE}\n\n{line}\n\nNo serious side effects were seen in either group.\n"
    assert removed(text) == [line]
    assert cited(text) == [PROSE, "No serious side effects were seen in either group."]


@pytest.mark.parametrize(
    "sentence",
    [
        "Recommended doses of aspirin did not prevent cancer in a trial of 2,000 people.",
        "Sponsored by the health service, the trial enrolled people in four countries.",
        "More in men than in women dropped out of the trial.",
        "Images of the brain showed no change after two years.",
        "Subscribers to the health plan were followed for ten years.",
        "Donated blood was used in the tests.",
        "By 2030, one in five adults will have diabetes.",
        "Published data from other teams support the link.",
        "Loading doses of the drug were given on the first day.",
        "The gene is not responsible for the disease, the team found.",
        "Translated into daily life, that means one pill less.",
        "The study was funded by the state and had no commercial sponsor.",
    ],
)
def test_a_sentence_that_begins_like_furniture_stays(sentence: str):
    assert sentence in cited(f"{HEAD}{sentence}\n\n{PROSE}\n")


def test_links_go_until_prose_resumes():
    links = ["You may also like", "Doctors stunned by this habit", "Are you tired? Take the quiz"]
    text = HEAD + "\n\n".join([PROSE, *links, f"{PROSE[:-1]} again.\n"])
    assert removed(text) == links and len(cited(text)) == 2


def test_a_link_to_the_comments_on_top_does_not_end_the_article():
    assert cited(f"{HEAD}Comments (12)\n\n{PROSE}\n\nIt was well tolerated.\n") == [PROSE, "It was well tolerated."]
    comment = "jo88: my cousin took this and she was cured within a single week."
    assert cited(f"{HEAD}{PROSE}\n\nComments (1)\n{comment}\n") == [PROSE]


def test_a_firm_that_presents_itself_is_removed_and_an_illness_is_not():
    text = f"{HEAD}{PROSE}\n\nAbout back pain\nBack pain affects one in four adults.\n\n"
    text += "About Painless\nPainless is a biotech company.\n"
    assert cited(text) == [PROSE, "Back pain affects one in four adults."]


def test_sections_begin_at_headings_and_at_a_repeated_title():
    title = HEAD.strip()
    text = f"{title}\n\n{PROSE}\n\nSide effects\nSome felt sick.\n\n{title}\n\nOthers slept badly.\n"
    layout = clean(Document(text, "x.txt", "x"))
    assert [block.section for block in layout.blocks] == [0, 1, 2]
    assert [span.text for span in layout.headings] == ["Side effects", title]


def test_a_line_that_repeats_a_sentence_or_the_title_is_not_cited_twice():
    text = f'{HEAD}{PROSE}\n\n"It helped me a lot."\n\n{HEAD.strip()}. "It helped me a lot. I walk again," she said.\n'
    found = cited(text)
    assert len(found) == 3 and "It helped me a lot." in found[1] and found[2].startswith("I walk")


def test_a_hard_wrapped_paragraph_is_one():
    text = "People who took the pill had less pain over the\nnext ten weeks than those with a dummy pill,\nthey said."
    assert [sentence.split()[-1] for sentence in cited(f"{HEAD}{text} It ended.\n")] == ["said.", "ended."]


def test_a_given_title_is_not_looked_for_elsewhere_and_one_paragraph_has_none():
    assert clean(Document(HEAD + PROSE, "x", "x", title=HEAD.strip())).title.text == HEAD.strip()
    assert clean(Document("It eased pain in 30 adults. The trial was small.", "x", "x")).title is None


@given(st.text(alphabet=st.sampled_from("Ab. \n\r\t\u00a0-#?!:1|©\u2028"), max_size=300).filter(str.strip))
def test_any_text_is_laid_out_in_exact_spans(text: str):
    document = Document(text, "x", "x")
    layout = clean(document)
    found = sentences("x", layout, text)
    Article("x", Source("Title", "x"), text, layout.removed, layout.headings, found)


@pytest.mark.timeout(30)
@pytest.mark.parametrize(
    "piece", ["a", "word ", "a.", "(", "\n", "Share this on\n", "An odd title line here\n\n", PROSE + "\n\n"]
)
def test_a_megabyte_is_laid_out_in_bounded_time(piece: str):
    text = piece * (1_000_000 // len(piece)) + "x"
    assert sum(len(line) for line in removed(text)) <= len(text)
