"""Where a limit stands: beside the claim whose findings it limits, or in the panel, the grave ones open."""

from dataclasses import replace

import pytest

from rag.claim import Citation, Claim, Verdict
from rag.domain import Article, Caveat, Finding, Role, Source, Span, Stage
from rag.ui import limits

TEXT = "Mice lost weight. Forty people slept better. More work is planned."


def span(words):
    start = TEXT.index(words)
    return Span(start, start + len(words), words)


def article(name, *caveats, outlet=None):
    findings = (
        Finding(name, Stage.ANIMAL, Role.RESULT, span("Mice lost weight."), setting="mice"),
        Finding(name, Stage.PHASE2, Role.RESULT, span("Forty people slept better."), 40),
        Finding(name, Stage.PHASE3, Role.PLANNED, span("More work is planned.")),
    )
    kinds = tuple(replace(caveat, article=name) for caveat in caveats)
    source = Source("A title", f"{name}.txt", outlet=outlet)
    return Article(name, source, TEXT, findings=findings, caveats=kinds, stage=Stage.PHASE2)


def claim(words, name="a"):
    return Claim(words, (Citation(name, span(words)),), Verdict(True, 1.0))


MICE_ONLY = Caveat("not_in_humans", None, findings=frozenset({0}))
HEADLINE = Caveat("headline_overreach", None)
PLANNED = Caveat("trial_planned", None, findings=frozenset({2}))
SIZE = Caveat("effect_not_quantified", None, findings=frozenset({1}))
OLD = Caveat("old_article", None, slots={"year": "2010"})


def test_a_limit_of_one_finding_stands_beside_the_claim_that_cites_it():
    found = article("a", SIZE, PLANNED, HEADLINE)
    told = [claim("Mice lost weight."), claim("Forty people slept better."), claim("More work is planned.")]
    placed = limits.beside(told, found.caveats, (found,))
    assert {n: [caveat.kind for caveat in group] for n, group in placed.items()} == {
        1: ["effect_not_quantified"],
        2: ["trial_planned"],
    }


def test_a_limit_is_said_beside_one_claim_only():
    found = article("a", SIZE, HEADLINE, OLD)
    told = [claim("Forty people slept better."), claim("Forty people slept better.")]
    assert list(limits.beside(told, found.caveats, (found,))) == [0]


def test_a_grave_limit_is_never_moved_out_of_the_panel():
    found = article("a", MICE_ONLY)
    assert limits.beside([claim("Mice lost weight.")], found.caveats, (found,)) == {}


def test_the_grave_stand_open_and_the_rest_are_folded_with_their_count():
    found = article("a", HEADLINE, MICE_ONLY, SIZE, PLANNED, OLD)
    page = limits.panel_html(found.caveats, (found,))
    opened, folded = page.split("<details>")
    assert HEADLINE.text() in opened and MICE_ONLY.text() in opened
    assert "More limits (3)" in folded and all(caveat.text() in folded for caveat in (SIZE, PLANNED, OLD))
    assert "<details>" not in limits.panel_html(found.caveats, (found,), all_open=True)


@pytest.mark.parametrize(("caveats", "opened"), [((SIZE,), 1), ((SIZE, PLANNED, OLD), 1), ((HEADLINE, SIZE), 2)])
def test_a_panel_is_never_all_folded(caveats, opened):
    found = article("a", *caveats)
    assert limits.panel_html(found.caveats, (found,)).partition("<details>")[0].count("<li>") == opened


def test_what_stands_open_at_first_stays_where_it_is_when_claims_come():
    found = article("a", SIZE, PLANNED)
    told = [claim("Forty people slept better."), claim("More work is planned.")]
    before = limits.panel_html(found.caveats, (found,))
    moved = [caveat for group in limits.beside(told, found.caveats, (found,)).values() for caveat in group]
    assert before and limits.panel_html(found.caveats, (found,), moved) == before


def test_where_the_folded_ones_have_gone_is_said_in_their_place():
    found = article("a", HEADLINE, SIZE, PLANNED)
    assert "More limits (2)" in limits.panel_html(found.caveats, (found,))
    assert "More limits (1)" in limits.panel_html(found.caveats, (found,), found.caveats[1:2])
    page = limits.panel_html(found.caveats, (found,), found.caveats[1:])
    assert "More limits" not in page and limits.MOVED in page


def several():
    two = (article("a", HEADLINE, MICE_ONLY, SIZE), article("b", HEADLINE, outlet="The Daily"))
    return two, [caveat for one in two for caveat in one.caveats]


def test_what_several_articles_share_is_said_once_with_their_numbers():
    two, caveats = several()
    page = limits.panel_html(caveats, two)
    assert page.count(HEADLINE.text()) == 1
    assert f'{HEADLINE.text()} <small class="cv-of">Both sources</small>' in page


def test_a_grave_limit_of_one_article_of_several_stands_under_the_answer_until_it_stands_beside_its_claim():
    two, caveats = several()
    said = f"Animals, mice:</span> {MICE_ONLY.text()}"
    assert said not in limits.panel_html(caveats, two)
    assert f'{said} <small class="cv-of">Source 1: A title' in limits.single_html(caveats, two)
    placed = limits.beside([claim("Mice lost weight.", "b"), claim("Mice lost weight.")], caveats, two)
    assert [caveat.kind for caveat in placed[1]] == ["not_in_humans"] and 0 not in placed
    assert said in limits.beside_html(placed[1], two)
    assert limits.single_html(caveats, two, placed[1]) == ""


def test_a_grave_limit_never_goes_beside_a_claim_that_is_folded():
    two, caveats = several()
    assert limits.beside([claim("Forty people slept better.", "b"), claim("Mice lost weight.")], caveats, two, 1) == {}


def test_a_limit_of_some_results_names_them():
    found = article("a", MICE_ONLY)
    assert "Animals, mice:</span> This was not tested in people" in limits.panel_html(found.caveats, (found,))
    assert "</span>" not in limits.panel_html((replace(HEADLINE, article="a"),), (found,))


def test_one_article_needs_no_number():
    found = article("a", HEADLINE)
    assert "ource" not in limits.panel_html(found.caveats, (found,))
    assert limits.panel_html((), (found,)) == ""
