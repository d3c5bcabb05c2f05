"""The second look: a model may let pass a plain word that does not trace, and nothing else."""

import json

import pytest

from rag.claim import Claim
from rag.writers.judge import MOST
from rag.writing import Log, written
from tests.standin import StandIn, cut, fails, says

REPAIR, JUDGE = "failed its check", "Decide whether the sentences"
GOOD = "Researchers in Tromsø tested velorin in mice with kidney scars."
UNTRACED = "Researchers in Tromsø gently tested velorin in mice with kidney scars."
TYPED = (
    "Researchers in Tromsø gently tested velorin in 50 mice with kidney scars.",
    "Researchers in Tromsø gently tested velorin in patients with kidney scars.",
    "Researchers in Tromsø gently tested nintedanib in mice with kidney scars.",
    "Researchers in Oslo gently tested velorin in mice with kidney scars.",
    "Researchers in Tromsø gently never tested velorin in mice with kidney scars.",
    "Researchers in Tromsø proved that velorin gently cures mice with kidney scars.",
    "Researchers in Tromsø gently tested velorin in all mice with kidney scars.",
)


def server_of(claims, verdict, repaired=()):
    """A model that writes claims, mends its words by others, and judges by one turn."""

    def turn(exchange):
        task = exchange.request_body["messages"][-1]["content"]
        if JUDGE in task:
            verdict(exchange)
        else:
            told = repaired if REPAIR in task else claims
            said = [{"text": text, "labels": ["S1"]} for text in told]
            says(json.dumps({"claims": said}), usage=(100, 10))(exchange)

    return StandIn([turn])


def shown(writer, server, evidence):
    log = Log("local-model")
    lines = [line.text for _, line in written(writer(server.url, seconds=20), evidence, log) if isinstance(line, Claim)]
    return lines if log.written_by == "local-model" else [], log


def asked(server):
    return [n for n in range(len(server.requests)) if JUDGE in server.sent(n)]


YES, NO = says('{"carried": true}', usage=(50, 5)), says('{"carried": false}')


def test_a_plain_word_that_does_not_trace_is_let_pass_by_the_model(writer, evidence):
    with server_of([UNTRACED], YES) as server:
        lines, log = shown(writer, server, evidence(0, 1))
    assert lines == [UNTRACED]
    (call,) = asked(server)
    assert UNTRACED in server.sent(call) and "30% smaller" not in server.sent(call), "claim and cited sentence alone"
    assert log.tokens.prompt == 250, "the answer, the repair and the judgement"
    assert not log.said()


@pytest.mark.parametrize("claim", TYPED)
def test_a_judge_that_says_yes_to_everything_lets_no_typed_lie_pass(writer, evidence, claim):
    with server_of([claim], YES) as server:
        assert shown(writer, server, evidence(0, 1))[0] == []
    assert not asked(server)


@pytest.mark.parametrize(
    "verdict",
    [
        NO, says(""), says("yes"), says('{"carried": "true"}'), says('{"carried": true} {"carried": true}'),
        says('[true]'), fails(500), fails(401), cut('{"carried": tr'),
    ],
)  # fmt: skip
def test_what_is_no_plain_yes_is_a_no_and_makes_no_notice_of_its_own(writer, evidence, verdict):
    with server_of([GOOD, UNTRACED], verdict) as server:
        lines, log = shown(writer, server, evidence(0, 1))
    assert lines == [GOOD]
    assert asked(server)
    assert all("left out" in notice for notice in log.said())


def test_words_that_were_mended_need_no_judge(writer, evidence):
    with server_of([UNTRACED], YES, [GOOD]) as server:
        assert shown(writer, server, evidence(0, 1))[0] == [GOOD]
    assert not asked(server)
    assert "“gently”: not in the sentences" in server.sent(1), "the repair is told the very word"


def test_so_many_claims_of_an_answer_are_judged_and_no_more(writer, evidence):
    words = ("gently", "quietly", "plainly", "nicely")
    claims = [UNTRACED.replace("gently", word) for word in words]
    with server_of(claims, YES) as server:
        lines, _ = shown(writer, server, evidence(0, 1))
    assert lines == claims[:MOST]
    assert len(asked(server)) == MOST
