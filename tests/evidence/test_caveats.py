import pytest

from rag.domain import Role
from rag.evidence.reach import unread

TRIAL = (
    "Tablet for hay fever\n\nThe phase 3 trial randomly assigned 900 adults at 40 clinics to a 5 mg tablet or a "
    "placebo for "
    "12 weeks. Symptoms fell by 30 percent compared with placebo. {} The results appeared in the Journal of Allergy."
)
MICE = "{}\n\nResearchers gave the compound to 40 mice for six weeks. {}"
OPEN = "Breathing exercises\n\nThe team invited {} to ten weekly breathing sessions. {}"

DUE = [
    (
        "not_in_humans",
        MICE.format("Compound and asthma", "The treated mice coughed 40 percent less than untreated mice."),
    ),
    ("setting_not_stated", "New mechanism\n\nThe researchers found that the protein slows the immune response."),
    ("small_sample", OPEN.format("24 nurses", "Anxiety scores fell by six points.")),
    ("no_control", OPEN.format("24 nurses", "Anxiety scores fell by six points.")),
    ("no_control", OPEN.format("240 nurses", "There was no control group. Anxiety scores fell by six points.")),
    ("combination", TRIAL.format("All participants continued their usual nasal spray.")),
    ("surrogate_endpoint", MICE.format("Gel", "Bone density rose by 9 percent in the treated mice.")),
    ("trial_planned", MICE.format("Gel", "The mice recovered 20 percent faster. A trial in people is planned.")),
    ("trial_ongoing", MICE.format("Gel", "The mice ran 20 percent faster. A trial in patients is already recruiting.")),
    ("company_involved", TRIAL.format("The trial was paid for by the drug's maker, Northpine Pharma.")),
    ("hype", MICE.format("Gel", "The treated mice ran twice as far, a revolutionary finding.")),
    ("headline_overreach", MICE.format("New gel cures arthritis", "The treated mice limped 40 percent less.")),
    ("harms_missing", MICE.format("Gel", "The treated mice limped 40 percent less.")),
    ("harms_partial", TRIAL.format("The tablet was well tolerated.")),
    ("effect_not_quantified", OPEN.format("women aged 45 to 60", "The women reported significantly fewer headaches.")),
    ("garbled_text", MICE.format("Gel", "The mice ran twice as far.\n\nTranslated automatically.")),
    ("mixed_evidence", MICE.format("Gel", "The mice recovered. A survey of 2,000 adults found that 40% used the gel.")),
    ("pipeline_count", TRIAL.format("There are 120 allergy vaccines in development.")),
    ("undated", TRIAL.format("")),
    (
        "dose_missing",
        MICE.format("Gel", "The treated mice limped less than untreated mice.").replace("for six weeks", ""),
    ),
    ("journal_not_named", MICE.format("Gel", "The treated mice limped 40 percent less.")),
    ("no_independent_voice", TRIAL.format('"We are glad," said Dr. Lund, who led the trial.')),
    ("other_disease", TRIAL.format("The tablet is already approved for rheumatoid arthritis.")),
    ("retracted", "Journal retracts sleep study\n\nThe journal retracted a trial that found a benefit in 40 patients."),
    (
        "species_slip",
        MICE.format("Gel", "The treated mice limped less. Overall the gel improved patient survival by 20%."),
    ),
    (
        "anecdote",
        "Music and sleep\n\nWhen Ana Brandt, 52, was diagnosed with insomnia, she lay awake for months. After "
        "the music "
        "therapy she felt like herself again.",
    ),
    ("availability_missing", OPEN.format("24 nurses", "Anxiety scores fell by six points.")),
]

