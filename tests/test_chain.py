"""The chain over the five sample articles: what a reader asks, and what they then read."""

from collections.abc import Iterator

import pytest

from rag.brief import Brief, Gathered, Outcome, Section
from rag.chain import Chain
from rag.claim import Claim
from rag.errors import RagError
from rag.export.plaintext import plain_text
from rag.intake import take_in
from rag.question import Kind, Request
from rag.settings import ROOT, Settings
from rag.store.library import open_library
from rag.writers.extractive import Extractive


@pytest.fixture(scope="module")
def chain(tmp_path_factory, embedder) -> Iterator[Chain]:
    with open_library(Settings(library=tmp_path_factory.mktemp("chain") / "library"), embedder) as library:
        take_in(library, [str(ROOT / "seeds")])
        yield Chain(library, embedder.embed_documents, Extractive())


@pytest.fixture(scope="module")
def empty(tmp_path_factory, embedder) -> Iterator[Chain]:
    with open_library(Settings(library=tmp_path_factory.mktemp("empty") / "library"), embedder) as library:
        yield Chain(library, embedder.embed_documents, Extractive())


def said(chain: Chain, question: str, *earlier: str) -> tuple[Brief, str]:
    brief = chain.invoke(Request(question, earlier=earlier))
    return brief, plain_text(brief)


def test_a_leading_question_is_put_right_before_anything_else(chain: Chain) -> None:
    brief, text = said(chain, "Do antidepressants cure cancer?")
    assert brief.outcome is Outcome.CORRECTED
    assert brief.bottom_line.startswith("Not shown.")
    assert "mouse" in text or "mice" in text
    assert {article.id[:3] for article in brief.articles} == {"000"}
    kinds = {caveat.kind for caveat in brief.caveats}
    assert {"not_in_humans", "trial_planned", "not_medical_advice"} <= kinds
    assert "antidepressants cure" not in text


def test_evidence_and_caveats_come_before_the_first_claim(chain: Chain) -> None:
    events = list(chain.run(Request("What did the aldesleukin study find?")))
    first, heading, *rest, brief = events
    assert isinstance(first, Gathered) and isinstance(brief, Brief)
    assert heading == Section(brief.sections[0].heading, ()) and isinstance(rest[0], Claim)
    assert tuple(event for event in rest if isinstance(event, Claim)) == brief.claims
    assert first.bottom == brief.bottom
    assert first.caveats == brief.caveats and first.evidence


@pytest.mark.parametrize(
    ("question", "article", "words"),
    [
        ("How many people were in the aldesleukin study?", "001", "36 patients"),
        ("What does beta interferon do to tumors, according to the article?", "003", "blood"),
        ("What is cGAMP and what did it do?", "004", "mice"),
        ("Who is running the polyamine inhibitor trial in the USA, and what is it checking?", "002", "tolerability"),
        ("What share of patients does PD-1 immunotherapy help?", "000", "less than 1/4 of patients"),
    ],
)
def test_an_answer_cites_its_one_article_in_its_own_words(
    chain: Chain, question: str, article: str, words: str
) -> None:
    brief, text = said(chain, question)
    assert brief.outcome is Outcome.WRITTEN
    assert {citation.article[:3] for citation in brief.citations} == {article}
    assert words in text
    for citation in brief.citations:
        assert citation.span.inside(chain.library.article(citation.article).text)


def test_a_detail_the_article_lacks_is_said_to_be_missing(chain: Chain) -> None:
    brief, text = said(chain, "Which journal published the beta interferon mouse study?")
    assert brief.outcome is Outcome.NOT_SAID
    assert "does not name the journal" in text


@pytest.mark.parametrize(
    "question",
    [
        "What do the articles say about mRNA vaccines for pancreatic cancer?",
        "What is the best diet for type 2 diabetes?",
    ],
)
def test_what_the_library_does_not_hold_is_not_answered(chain: Chain, question: str) -> None:
    brief, text = said(chain, question)
    assert brief.outcome is Outcome.NOT_FOUND
    assert not brief.citations
    assert "Immune defense blocks cancer growth" in text, "it says what the library does hold"


def test_related_links_are_no_content(chain: Chain) -> None:
    brief, _ = said(chain, "Do beta blockers help against breast cancer?")
    assert not any("blockers" in citation.span.text for citation in brief.citations)


def test_a_follow_up_leans_on_the_readers_own_question(chain: Chain) -> None:
    brief, text = said(chain, "Did it have side effects?", "What drug was tested in Milan?")
    assert {citation.article[:3] for citation in brief.citations} == {"001"}
    assert "no serious adverse reactions" in text
    assert "harms_partial" in {caveat.kind for caveat in brief.caveats}


def test_no_patients_are_counted_where_none_took_part(chain: Chain) -> None:
    brief, text = said(chain, "How many melanoma patients took SSRIs in the UCLA clinical trial?")
    assert brief.outcome is Outcome.CORRECTED
    assert "no results from people" in text


