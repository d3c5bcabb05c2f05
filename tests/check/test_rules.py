"""The rules one by one: what each must catch, and what it must let pass."""

import pytest

from rag.check.reading import concepts, read, rows
from rag.check.support import best_sentences, check, merely_untraced
from rag.domain import Sentence, Span


def kinds(claim: str, *cited: str) -> set[str]:
    return {problem.kind for problem in check(claim, cited).problems}


@pytest.mark.parametrize(
    ("claim", "cited"),
    [
        ("About 2,200 adults took part.", "The trial enrolled 2,204 adults."),
        ("One in four patients was helped.", "A quarter of the patients were helped."),
        ("It lasted eight weeks.", "It lasted 8 weeks."),
        ("Twelve of 30 children had asthma.", "Asthma was seen in 12 of the 30 children."),
        ("More than 200 adults took part.", "The trial enrolled 204 adults."),
    ],
)
def test_a_number_may_be_said_another_way(claim: str, cited: str) -> None:
    assert "number" not in kinds(claim, cited)


@pytest.mark.parametrize(
    ("claim", "cited"),
    [
        ("The dose was 5 mg.", "The dose was 5 g."),
        ("At most ten adults relapsed.", "At least ten adults relapsed."),
        ("It took 36 weeks.", "It took 36 days."),
        ("Pain eased in 14 of 46 adults.", "Pain eased in 9 of the 46 adults, and the files of 14 adults were lost."),
        ("A phase 3 trial has begun.", "A phase 2 trial has begun."),
    ],
)
def test_another_unit_bound_or_phase_is_another_number(claim: str, cited: str) -> None:
    assert kinds(claim, cited) & {"number", "not_in_text"}


@pytest.mark.parametrize(
    ("claim", "cited"),
    [
        ("The patch failed to work.", "The patch did not work."),
        ("Adults with cancer were left out of the trial.", "The trial did not include adults with cancer."),
        ("The dose stayed the same.", "The dose did not change."),
        ("The panel disagreed with the report.", "The panel did not agree with the report."),
    ],
)
def test_a_denial_may_be_said_without_not(claim: str, cited: str) -> None:
    assert "negation" not in kinds(claim, cited)


def test_a_denial_in_another_part_of_the_sentence_denies_nothing_here() -> None:
    text = "The tablets eased pain, but they did not help with sleep."
    assert check("The tablets eased pain.", [text]).supported
    assert not check("The tablets helped with sleep.", [text]).supported


@pytest.mark.parametrize(
    ("claim", "word"),
    [("The patch is a miracle against pain.", "miracle"), ("It is proven that the patch eases pain.", "proven"),
     ("The patch cures pain.", "cures")],
)  # fmt: skip
def test_strong_words_of_the_claim_alone_are_named(claim: str, word: str) -> None:
    problems = check(claim, ["The patch eases pain."]).problems
    assert any(word in problem.claim for problem in problems)


def test_could_tells_an_ability_as_well_as_a_doubt() -> None:
    assert check("Three weeks later the rats ran faster.", ["Three weeks later the rats could run faster."]).supported
    assert not check("The gel helps rats run faster.", ["The gel could help rats run faster."]).supported


def test_human_tissue_is_not_people() -> None:
    text = "The compound killed germs in mice and in human skin samples."
    assert "species" in kinds("The compound killed germs in patients.", text)
    assert "species" not in kinds("The compound killed germs in mice and human skin samples.", text)


def test_what_a_treatment_was_added_to_is_kept() -> None:
    text = "Patients who added the spray to their tablets coughed less."
    assert check("Patients who added the spray to their tablets had less cough.", [text]).supported


def test_a_word_in_the_place_of_another_is_named_with_it() -> None:
    cited = ("The kidney stones became smaller.", "An old scan had shown the gall bladder.")
    problems = check("The bladder stones became smaller.", cited).problems
    assert ("bladder", "kidney") in {(problem.claim, problem.text) for problem in problems}