NOT_DUE = [
    ("not_in_humans", TRIAL.format("")),
    ("setting_not_stated", TRIAL.format("")),
    ("small_sample", TRIAL.format("")),
    ("small_sample", MICE.format("Gel", "The treated mice limped 40 percent less.")),
    ("no_control", TRIAL.format("")),
    (
        "no_control",
        "Blankets\n\nIn a trial, 67 children slept under each blanket, in random order. Sleep did not change.",
    ),
    ("no_control", "Coffee\n\nThe cohort study followed 9,000 adults. Coffee was linked to a lower risk of gout."),
    ("combination", TRIAL.format("The two scores were combined with data from an earlier year.")),
    ("surrogate_endpoint", TRIAL.format("")),
    ("trial_planned", TRIAL.format("The next issue of the bulletin is planned for May.")),
    ("trial_ongoing", TRIAL.format("Most adults were on ongoing antidepressant treatment.")),
    ("company_involved", TRIAL.format("The work was funded by the National Health Council.")),
    ("hype", TRIAL.format('"It is no miracle cure," said Dr. Lund.')),
    ("headline_overreach", MICE.format("In mice, a gel eases arthritis", "The treated mice limped 40 percent less.")),
    ("headline_overreach", MICE.format("Could a gel ease arthritis?", "The treated mice limped 40 percent less.")),
    ("harms_missing", TRIAL.format("Headaches were a side effect in 12 percent of adults.")),
    (
        "harms_missing",
        "Births\n\nThe registry counted 9,000 births in 2025. Twins were 3 percent more common than in 2015.",
    ),
    (
        "harms_partial",
        TRIAL.format("Nausea (12% versus 5%) and headache (9% versus 8%) were the most common side effects."),
    ),
    ("effect_not_quantified", TRIAL.format("")),
    ("mixed_evidence", TRIAL.format("")),
    ("dose_missing", TRIAL.format("")),
    ("followup_missing", TRIAL.format("")),
    ("journal_not_named", TRIAL.format("")),
    ("no_independent_voice", TRIAL.format("Dr. Roe, who was not involved in the study, urged caution.")),
    ("single_site", TRIAL.format("")),
    ("other_disease", TRIAL.format("The tablet is already approved for hay fever.")),
    ("retracted", TRIAL.format("Three adults withdrew from the trial.")),
    ("retracted", TRIAL.format("A small hook retracts the tissue.")),
    ("species_slip", MICE.format("Gel", "The treated mice limped less. Whether patients would benefit is not known.")),
    ("anecdote", TRIAL.format('Ron Hale, 71, has hay fever. "I would take it tomorrow," he said.')),
]


@pytest.mark.parametrize(("kind", "text"), DUE)
def test_due(read, kind, text):
    assert kind in {caveat.kind for caveat in read(text).caveats}


@pytest.mark.parametrize(("kind", "text"), NOT_DUE)
def test_not_due(read, kind, text):
    assert kind not in {caveat.kind for caveat in read(text).caveats}


SAID = [
    ("small_sample", OPEN.format("24 nurses", "Anxiety scores fell by six points."), "Only 24 nurses took part."),
    (
        "combination",
        TRIAL.format("All participants continued their usual nasal spray."),
        "It was given together with their usual nasal spray.",
    ),
    (
        "company_involved",
        TRIAL.format("The trial was paid for by the drug's maker, Northpine Pharma."),
        "A company is part of this work (Northpine Pharma).",
    ),
    (
        "harms_partial",
        TRIAL.format("The tablet was well tolerated."),
        "On safety the article says only: “The tablet was well tolerated”.",
    ),
    (
        "surrogate_endpoint",
        MICE.format("Gel", "Bone density rose by 9 percent in the treated mice."),
        "The study measured bone density.",
    ),
    (
        "species_slip",
        MICE.format("Gel", "The treated mice limped less. Overall the gel improved patient survival by 20%."),
        "At one place the article says ‘patient’, but the test it describes was in mice.",
    ),
]


@pytest.mark.parametrize(("kind", "text", "sentence"), SAID)
def test_slots_read_well(read, kind, text, sentence):
    said = [caveat.text() for caveat in read(text).caveats if caveat.kind == kind]
    assert len(said) == 1 and said[0].startswith(sentence)


@pytest.mark.parametrize(("date", "kind"), [("2020-11-20", "old_article"), ("2010", "old_article"), ("2024-03", None)])
def test_age_counts_from_the_articles_date(read, date, kind):
    kinds = {caveat.kind for caveat in read(TRIAL.format(""), date=date).caveats}
    assert "undated" not in kinds
    assert ("old_article" in kinds) is (kind is not None)


