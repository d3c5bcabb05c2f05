"""The chat page, in process: what a reader sees of each kind of answer, and what a stop or a bad question leaves."""

import pytest

from rag.brief import Brief, Gathered
from rag.question import Request
from rag.ui import parts, session
from rag.ui.answer import STOPPED, STOPPED_EARLY
from tests.ui.driver import shown

QUESTION = "Do antidepressants cure cancer?"


def asked(app, question=QUESTION):
    if not app.chat_input:
        app.run()
    return app.chat_input[0].set_value(question).run()


def turns(app):
    return app.session_state[session.OPEN].turns


def stopped(app, events):
    """The page after a question whose answer was stopped when so many events had come."""
    turn = session.Turn(QUESTION, begun=True)
    for _, event in zip(range(events), parts.chain().run(Request(QUESTION)), strict=False):
        turn.events.append(event)
    app.session_state[session.OPEN] = session.Conversation([turn])
    return app.run()


def buttons(app):
    return [button.label.replace("\\", "") for button in app.button]


def test_an_empty_chat_says_what_it_is_and_offers_questions(app):
    app.run()
    assert not app.exception
    assert "plain answer from the news articles" in shown(app)
    assert parts.STANDING in shown(app)
    assert buttons(app) == list(parts.chain().suggestions())


def test_a_suggestion_is_answered(app):
    app.run()
    question = app.button[0].label.replace("\\", "")
    app.button[0].click().run()
    assert not app.exception
    assert f"</span> {question}" in shown(app).replace("&#x27;", "'")
    assert turns(app)[0].brief is not None


def test_an_answer_shows_bottom_line_evidence_claims_caveats_and_sources(app):
    asked(app)
    brief = turns(app)[0].brief
    page = shown(app)
    places = [page.index(part) for part in ("cv-bottom", "cv-evidence", "cv-claim", "cv-sources")]
    assert places == sorted(places)
    assert brief.to_say and all(caveat.text() in page for caveat in brief.to_say)
    assert "not in people" in page
    assert page.count("<li value=") == len({citation.article for citation in brief.citations})
    chips = [button.label for button in app.button if button.key.startswith("chip-")]
    assert len(chips) == len(brief.citations) and sum("·" in chip for chip in chips) == 1


def test_a_chip_opens_the_article_at_the_cited_words(app):
    asked(app)
    citation = turns(app)[0].brief.citations[0]
    next(button for button in app.button if button.key.startswith("chip-")).click().run()
    assert not app.exception
    assert shown(app).count('<mark id="cited"') == 1
    assert f'tabindex="-1">{citation.span.text[:40]}' in shown(app)
    app.run()
    assert "<mark" not in shown(app)


def test_a_later_question_is_asked_with_the_earlier_ones_and_no_answer(app):
    asked(app)
    asked(app, "How much did the tumors shrink?")
    assert turns(app)[1].earlier == (QUESTION,)
    assert not app.exception
    assert shown(app).count("cv-question") == 2


def test_start_again_clears_everything(app):
    asked(app)
    app.button("start_again").click().run()
    assert "cv-welcome" in shown(app)
    assert QUESTION not in shown(app)


def test_a_crisis_gets_help_and_nothing_else_and_the_line_stays(app):
    asked(app, "I want to die")
    page = shown(app)
    assert "988" in page
    assert not any(part in page for part in ("cv-chip", "cv-sources", "cv-evidence", "cv-caveats"))
    assert "Ask again" not in buttons(app) and not [b for b in app.button if b.key.startswith(("chip-", "next-"))]
    asked(app)
    later = shown(app).split("cv-question")[2]
    assert "988" in later.partition("cv-bottom")[0]
    assert "cv-sources" in later
    app.button("start_again").click().run()
    assert "988" not in shown(app)


@pytest.mark.parametrize(
    "question",
    ["x" * 20_000, "why " * 5_000, "\U0001f600\U0001f600", "?!…", "\x00\x01\x02abc"],
    ids=["long", "words", "emoji", "marks", "binary"],
)
def test_a_question_that_cannot_be_answered_says_why_and_keeps_what_was_typed(app, question):
    asked(app, question)
    assert not app.exception
    assert "cv-failure" in shown(app)
    assert "What to do:" in shown(app)
    assert app.chat_input[0].value == question or app.session_state["question"] == question
    asked(app)
    assert turns(app)[1].earlier == ()
    assert "cv-sources" in shown(app)


@pytest.mark.parametrize(("events", "claims"), [(0, 0), (1, 0), (2, 0), (3, 1)])
def test_a_stopped_answer_keeps_what_was_shown(app, events, claims):
    """After the evidence comes a heading, then its claims."""
    page = shown(stopped(app, events))
    assert not app.exception
    assert (STOPPED if events else STOPPED_EARLY) in page
    assert {name in page for name in ("cv-caveats", "cv-evidence", "cv-bottom")} == {events > 0}
    assert page.count("cv-claim") == claims
    assert "Ask again" in buttons(app)


def test_a_stopped_answer_leaves_nothing_in_the_next(app):
    stopped(app, 3)
    asked(app, "Who won the football match?")
    second = shown(app).split("cv-question")[2]
    assert "cv-claim" not in second
    assert STOPPED not in second


def test_a_stopped_answer_can_be_asked_for_again(app):
    stopped(app, 1)
    next(button for button in app.button if button.label == "Ask again").click().run()
    assert isinstance(turns(app)[0].events[0], Gathered)
    assert isinstance(turns(app)[0].events[-1], Brief)
    assert STOPPED not in shown(app)
