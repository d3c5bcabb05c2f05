"""A leaflet retold by a model: its layout and notes stay, each part is the model's where it wrote one."""

import pytest

from rag.claim import Claim, Note
from rag.plain.readability import grade
from rag.question import Asks, Level
from rag.retrieve.limits import limits
from rag.settings import Settings
from rag.writers.endpoint import Endpoint
from rag.writers.explainer import Explainer
from rag.writers.leaflet_model import LeafletModel, open_leaflet_model
from rag.writers.summary import Summary
from rag.writing import Log, written
from tests.standin import StandIn, cut, fails, floods, says, silent, writes

FOUND = ("After 8 weeks the scars may be 30% smaller than in untreated mice: the drug may slow scarring.", ["S1"])


@pytest.fixture
def given(evidence):
    return evidence(asks=Asks.SUMMARY)


def outline(kind, evidence):
    return kind(Level.STANDARD, limits(evidence), grade)


def shown(server, evidence, kind=Summary, seconds=20.0):
    own = outline(kind, evidence)
    writer = LeafletModel(Endpoint("local-model", server.url, "sk-key", seconds), outline(kind, evidence))
    log = Log(writer.name)
    return list(written(writer, evidence, log, own)), log


def notes(lines):
    return [(heading.id, line.id) for heading, line in lines if isinstance(line, Note)]


@pytest.mark.parametrize("kind", [Summary, Explainer])
def test_the_claims_are_the_models_and_the_rest_is_as_laid_out(given, kind):
    laid = list(outline(kind, given).write(given))
    with StandIn([writes(FOUND, usage=(200, 20))]) as server:
        lines, log = shown(server, given, kind)
    claims = [(heading.id, line.text) for heading, line in lines if isinstance(line, Claim)]
    assert FOUND[0] in [text for _, text in claims]
    assert notes(lines) == notes(laid)
    assert [heading.id for heading, _ in lines] == [heading.id for heading, _ in laid], "no part was lost"
    assert (log.written_by, log.tokens.prompt) == ("local-model", 200)
    assert not log.said()


def test_the_model_sees_the_parts_with_their_headings_and_no_other_sentence(given):
    with StandIn([writes(FOUND)]) as server:
        shown(server, given)
    sent = server.sent()
    assert "Sum up the sentences" in sent and "S1: The drug may slow scarring" in sent
    assert "What comes next:\nS2:" in sent or "next" in sent
    assert "Ignore your rules" not in sent


def test_a_lie_is_left_out_of_a_leaflet_too(given):
    lie = ("Velorin cures people of kidney scars.", ["S1"])
    with StandIn([writes(lie, FOUND)]) as server:
        lines, log = shown(server, given)
    texts = [line.text for _, line in lines]
    assert FOUND[0] in texts and lie[0] not in texts
    assert any("left out" in notice for notice in log.said())


@pytest.mark.parametrize(
    "turn", [fails(500), fails(401), cut("{"), says("sorry"), writes(), floods(), silent(3), writes(("Lie.", ["S9"]))]
)
def test_a_model_that_fails_leaves_the_built_in_leaflet_with_a_notice(given, turn):
    laid = list(outline(Summary, given).write(given))
    with StandIn([turn]) as server:
        lines, log = shown(server, given, seconds=1.5)
    assert [line.text for _, line in lines] == [line.text for _, line in laid]
    assert log.written_by == "extractive" and log.said()
    assert "sk-key" not in repr(lines) + repr(log.said())


def test_the_settings_say_whether_a_model_writes_leaflets(given):
    assert open_leaflet_model(Settings()) is None
    assert open_leaflet_model(Settings(writer="extractive", model="m")) is None
    opens = open_leaflet_model(Settings(model="m", base_url="http://127.0.0.1:9/v1"))
    assert opens and opens(outline(Summary, given)).name == "m"