def test_a_problem_gives_the_words_of_the_claim() -> None:
    claim = "The tea healed all ulcers within 3 days."
    for problem in check(claim, ["The tea eased some ulcers within 30 days."]).problems:
        assert problem.claim in claim


@pytest.mark.parametrize(
    ("text", "concept"),
    [("a jab in the arm", "injection"), ("given by injection", "injection"), ("high blood pressure", "bloodpressure"),
     ("SSRIs", ""), ("they took part", "part-in")],
)  # fmt: skip
def test_plain_words_and_set_phrases_are_read_as_concepts(text: str, concept: str) -> None:
    found = {name for item in read(text).items for name in item.concepts}
    assert concept in found or (not concept and not found)


def test_the_plural_of_an_acronym_and_both_spellings_are_one_word() -> None:
    stems = [
        [item.stem for item in read(text).items]
        for text in ("SSRIs", "SSRI", "tumours", "tumors", "leukaemia", "leukemia")
    ]
    assert stems[0::2] == stems[1::2]


def test_the_concepts_name_only_concepts() -> None:
    for concept in concepts().values():
        assert not concept.opposite or concept.opposite in concepts()
        assert not concept.broader or concept.broader in concepts()
        assert concept.broader != concept.name


def test_no_wider_meaning_leads_back_to_itself() -> None:
    for name in concepts():
        seen = [name]
        while broader := concepts()[seen[-1]].broader:
            assert broader not in seen
            seen.append(broader)


@pytest.mark.parametrize("name", ["concepts.csv", "cues.csv", "light.csv"])
def test_every_row_says_where_it_comes_from_and_stands_once(name: str) -> None:
    found = rows(name)
    assert all(row["source"] for row in found)
    assert len({tuple(row.values()) for row in found}) == len(found)


@pytest.mark.parametrize(
    ("claim", "cited"),
    [
        ("The youngest children gained the most.", "The gain was largest among the youngest children."),
        ("The team plans a trial in the next three years.", "The team plans a trial over the next three years."),
        ("The council has not decided yet.", "A decision of the council is expected in May."),
        ("The kidneys of the animals were damaged.", "The animals had kidney damage."),
        ("The review appeared in May.", "The review, which appeared in May, received no outside funding."),
    ],
)
def test_words_that_look_as_if_they_governed_do_not(claim: str, cited: str) -> None:
    assert check(claim, [cited]).supported, check(claim, [cited]).problems


@pytest.mark.parametrize(
    ("claim", "one", "two", "kind"),
    [
        (
            "The agency authorised the test.",
            "The agency is looking at the test.",
            "The author is a nurse.",
            "not_in_text",
        ),
        ("It came out in Coastal Weekly.", "It came out weekly.", "The Coastal School took part in it.", "entity"),
        (
            "The Marsh School funded it.",
            "It was funded by the Hill Institute.",
            "Some are at the Marsh School.",
            "entity",
        ),
        ("It worked in mice.", "In a dish it worked within a day.", "It has not been tested in mice.", "negation"),
    ],
)
def test_words_of_two_sentences_make_no_third_statement(claim: str, one: str, two: str, kind: str) -> None:
    assert kind in kinds(claim, one, two)


def test_of_two_sentences_that_carry_as_much_the_nearer_in_wording_is_read() -> None:
    texts = ("The team wanted to learn what statins do when repairing this aneurysm.",
             "More work is needed on statins before repair of other kinds of aneurysm.")  # fmt: skip
    starts = (0, len(texts[0]) + 1)
    told = [Sentence("x", n, 0, 0, Span(at, at + len(texts[n]), texts[n])) for n, at in enumerate(starts)]
    assert best_sentences("Statins also work before repair of other kinds of aneurysm.", told)[0].n == 1


@pytest.mark.parametrize("more", ["and doctors now advise it", "and this works for years", "which ends the waiting"])
def test_a_statement_put_behind_a_copy_is_more_than_an_untraced_word(more: str) -> None:
    text = "Every year the gel helps more people with sore knees."
    claim = f"{text.rstrip('.')}, {more}."
    verdict = check(claim, [text])
    assert not verdict.supported
    assert not merely_untraced(claim, verdict)
