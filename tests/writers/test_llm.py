import json
import threading
import time

import pytest

from rag.brief import Tokens
from rag.claim import Draft, Problem
from rag.errors import WriterError
from rag.question import Asks, Evidence, Pick, Sufficiency
from rag.settings import Settings
from rag.writers.extractive import Extractive, quote
from rag.writers.llm import LLMWriter, open_writer
from tests.standin import StandIn, cut, fails, says, silent, writes

GOOD = ("In mice, the scars were 30% smaller after 8 weeks.", ["S2"])


def lines(written):
    return [item for item in written if not isinstance(item, Tokens)]


def claims(written):
    return [line.text for _, line in lines(written) if isinstance(line, Draft)]


def test_an_answer_is_drafts_with_the_words_they_rest_on(writer, evidence):
    given = evidence(0, 1)
    with StandIn([writes(GOOD, usage=(321, 45))]) as server:
        written = list(writer(server.url).write(given))
    (heading, draft), tokens = written
    assert heading.text == "What the article says"
    assert draft.text == GOOD[0]
    assert [c.span.text for c in draft.citations] == [given.articles[0].sentences[1].span.text]
    assert tokens == Tokens(321, 45, exact=True)


CLAIM = '{"text": "In mice, scars were smaller.", "labels": ["S2"]}'
OPEN = '{"claims": [' + CLAIM


def test_the_first_claim_is_there_before_the_last_is_written(writer, evidence):
    """The rest of the reply never comes: leaving after the first claim hangs up on the server."""
    slow = f"{OPEN}, {' ' * 4000}"

    def turn(exchange):
        cut(slow)(exchange)
        for _ in range(100):
            exchange.write(": still here\n\n")
            time.sleep(0.02)

    with StandIn([turn]) as server:
        drafts = writer(server.url).write(evidence(0, 1))
        began = time.monotonic()
        assert next(drafts)[1].text == "In mice, scars were smaller."
        drafts.close()
        assert time.monotonic() - began < 1
        assert server.hung_up.wait(2)


@pytest.mark.parametrize("labels", [["S99"], ["S0"], ["S2", "S99"], ["the article"], []])
def test_a_claim_with_a_label_that_stands_for_nothing_is_dropped(writer, evidence, labels):
    with StandIn([writes(("Velorin was approved.", labels), GOOD)]) as server:
        assert claims(writer(server.url).write(evidence(0, 1))) == [GOOD[0]]


def test_what_was_shown_before_the_stream_broke_stays_and_the_break_is_told(writer, evidence):
    shown = []
    with StandIn([cut(OPEN + ', {"text": "It cured')]) as server:
        with pytest.raises(WriterError, match="stopped in the middle"):
            for item in writer(server.url).write(evidence(0, 1)):
                shown.append(item)
    assert claims(shown) == ["In mice, scars were smaller."]
    assert isinstance(shown[-1], Tokens) and not shown[-1].exact
    assert len(server.requests) == 1


