import json
import logging
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from rag.claim import Draft
from rag.errors import WriterError
from rag.settings import Settings
from rag.writers.endpoint import Endpoint
from rag.writers.llm import LLMWriter, open_writer
from tests.standin import StandIn, cut, fails, floods, raw, says, silent, trickles, whole, writes

GOOD = ("In mice, the scars were 30% smaller after 8 weeks.", ["S2"])


def claims(written):
    return [item[1].text for item in written if isinstance(item, tuple) and isinstance(item[1], Draft)]


@pytest.mark.parametrize("refuses", [(), ("response_format",), ("response_format", "tools")])
def test_a_server_is_asked_in_the_way_it_takes_and_it_is_remembered(writer, evidence, refuses):
    with StandIn([writes(GOOD)], refuses=refuses) as server:
        model = writer(server.url)
        assert claims(model.write(evidence(0, 1))) == [GOOD[0]]
        tried = len(server.requests)
        assert claims(model.write(evidence(0, 1))) == [GOOD[0]]
    assert tried == 1 + len(refuses)
    assert len(server.requests) == tried + 1
    assert not set(refuses) & server.requests[-1].keys()


@pytest.mark.parametrize("refused", ["stream_options", "temperature"])
def test_a_parameter_a_server_does_not_know_is_left_out_and_the_schema_kept(writer, evidence, refused):
    with StandIn([writes(GOOD)], refuses=(refused,)) as server:
        assert claims(writer(server.url).write(evidence(0, 1))) == [GOOD[0]]
    assert refused not in server.requests[-1]
    assert "response_format" in server.requests[-1]


def test_a_server_that_does_not_stream_is_asked_for_the_whole(writer, evidence):
    with StandIn([whole(json.dumps({"claims": [{"text": GOOD[0], "labels": GOOD[1]}]}))]) as server:
        assert claims(writer(server.url).write(evidence(0, 1))) == [GOOD[0]]
    assert not server.requests[-1].get("stream")


@pytest.mark.parametrize(
    "bad",
    [
        writes(("Velorin was approved.", ["S99"])),
        says(""),
        says("I cannot help with that."),
        says('{"claims": [{"text": "In mice, scars'),
        says('{"claims": [{"text": "In mice", "labels": ["S2"', finish="length"),
        says("{'claims': [{'text': 'In mice', 'labels': ['S2']}]}"),
        says('{"claims": [{"text": ' + "[" * 5000 + "}]}"),
        cut('{"claims": [{"text": "In mice, scars'),
        raw("<html>Bad gateway</html>", "text/html"),
        raw('{"choices": []}'),
        raw("data: {nonsense\n\n", "text/event-stream"),
        raw('data: {"error": {"message": "overloaded"}}\n\n', "text/event-stream"),
        fails(500),
        fails(502, headers={"Content-Length": "9999"}),
        fails(503, headers={"Retry-After": "0"}),
        fails(429, headers={"Retry-After": "0.1"}),
    ],
)
def test_what_may_pass_is_asked_for_once_more(writer, evidence, bad):
    with StandIn([bad, writes(GOOD)]) as server:
        assert claims(writer(server.url).write(evidence(0, 1))) == [GOOD[0]]
    with StandIn([bad]) as server, pytest.raises(WriterError) as failed:
        list(writer(server.url).write(evidence(0, 1)))
    assert failed.value.message.startswith("The language model at 127.0.0.1:")
    assert failed.value.hint
    assert len(server.requests) <= 4  # twice, and twice more where a server seems not to stream


@pytest.mark.parametrize(
    ("turn", "message"),
    [
        (fails(401), "did not accept the key"),
        (fails(404, "no such model"), "does not know the model “local-model”"),
        (fails(429, headers={"Retry-After": "3600"}), "is busy"),
        (fails(429, "quota", code="insufficient_quota"), "no credit left"),
        (fails(400, "This model's maximum context length is 512 tokens"), "cannot read that much text"),
        (writes(), "found nothing to write"),
        (floods(), "wrote on and on"),
    ],
)
def test_what_will_not_pass_is_not_asked_for_again(writer, evidence, turn, message):
    with StandIn([turn]) as server, pytest.raises(WriterError, match=message):
        list(writer(server.url).write(evidence(0, 1)))
    assert len(server.requests) == 1


def in_seconds(count):
    return format_datetime(datetime.now(UTC) + timedelta(seconds=count), usegmt=True)