def test_a_crisis_gets_fixed_words_and_no_article(chain: Chain) -> None:
    brief, text = said(chain, "I want to die.")
    assert brief.outcome is Outcome.CRISIS
    assert not brief.articles and not brief.sections
    assert "988" in text
    later, _ = said(chain, "What did the aldesleukin study find?", "I want to die.")
    assert later.standing and "988" in later.standing


def test_advice_is_not_given_and_at_most_one_sentence_is_cited(chain: Chain) -> None:
    brief, text = said(chain, "Should I stop my chemo and get immune cell therapy instead?")
    assert brief.outcome is Outcome.ADVICE
    assert len(brief.claims) <= 1
    assert "doctor" in text or "care team" in text


def test_a_summary_is_a_brief_of_its_own_kind(chain: Chain) -> None:
    brief, text = said(chain, "Summarize the polyamine article in plain words.")
    assert brief.kind is Kind.SUMMARY
    assert "phase I clinical study" in text
    assert "setting_not_stated" in {caveat.kind for caveat in brief.caveats}


@pytest.mark.parametrize("question", ["", "   ", "😀😀😀", "\x00\x01\x02PNG", "?!"])
def test_no_question_is_said_to_be_none(chain: Chain, question: str) -> None:
    with pytest.raises(RagError, match="no question") as refused:
        list(chain.run(Request(question)))
    assert refused.value.hint


def test_a_question_of_20000_characters_is_refused_with_its_length(chain: Chain) -> None:
    with pytest.raises(RagError, match="20,000"):
        list(chain.run(Request("polyamines " * 1818 + "in")))


def test_an_empty_library_says_so(empty: Chain) -> None:
    brief, text = said(empty, "What did the study find?")
    assert brief.outcome is Outcome.NOT_FOUND
    assert "no articles in this library yet" in text


def test_the_door_is_a_runnable(chain: Chain) -> None:
    requests = [Request("What is cGAMP?"), Request("Do antidepressants cure cancer?")]
    assert [brief.outcome for brief in chain.batch(requests)] == [Outcome.WRITTEN, Outcome.CORRECTED]
    assert isinstance(list(chain.stream(requests[0]))[-1], Brief)


def test_each_suggestion_has_an_answer(chain: Chain) -> None:
    for question in chain.suggestions():
        brief, _ = said(chain, question)
        assert brief.outcome not in (Outcome.NOT_FOUND, Outcome.REFUSED), question


@pytest.mark.parametrize("question", ["What can you do?", "Who made you?"])
def test_a_question_about_the_app_says_what_it_is_for(chain: Chain, question: str) -> None:
    brief, text = said(chain, question)
    assert brief.outcome is Outcome.NOT_FOUND
    assert "I answer questions about the news articles" in text


def test_a_list_of_questions_is_turned_away_with_what_to_do(chain: Chain) -> None:
    with pytest.raises(RagError, match="50 questions") as refused:
        chain.invoke(Request("Was it tested in people? " * 50))
    assert "one thing at a time" in refused.value.hint


def test_words_of_a_removed_line_are_told_apart_from_words_nowhere(chain: Chain) -> None:
    article = next(a for a in chain.library.articles() if any("blockers" in gone.text for gone in a.removed))
    _, text = said(chain, "Is chronic alcohol with metastatic blockers okay?")
    assert article.removed and ("left out here" in text or "could not find" in text)


def test_what_it_was_tested_in_is_cited_and_not_only_said(chain: Chain) -> None:
    brief, _ = said(chain, "Was aldesleukin tested in people?")
    assert brief.bottom_line.startswith("Yes.")
    assert any("36 patients" in citation.span.text for citation in brief.citations)


def test_an_answer_in_spanish_names_the_animals_in_spanish(chain: Chain) -> None:
    brief, text = said(chain, "¿Los antidepresivos curan el cáncer?")
    assert brief.bottom_line.startswith("No se ha demostrado.")
    assert "ratones" in text and "el tamaño del tumor" in text


def test_a_failure_no_article_tells_of_is_put_right(chain: Chain) -> None:
    brief, _ = said(chain, "Why did the aldesleukin trial fail?")
    assert brief.outcome is Outcome.CORRECTED
    assert brief.bottom_line.startswith("Not quite")


def test_plain_words_of_ours_are_shown_without_quotation_marks(chain: Chain) -> None:
    brief, text = said(chain, "Did it have side effects?", "What drug was tested in Milan?")
    ours = [claim for claim in brief.claims if not claim.verbatim]
    assert ours and all(f"“{claim.text}”" not in text for claim in ours)


def test_who_leads_one_study_is_not_mixed_with_who_leads_another(chain: Chain) -> None:
    _, text = said(chain, "Who is running the polyamine inhibitor trial in the USA, and what is it checking?")
    assert "led by the company" in text
    assert text.count("led by") == 1


def test_what_one_study_was_done_in_is_not_said_of_another(chain: Chain) -> None:
    brief, _ = said(chain, "What is cGAMP and what did it do?")
    assert "mice" in brief.bottom_line and "cells in a lab" not in brief.bottom_line