def test_one_writer_serves_all_threads(writer, evidence):
    texts = [f"In mice, scar {n} was smaller." for n in range(8)]

    def turn(exchange):
        asked = exchange.request_body["messages"][1]["content"]
        writes(next((text, ["S2"]) for n, text in enumerate(texts) if f"number {n}?" in asked))(exchange)

    got = {}
    with StandIn([turn]) as server:
        model = writer(server.url)

        def ask(n):
            got[n] = claims(model.write(evidence(0, 1, text=f"What of scar number {n}?")))

        threads = [threading.Thread(target=ask, args=(n,)) for n in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert got == {n: [text] for n, text in enumerate(texts)}


def test_a_summary_goes_by_what_its_sentences_are_whatever_order_the_model_took(writer, evidence):
    plan, found, tested = ("A trial is planned.", ["S4"]), GOOD, ("Velorin was tested in mice.", ["S1"])
    with StandIn([writes(plan, found, tested)]) as server:
        written = lines(writer(server.url).write(evidence(asks=Asks.SUMMARY)))
    assert [(heading.id, line.text) for heading, line in written] == [
        ("heading_tested", tested[0]),
        ("heading_found", found[0]),
        ("heading_next", plan[0]),
        ("heading_gaps", "The article gives no dose or schedule."),
    ]


def test_an_answer_from_several_articles_goes_article_by_article(writer, article, evidence):
    first, second = article(), article(("Another team gave velorin to rats.", "Their scars grew."), "a2")
    picks = tuple(Pick(found, found.sentences[1], 0.5) for found in (first, second))
    given = Evidence(evidence(0).question, Sufficiency.ENOUGH, (first, second), picks)
    claims = (("The scars of rats grew.", ["S7"]), ("In mice, the scars were smaller.", ["S2"]))
    with StandIn([writes(*claims)]) as server:
        written = lines(writer(server.url).write(given))
    task = server.sent()
    assert "\n\nS6: Another team" in task, "where one article ends is seen"
    assert [(heading.article, line.text) for heading, line in written] == [
        ("a1", "This was tested in animals, not in people."),
        ("a1", "In mice, the scars were smaller."),
        ("a2", "This was tested in animals, not in people."),
        ("a2", "The scars of rats grew."),
    ]


def test_a_claim_in_another_language_brings_an_english_rendering(writer, evidence):
    claim = {"text": "En ratones, las cicatrices eran menores.", "english": "In mice, scars were smaller."}
    with StandIn([says(json.dumps({"claims": [claim | {"labels": ["S2"]}]}))]) as server:
        ((heading, draft),) = lines(writer(server.url).write(evidence(0, 1, language="es")))
    assert heading.text == "Lo que dice el artículo"
    assert (draft.text, draft.english) == (claim["text"], claim["english"])
    assert "Spanish" in server.sent()


PROBLEMS = (Problem("certainty", "cures", "may slow"), Problem("not_in_text", "breakthrough", ""))


def test_a_repair_is_told_which_words_failed_and_against_what(writer, evidence):
    given = evidence(0, 1)
    with StandIn([writes(("Velorin, a breakthrough, cures scars.", ["S2"])), writes((GOOD[0], ["S1"]))]) as server:
        model = writer(server.url)
        written = []
        for item in model.write(given):
            written.append(item)
            if not isinstance(item, Tokens):
                repaired = model.repair(item[1], PROBLEMS, given)
    assert repaired.text == GOOD[0]
    assert [c.span.text for c in repaired.citations] == [given.articles[0].sentences[1].span.text]
    told = server.sent(1)
    assert all(words in told for words in ("cures", "surer", "may slow", "“breakthrough”: not in the sentences"))
    assert "Tromsø" not in told, "only the sentences the claim cites are sent again"
    assert written[-1].prompt > 2 * 100, "the tokens of the repair count too"


@pytest.mark.parametrize("turn", [writes(), fails(500), cut("{"), writes(("The same.", ["S1"])), silent(2)])
def test_a_repair_that_fails_gives_nothing(writer, evidence, turn):
    given = evidence(0, 1)
    cited = quote(given.articles[0].sentences[1]).citations
    with StandIn([turn]) as server:
        assert writer(server.url, seconds=0.7).repair(Draft("The same.", cited), PROBLEMS, given) is None


def test_where_nothing_was_found_no_model_is_asked(writer, evidence):
    given = evidence(0)
    nothing = type(given)(given.question, Sufficiency.NOT_FOUND)
    assert list(writer("http://127.0.0.1:9/v1").write(nothing)) == []


@pytest.mark.parametrize(
    ("settings", "kind"),
    [
        (Settings(), Extractive),
        (Settings(model="m", base_url="http://127.0.0.1:9/v1"), LLMWriter),
        (Settings(writer="llm", model="m"), LLMWriter),
        (Settings(writer="extractive", model="m"), Extractive),
    ],
)
def test_the_settings_name_the_writer(settings, kind):
    writer = open_writer(settings)
    assert type(writer) is kind
    assert writer.name == ("extractive" if kind is Extractive else "m")