def test_a_caveat_limits_only_its_findings(read):
    article = read(
        "Two studies of a gel\n\n1. Mice\nIn 40 mice the gel healed wounds 20 percent faster than in untreated "
        "mice.\n\n"
        "2. A small trial\nDoctors gave the gel to 18 patients for two weeks. Pain fell by 3 points."
    )
    limits = {caveat.kind: caveat.findings for caveat in article.caveats}
    for kind, stage in (("not_in_humans", "animal"), ("small_sample", "trial_unspecified")):
        assert {article.findings[i].stage for i in limits[kind]} == {stage}


def test_a_withdrawn_result_is_background(read):
    article = read(
        "Journal retracts sleep trial\n\nThe journal retracted a clinical trial in 46 patients. The paper "
        "stated that patients "
        "who took the pill slept two hours longer than those on placebo."
    )
    assert not any(finding.role is Role.RESULT for finding in article.findings)
    assert article.stage == "review_opinion"


@pytest.mark.parametrize(
    ("result", "due"),
    [
        ("The pill enhanced the response and changed the severity of depression.", True),
        ("The pill cut the number of bad days by half.", False),
        ("The pill worked in seventy of the ninety patients.", False),
    ],
)
def test_a_word_that_ends_like_a_number_gives_no_size(read, result, due):
    article = read(f"A pill\n\nThe phase 2 trial enrolled 90 adults. The results showed a benefit. {result}")
    assert ("effect_not_quantified" in {caveat.kind for caveat in article.caveats}) is due


def test_each_study_has_its_own_stand_in(read):
    article = read(
        "Two ways to treat a tumor\n\n1. Mice\nIn 40 mice the researchers found that the drug cut the number of "
        "immune cells by half.\n\n"
        "2. One patient\nDoctors in Graz describe a 30-year-old woman whose tumor shrank from 8 cm to 2 cm."
    )
    assert [c.slots["standin"] for c in article.caveats if c.kind == "surrogate_endpoint"] == [
        "cell counts",
        "tumor size",
    ]


def test_a_title_that_says_too_much_is_quoted(read):
    article = read("New pill cures arthritis\n\nIn 40 mice the pill reduced swelling by half, researchers found.")
    caveat = next(caveat for caveat in article.caveats if caveat.kind == "headline_overreach")
    assert caveat.span.text == "New pill cures arthritis"


@pytest.mark.parametrize(
    "line",
    [
        "The hospital is one of the largest in the region, and it treated 400,000 patients.",
        "The institute has more than 2,000 employees and led to many improved treatments.",
    ],
)
def test_how_an_institution_describes_itself_is_no_result(read, line):
    article = read(f"A gel\n\nIn 40 mice the gel healed wounds 20 percent faster than in untreated mice.\n\n{line}")
    assert sum(finding.role is Role.RESULT for finding in article.findings) == 1


SPANISH = (
    "Un fármaco reduce el dolor\n\nLos investigadores dieron el fármaco a 40 pacientes con artritis. El dolor bajó un "
    "20 por ciento en comparación con el placebo, según el estudio que se publicó el lunes."
)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (SPANISH, "English only"),
        ("Lentil soup\n\nRinse the lentils. Fry the onion in oil. Simmer and season to taste.", "no study result"),
        ("Home\nAbout us\nhttps://example.org/a", "no sentence"),
        ("A gel\n\nIn 40 mice the gel healed wounds 20 percent faster than in untreated mice.", None),
    ],
)
def test_what_could_not_be_read_is_said(read, text, says):
    article = read(text)
    assert (says in unread(article)) if says else unread(article) is None
    if says and "English" in says:
        assert article.findings == article.caveats == ()


def test_people_who_work_together_are_no_drugs_given_together(read):
    article = read(TRIAL.format("The doctors were working together with researchers at two universities."))
    assert "combination" not in {caveat.kind for caveat in article.caveats}


def test_harm_laid_to_the_treatment_is_something_said_of_side_effects(read):
    article = read(TRIAL.format("Two chest infections may be linked to the treatment."))
    assert "harms_missing" not in {caveat.kind for caveat in article.caveats}
