"""What an answer rests on beside the sentence that gives it."""

import pytest

from rag.domain import Article, Caveat, Finding, Role, Sentence, Source, Span, Stage
from rag.question import Part, Pick
from rag.retrieve.grounds import denial, grounds, in_whom
from rag.retrieve.reading import read

LINES = (
    "Researchers gave the drops to mice with dry eyes.",
    "The drops raised tear flow by 40 percent in the left eye.",
    "The study cannot show that the drops would help people.",
    "No change was found in blinking.",
    "A trial in people is planned for spring.",
    "The drops smell of mint.",
)


@pytest.fixture
def ranked() -> list[Pick]:
    text, sentences, at = "\n".join(LINES), [], 0
    for n, line in enumerate(LINES):
        sentences.append(Sentence("a", n, 0, 0, Span(at, at + len(line), line)))
        at += len(line) + 1
    spans = [sentence.span for sentence in sentences]
    findings = (
        Finding("a", Stage.ANIMAL, Role.RESULT, spans[1], setting="mice"),
        Finding("a", Stage.TRIAL_UNSPECIFIED, Role.PLANNED, spans[4]),
    )
    caveats = (
        Caveat("not_in_humans", "a", spans[0], findings=frozenset({0})),
        Caveat("trial_planned", "a", spans[4], findings=frozenset({1})),
    )
    article = Article("a", Source("Tears", "a"), text, (), (), tuple(sentences), findings, caveats, Stage.ANIMAL)
    order = (1, 0, 2, 3, 4, 5)
    return [Pick(article, sentences[n], 0.9 - place / 10) for place, n in enumerate(order)]


def parts(picks) -> list[tuple[int, Part]]:
    return [(pick.sentence.n, pick.part) for pick in picks]


def test_a_result_comes_with_the_words_that_say_in_whom_and_what_it_does_not_show(ranked):
    given = grounds(read("What did the drops do to tear flow?"), ranked, ranked[:1])
    assert parts(given) == [(2, Part.LIMIT), (0, Part.TESTED)]


def test_a_yes_or_no_of_work_in_animals_is_told_what_comes_next(ranked):
    assert (4, Part.NEXT) in parts(grounds(read("Do the drops raise tear flow?"), ranked, ranked[:1]))


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Did the drops change blinking?", 3),
        ("Why did the drops speed up blinking?", 3),
        ("Did the drops raise tear flow?", None),
        ("Is it true that blinking did not change?", None),
        ("What did the drops do?", None),
    ],
)
def test_what_denies_a_question_is_found_by_its_rarest_word(ranked, question, sentence):
    found = denial(read(question), ranked)
    assert (found.sentence.n if found else None) == sentence


def test_in_whom_is_told_by_the_words_of_the_article(ranked):
    assert parts(in_whom(ranked))[0] == (0, Part.TESTED)