def test_a_server_may_name_the_time_by_a_date(writer, evidence):
    soon = fails(429, headers={"Retry-After": in_seconds(1)})
    with StandIn([soon, writes(GOOD)]) as server:
        assert claims(writer(server.url).write(evidence(0, 1))) == [GOOD[0]]
    with StandIn([fails(503, headers={"Retry-After": in_seconds(1800)})]) as server, pytest.raises(WriterError):
        list(writer(server.url).write(evidence(0, 1)))
    assert len(server.requests) == 1, "half an hour is not waited for"


@pytest.mark.parametrize("said", ["Fri, 31 Dec 1999 23:59:59 GMT", "soon", "-5", "Fri, 99 Foo 2026", ""])
def test_a_time_that_is_past_or_none_is_a_short_pause(writer, evidence, said):
    with StandIn([fails(503, headers={"Retry-After": said}), writes(GOOD)]) as server:
        assert claims(writer(server.url).write(evidence(0, 1))) == [GOOD[0]]


def test_no_pause_goes_beyond_the_time_of_the_answer(writer, evidence):
    began = time.monotonic()
    with StandIn([fails(429, headers={"Retry-After": in_seconds(8)})]) as server, pytest.raises(WriterError):
        list(writer(server.url, seconds=2).write(evidence(0, 1)))
    assert time.monotonic() - began < 1.5


def test_a_patient_reader_is_told_when_to_come_back(writer, evidence):
    with StandIn([fails(429, headers={"Retry-After": "3600"})]) as server, pytest.raises(WriterError) as failed:
        list(writer(server.url).write(evidence(0, 1)))
    assert failed.value.hint == "Ask again in 3600 seconds."


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9/v1", "127.0.0.1:9", "https://user:pass@127.0.0.1:9/v1", "http://127.0.0.1:port/v1"]
)
def test_where_nobody_answers_it_says_so_at_once(writer, evidence, url):
    began = time.monotonic()
    with pytest.raises(WriterError, match="cannot be reached") as failed:
        list(writer(url).write(evidence(0, 1)))
    assert time.monotonic() - began < 2
    assert "pass" not in failed.value.message


@pytest.mark.parametrize("turn", [silent(5), trickles(head=True), trickles(head=False)])
def test_the_time_limit_holds_against_silence_and_against_a_byte_at_a_time(writer, evidence, turn):
    began = time.monotonic()
    with StandIn([turn]) as server, pytest.raises(WriterError, match="did not finish within 1 seconds"):
        list(writer(server.url, seconds=0.6).write(evidence(0, 1)))
    assert time.monotonic() - began < 1.2
    assert len(server.requests) == 1


@pytest.mark.parametrize("key", ["schlüssel", "sk–1"])
def test_a_key_that_cannot_be_sent_is_named_as_the_fault(evidence, key):
    with StandIn([writes(GOOD)]) as server, pytest.raises(WriterError, match="did not accept the key"):
        list(LLMWriter(Endpoint("local-model", server.url, key)).write(evidence(0, 1)))


def names_the_key(status):
    return lambda exchange: fails(status, f"Not a key: {exchange.headers['Authorization']}")(exchange)


@pytest.mark.parametrize("turn", [writes(GOOD), cut("{"), *map(names_the_key, (400, 401, 429, 500))])
def test_the_key_is_sent_and_never_told(writer, evidence, key, caplog, turn):
    told = ""
    with StandIn([turn]) as server, caplog.at_level(logging.DEBUG):
        model = writer(server.url)
        try:
            told += repr(list(model.write(evidence(0, 1))))
        except WriterError as error:
            told += f"{error!r} {error.hint} {error.__cause__!r} {error.__context__!r}"
    assert server.headers[0]["Authorization"] == f"Bearer {key}"
    assert key not in told + caplog.text + repr(model) + repr(vars(model)) + server.sent()


def test_without_a_key_or_an_address_nobody_is_asked(evidence):
    model = open_writer(Settings(model="gpt-4o-mini"))
    with pytest.raises(WriterError, match="there is no key"):
        list(model.write(evidence(0, 1)))


def test_a_tracing_service_in_the_environment_hears_nothing(writer, evidence, monkeypatch):
    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    monkeypatch.setenv("LANGSMITH_API_KEY", "ls-key")
    with StandIn([writes(GOOD)]) as server, StandIn([raw("{}")]) as service:
        monkeypatch.setenv("LANGSMITH_ENDPOINT", service.url)
        assert claims(writer(server.url).write(evidence(0, 1))) == [GOOD[0]]
    assert not service.requests


def test_a_server_that_sends_elsewhere_is_not_followed(writer, evidence):
    with StandIn([writes(GOOD)]) as other, StandIn([fails(307, headers={"Location": f"{other.url}/x"})]) as server:
        with pytest.raises(WriterError, match="refused the request"):
            list(writer(server.url).write(evidence(0, 1)))
    assert not other.requests
