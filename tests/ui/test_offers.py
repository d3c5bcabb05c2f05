"""What can be done with an answer: change the question, go on, copy, save, say what is wrong; and what was left out."""

import json
import stat
from dataclasses import replace
from html import unescape

import pytest

from rag.brief import Section
from rag.claim import Dropped, Note
from rag.domain import Stage
from rag.export.plaintext import plain_text
from rag.question import Request
from rag.settings import Settings
from rag.ui import asked, feedback, parts, session, words
from tests.ui.driver import shown

QUESTION = "Do antidepressants cure cancer?"
LATER = "How much did the tumors shrink?"


def ask(app, question=QUESTION):
    if not app.chat_input:
        app.run()
    app.chat_input[0].set_value(question).run()
    assert not app.exception
    return app.session_state[session.OPEN].turns


def with_brief(app, change):
    """The page with an answer that was changed by hand."""
    brief = change(parts.chain().invoke(Request(QUESTION)))
    app.session_state[session.OPEN] = session.Conversation([session.Turn(QUESTION, begun=True, events=[brief])])
    app.run()
    assert not app.exception
    return unescape(shown(app))


def test_a_question_is_changed_in_its_place_and_what_came_after_it_goes(app):
    ask(app)
    ask(app, LATER)
    app.button("change-1").click().run()
    assert app.text_area(key="edit-1").value == QUESTION
    assert asked.CUT in shown(app)
    app.text_area(key="edit-1").set_value("What do polyamines do?")
    next(button for button in app.button if button.label == "Ask this instead").click().run()
    (turn,) = app.session_state[session.OPEN].turns
    assert not app.exception
    assert (turn.question, turn.earlier, turn.editing) == ("What do polyamines do?", (), False)
    assert turn.brief and QUESTION not in shown(app)


def test_a_question_can_be_left_as_it_is(app):
    turns = ask(app)
    app.button("change-1").click().run()
    assert asked.CUT not in shown(app)
    next(button for button in app.button if button.label == "Leave it as it is").click().run()
    assert not app.text_area and turns[0].brief


def test_an_emptied_question_changes_nothing(app):
    turns = ask(app)
    app.button("change-1").click().run()
    app.text_area(key="edit-1").set_value("  ")
    next(button for button in app.button if button.label == "Ask this instead").click().run()
    assert [turn.question for turn in turns] == [QUESTION] and turns[0].brief


def test_questions_to_go_on_with_have_answers(app):
    ask(app)
    offered = [button for button in app.button if button.key.startswith("next-")]
    assert offered
    offered[0].click().run()
    turns = app.session_state[session.OPEN].turns
    assert len(turns) == 2 and turns[1].brief.claims
    assert len([button for button in app.button if button.key == "next-0"]) <= 1


def test_what_is_copied_is_the_question_and_the_whole_answer(app):
    (turn,) = ask(app)
    assert f"<pre hidden>{QUESTION}\n\n{plain_text(turn.brief)}</pre>" in unescape(shown(app))


def test_what_is_wrong_is_kept_here_for_the_owner_alone(app):
    ask(app)
    app.radio(key="reason-1").set_value("caveat")
    app.text_input(key="words-1").set_value("It was in mice.")
    next(button for button in app.button if button.label == "Keep this note").click().run()
    file = feedback.place(Settings.from_env())
    (line,) = file.read_text(encoding="utf8").splitlines()
    told = json.loads(line)
    assert (told["reason"], told["words"], told["question"]) == ("caveat", "It was in mice.", QUESTION)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert str(file) in shown(app) and "sent to nobody" in shown(app)
    file.unlink()


def test_a_note_that_cannot_be_written_says_why(app):
    ask(app)
    file = feedback.place(Settings.from_env())
    file.mkdir()
    next(button for button in app.button if button.label == "Keep this note").click().run()
    file.rmdir()
    assert not app.exception and "could not be written" in shown(app)


def test_what_the_check_left_out_is_named_for_what_it_is(app):
    gone = (Dropped("It cures <b>everyone</b>.", ("certainty", "species")), Dropped("No reason.", ()))
    page = with_brief(app, lambda brief: replace(brief, dropped=gone))
    folded = page.partition("Left out by the check (2)")[2]
    assert folded.index("Do not rely on them") < folded.index("<del>It cures <b>everyone</b>.</del>")
    assert "it sounds surer than the article; it is not about whom" in folded
    assert "cv-dropped" not in shown_plainly(app)


def shown_plainly(app):
    return "".join(part for part in shown(app).split("<details") if "cv-dropped" not in part.partition(">")[0])


def test_every_kind_of_problem_has_words():
    assert words.why(()) == words.why(["not_in_text"])
    assert all(words.why([kind]).endswith(".") for kind in words.PROBLEMS)


def test_the_ladder_says_in_words_what_it_shows(app):
    ask(app)
    assert f'class="ladder" alt="Results: {words.stage(Stage.ANIMAL)}' in shown(app)


@pytest.mark.parametrize("columns", [True, False], ids=["table", "lines"])
def test_a_comparison_has_a_cell_for_each_fact_with_its_head(app, columns):
    def compared(brief):
        cells = tuple(Note("says") for _ in range(3))
        heading = Note("heading_compared") if columns else brief.sections[0].heading
        rows = tuple(line for claim in brief.claims[:2] for line in (*cells, claim))
        return replace(brief, sections=(Section(heading, rows),))

    page = with_brief(app, compared)
    assert page.count('class="cv-head">What it saw') == (2 if columns else 0)
    assert page.count("cv-claim") == 2
    assert len([button for button in app.button if button.key.startswith("chip-")]) >= 2
