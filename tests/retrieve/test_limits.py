"""The caveats an answer must say: each once, and in the reader's language."""

from dataclasses import replace

import pytest

from rag.domain import Article, Caveat, Finding, Role, Sentence, Source, Span, Stage
from rag.question import Evidence, Pick, Sufficiency
from rag.retrieve.limits import limits
from rag.retrieve.reading import read

LINES = ("The pill helped 18 people.", "One woman got better.", "Scars shrank in mice.", "A trial is planned.")


@pytest.fixture
def article() -> Article:
    text, sentences, at = "\n".join(LINES), [], 0
    for n, line in enumerate(LINES):
        sentences.append(Sentence("a", n, 0, 0, Span(at, at + len(line), line)))
        at += len(line) + 1
    told = ((Stage.PHASE1, Role.RESULT), (Stage.CASE_REPORT, Role.RESULT), (Stage.ANIMAL, Role.RESULT))
    told = (*told, (Stage.TRIAL_UNSPECIFIED, Role.PLANNED))
    spans = [sentence.span for sentence in sentences]
    findings = tuple(Finding("a", *kind, span, study=n) for n, (kind, span) in enumerate(zip(told, spans, strict=True)))
    caveats = (
        Caveat("small_sample", "a", spans[0], {"n": "18 people"}, frozenset({0})),
        Caveat("small_sample", "a", spans[1], {"n": "one person"}, frozenset({1})),
        Caveat("not_in_humans", "a", spans[2], findings=frozenset({2})),
        Caveat("surrogate_endpoint", "a", spans[2], {"standin": "tumor size"}, frozenset({2})),
        Caveat("trial_planned", "a", spans[3], findings=frozenset({3})),
        Caveat("hype", "a", None, {"word": "miracle"}),
    )
    return Article("a", Source("Pills", "a"), text, (), (), tuple(sentences), findings, caveats, Stage.PHASE1)


def said(article: Article, question: str, *picked: int) -> list[str]:
    picks = tuple(Pick(article, article.sentences[n], 0.5) for n in picked)
    found = limits(Evidence(read(question), Sufficiency.ENOUGH, (article,), picks))
    return [caveat.text("es" if "¿" in question else "en") for caveat in found]


def test_small_samples_are_said_in_one_line(article):
    found = said(article, "What helped?", 0, 1)
    assert sum("took part" in line for line in found) == 1
    assert any("18 people or one person" in line for line in found)


def test_only_what_the_sentences_cited_need_is_said(article):
    found = " ".join(said(article, "What helped the scars?", 2))
    assert "not tested in people" in found and "tumor size" in found and "planned" in found
    assert "took part" not in found and "miracle" not in found


def test_a_promise_in_the_question_calls_for_a_word_on_hype(article):
    assert any("miracle" in line for line in said(article, "Does it cure scars?", 2))


def test_in_spanish_the_slots_are_spanish(article):
    assert any("el tamaño del tumor" in line for line in said(article, "¿Qué pasó con las cicatrices?", 2))


def test_of_several_articles_the_most_severe_come_first_and_none_is_minor(article):
    minor = Caveat("single_site", "b", article.sentences[0].span, {}, frozenset({0}))
    own = {
        "sentences": tuple(replace(sentence, article="b") for sentence in article.sentences),
        "findings": tuple(replace(finding, article="b") for finding in article.findings),
        "caveats": (minor, *(replace(caveat, article="b") for caveat in article.caveats)),
    }
    other = replace(article, id="b", **own)
    picks = tuple(Pick(of, of.sentences[n], 0.5) for of in (article, other) for n in (0, 2))
    found = limits(Evidence(read("Compare the pills."), Sufficiency.ENOUGH, (article, other), picks))
    order = [("high", "medium").index(caveat.severity) for caveat in found]
    assert order == sorted(order) and {0, 1} == set(order)
    assert {c.article for c in found if c.kind == "small_sample"} == {"a", "b"}
