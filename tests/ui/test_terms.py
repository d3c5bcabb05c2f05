"""Hard words as buttons: each once, whole words only, and nothing of the text live."""

import re

from rag.ui.terms import Terms

WORDS = (("T cell", "A white blood cell."), ("tumor", "A lump <of> cells."), ("tumor volume", "How big a lump is."))


def buttons(html):
    return re.findall(r"<button[^>]*>(.*?)</button>", html)


def test_a_word_is_marked_once_where_it_stands_first():
    terms = Terms(WORDS, "1")
    assert buttons(terms.html("T cells fight tumors. A T cell does.")) == ["T cells", "tumors"]
    assert buttons(terms.html("T cells again, and tumors.")) == []


def test_the_longer_term_wins_and_part_of_a_word_is_none():
    assert buttons(Terms(WORDS, "1").html("The tumor volume fell; antitumor drugs.")) == ["tumor volume"]


def test_each_button_opens_its_own_words():
    page = Terms(WORDS, "7").html("Tumor and T cell")
    assert re.findall(r'popovertarget="([^"]+)"', page) == re.findall(r' id="([^"]+)" popover', page)
    assert "A lump &lt;of&gt; cells." in page


def test_nothing_of_a_text_is_live():
    assert Terms(WORDS, "1").html("<b>tumor</b> & more").count("<b>") == 0


def test_a_word_is_not_parted_from_the_signs_around_it():
    page = Terms(WORDS, "1").html("These (tumors), too.")
    assert page.startswith('These <span class="cv-whole">(<button') and "</span>),</span> too." in page
