from rag.domain import Role, Stage


def results(article):
    return [(f.stage, f.sample_size) for f in article.findings if f.role is Role.RESULT]


def test_results_inherit_stage_and_size_from_the_method(read):
    article = read(
        "Swimming eases stiff backs\n\nResearchers randomly assigned 60 nurses with back pain to swimming or to usual "
        "care.\n\nPain fell by 12 points in the swimming group. Sleep did not change."
    )
    assert results(article) == [(Stage.TRIAL_UNSPECIFIED, 60)] * 2


def test_the_lead_takes_the_stage_told_after_it(read):
    article = read(
        "Herb tea and memory\n\nA herbal tea improved memory, a new study found.\n\nThe scientists gave the tea to "
        "40 mice for six weeks. The mice finished a maze 20 percent faster than untreated mice."
    )
    assert {stage for stage, _ in results(article)} == {Stage.ANIMAL}
    assert article.stage is Stage.ANIMAL


def test_a_phase_is_kept_through_the_study(read):
    article = read(
        "New inhaler in trial\n\nThe phase 2 trial included 120 adults with asthma. Participants were randomly "
        "assigned to "
        "the inhaler or a placebo. Attacks fell by 30 percent compared with placebo."
    )
    assert results(article) == [(Stage.PHASE2, 120)]


def test_nothing_is_inherited_from_a_trial_under_way(read):
    article = read(
        "A protein and the immune system\n\nThe researchers found that the protein slows the immune response. A "
        "phase 1 "
        "trial in patients is currently being carried out. They also found that blocking it improved blood flow."
    )
    assert results(article) == [(Stage.UNCLEAR, None), (Stage.UNCLEAR, None)]
    assert article.stage is Stage.UNCLEAR


def test_numbered_sections_are_studies_of_their_own(read):
    article = read(
        "Sleep round-up\n\n1. Survey: late screens\nA survey of 2,000 teenagers found that 40% slept badly.\n\n"
        "2. Mice: a clock gene\nIn mice without the gene, sleep was two hours shorter than in other mice.\n\n"
        "3. One patient\nDoctors in Graz describe a 30-year-old woman whose sleep returned after surgery.",
    )
    found = [(f.stage, f.study) for f in article.findings if f.role is Role.RESULT]
    assert [stage for stage, _ in found] == [Stage.OBSERVATIONAL, Stage.ANIMAL, Stage.CASE_REPORT]
    assert len({study for _, study in found}) == 3


def test_an_earlier_study_lends_nothing(read):
    article = read(
        "Drug and migraine\n\nThe phase 3 trial enrolled 900 adults. Attacks did not become rarer than with "
        "placebo. An "
        "earlier phase 2 study in 212 people had suggested a benefit."
    )
    assert article.stages == (Stage.PHASE3,)
    earlier = next(f for f in article.findings if f.role is Role.BACKGROUND)
    assert (earlier.stage, earlier.sample_size) == (Stage.PHASE2, 212)


def test_participants_return_to_the_study_in_people(read):
    article = read(
        "A fasting diet\n\nThe phase 2 trial enrolled 71 adults. Blood pressure fell by 4 points compared with "
        "the control "
        "group. Our mouse studies showed that old mice lived longer. The participants lost 6 pounds on average."
    )
    assert [stage for stage, _ in results(article)] == [Stage.PHASE2, Stage.ANIMAL, Stage.PHASE2]


def test_a_trial_named_after_the_laboratory_result_lends_no_stage(read):
    article = read(
        "A compound and brain tumors\n\nIn laboratory experiments the researchers found that the compound stopped "
        "glioma cells from spreading. Clinical trials revealed that it reaches the brain."
    )
    assert article.stage is Stage.CELL


def test_a_handful_of_patients_is_a_report_of_cases(read):
    article = read(
        "Transplant calms colitis\n\nThe study included two patients. Both patients were treated with a transplant. "
        "Their symptoms improved within two weeks."
    )
    assert results(article) == [(Stage.CASE_REPORT, 2)]


def test_a_title_that_names_the_design_outweighs_words_said_by_the_way(read):
    article = read(
        "Music and memory loss: a case report\n\nA woman with memory loss attended weekly music sessions. Her mood "
        "improved and her risk of falls was lower after 17 sessions.",
    )
    assert article.stage is Stage.CASE_REPORT


def test_a_series_of_many_is_no_single_case(read):
    article = read(
        "Thinking in a liver disease: a case series of 31 patients\n\nThe researchers tested 31 patients with the "
        "disease. Patients did worse on memory tests than healthy people."
    )
    assert article.stage is not Stage.CASE_REPORT


def test_one_trial_named_beside_a_review_is_a_study_of_its_own(read):
    article = read(
        "Does talking help tinnitus?\n\nA systematic review pooled 28 trials with 2,700 people and found that therapy "
        "lowered distress. The loudness did not change.\n\nA trial at Elm College, with 158 people, found no "
        "difference between a course online and one in a clinic."
    )
    assert results(article) == [
        (Stage.SYSTEMATIC_REVIEW, 2700),
        (Stage.SYSTEMATIC_REVIEW, 2700),
        (Stage.TRIAL_UNSPECIFIED, 158),
    ]


def test_a_general_statement_about_patients_is_no_study_in_people(read):
    article = read(
        "Scan finds tiny tumors\n\nResearchers have shown that a new scan can detect very small tumors. One-third of "
        "patients with breast cancer are diagnosed with tumors elsewhere, with a higher risk of death.\n\nThe "
        "researchers tested the scan in mice with breast cancer cells. It detected tumors in the lungs of the mice."
    )
    assert article.stages == (Stage.ANIMAL,)


def test_food_from_animals_makes_no_study_in_animals(read):
    article = read(
        "Hens and hearts\n\nIn a clinical study, the 161 subjects ate three eggs a week for six months. The study "
        "showed that the index rose by 2 points. The eggs came from hens given algae, and blood fats fell by 3 percent."
    )
    assert article.stages == (Stage.TRIAL_UNSPECIFIED,)


def test_outcomes_told_by_those_treated_do_not_part_a_trial(read):
    article = read(
        "Lower doses in arthritis\n\nFlares were no more common with the lower dose, a study found. There was no "
        "difference in self-reported disability.\n\nThe study is a randomised controlled trial. Of the 47 patients who "
        "stopped, half had no flare."
    )
    assert article.stages == (Stage.TRIAL_UNSPECIFIED,)


def test_another_phase_is_another_study(read):
    article = read(
        "Two trials of a pill\n\nIn the phase 1 study, 48 volunteers took the pill. Headache was seen in 6 of the 48."
        "\n\nIn the phase 2 trial, 122 adults were given the pill or placebo. Pain fell by 38% compared with placebo."
    )
    assert results(article) == [(Stage.PHASE1, 48), (Stage.PHASE2, 122)]


def test_one_line_brings_its_study_with_it(read):
    article = read("Colds\n\nZinc shortened colds by two days in a trial of 40 students.")
    assert results(article) == [(Stage.TRIAL_UNSPECIFIED, 40)]


def test_whom_a_trial_required_is_no_trial_to_come(read):
    article = read(
        "A trial of 300 adults found less pain. Participants in the trials were required to have had pain for a year."
    )
    assert Role.PLANNED not in {finding.role for finding in article.findings}
