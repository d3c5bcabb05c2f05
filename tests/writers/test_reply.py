"""Replies as models write them, read in pieces of every size."""

import json

import pytest

from rag.writers.reply import LONGEST_CLAIM, Reply, Written

CLAIM = '{"text": "In mice, scars were smaller.", "labels": ["S2"]}'
CLAIMS = '{"claims": [' + CLAIM + "]}"
READ = Written("In mice, scars were smaller.", (2,))


def read(text, size=7):
    reply = Reply()
    found = [written for at in range(0, len(text), size) for written in reply.take(text[at : at + size])]
    return found, reply.whole


@pytest.mark.parametrize("size", [1, 7, 10_000])
@pytest.mark.parametrize(
    "reply",
    [
        CLAIMS,
        f"Here you are:\n```json\n{CLAIMS}\n```\nI hope this helps.",
        f'<think>A list such as "claims": [{{"text": "x"}}] is wanted.</think>{CLAIMS}',
        f"[{CLAIM}]",
        f"```\n[\n{CLAIM}\n]\n```",
        CLAIMS.replace('"S2"', "2"),
        CLAIMS.replace("smaller.", "smaller. [S2, S3]").replace('"S2"', '"[s2]"'),
        CLAIMS.replace("mice,", "mice,\\n\\u200b"),
        CLAIMS.replace('"S2"', '"S2", "S2"'),
    ],
)
def test_a_claim_is_found_in_what_models_write_around_it(reply, size):
    assert read(reply, size) == ([READ], True)


@pytest.mark.parametrize("size", [1, 7, 10_000])
def test_a_claim_is_never_completed_for_the_model(size):
    """Wherever the reply is cut, what is read is the claims up to there, whole, and the cut is known."""
    text = '{"claims": [' + CLAIM + ', {"text": "It cured no one.", "labels": ["S1"]}]}'
    for end in range(len(text)):
        found, whole = read(text[:end], size)
        assert [written.text for written in found] in (
            [],
            [READ.text],
            [READ.text, "It cured no one."],
        )
        assert whole == (text[:end].count("]") == 3)


@pytest.mark.parametrize(
    "claim",
    [
        {"text": "", "labels": ["S1"]},
        {"text": " [S1]", "labels": ["S1"]},
        {"text": "Mice.", "labels": []},
        {"text": "Mice.", "labels": "S1"},
        {"text": "Mice.", "labels": ["article"]},
        {"text": "Mice.", "labels": ["S1", None]},
        {"text": ["Mice."], "labels": ["S1"]},
        {"claim": "Mice.", "labels": ["S1"]},
        {"text": "m" * (LONGEST_CLAIM + 1), "labels": ["S1"]},
        "Mice.",
        None,
        [],
    ],
)
def test_what_is_no_claim_is_read_over(claim):
    assert read(json.dumps({"claims": [claim, json.loads(CLAIM)]})) == ([None, READ], True)


@pytest.mark.parametrize("text", ["", "No.", "{}", "{'claims': []}", '{"claims": "none"}', "<think>" + CLAIMS])
def test_a_reply_without_a_list_holds_nothing(text):
    found, whole = read(text)
    assert (found, whole) == ([], False)


@pytest.mark.parametrize("text", ['{"claims": [' + "[" * 50_000 + "}", '{"claims": [{"text": ' + "9" * 5_000 + "}"])
def test_a_hostile_reply_is_read_without_harm(text):
    found, whole = read(text, 25_000)
    assert not whole and not any(found)
