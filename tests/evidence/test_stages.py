import pytest

from rag.domain import Stage
from rag.evidence import cues
from rag.evidence.stages import in_use, setting

NAMED = [
    ("The mice were fed a high-fat diet for ten weeks.", "animal"),
    ("Tumors shrank in macaques given the vaccine.", "animal"),
    ("Zebrafish larvae lacking the gene swam in circles.", "animal"),
    ("The team gave the gel to rabbits with dry eye.", "animal"),
    ("The compound was added to cell cultures.", "cell"),
    ("In a petri dish, the bacteria stopped dividing.", "cell"),
    ("Heart organoids beat more slowly after exposure.", "human_tissue"),
    ("Immune cells taken from people with asthma reacted less.", "human_tissue"),
    ("The doctors describe a 52-year-old man whose hearing came back.", "case_report"),
    ("A case report from Lyon tells of a rare reaction.", "case_report"),
    ("Researchers followed a cohort of nurses for twenty years.", "observational"),
    ("The survey asked about sleep and screens.", "observational"),
    ("Medical records of 9,000 births were compared.", "observational"),
    ("Toddlers were randomly assigned to hear stories or songs.", "trial_unspecified"),
    ("Half of the volunteers received a placebo.", "trial_unspecified"),
    ("The nasal spray was tested in people with hay fever.", "trial_unspecified"),
    ("In the phase 1 trial, doses were raised step by step.", "phase1"),
    ("This first-in-human study tested the implant.", "phase1"),
    ("A phase I/II study of the gene therapy enrolled boys.", "phase2"),
    ("The phase 2b trial compared two doses.", "phase2"),
    ("Results of the phase III trial were mixed.", "phase3"),
    ("A meta-analysis of 34 trials found little benefit.", "systematic_review"),
    ("A Cochrane review pooled the results.", "systematic_review"),
    ("The team compared data on 6,000 women who were prescribed the pill.", "observational"),
    ("They looked at patients treated at the clinic between 2001 and 2015.", "observational"),
    ("Skin samples exposed to the lamp made more of the vitamin.", "human_tissue"),
    ("The group took 2,600 volunteers, assigning half to a lower target.", "trial_unspecified"),
    ("The 50 volunteers were divided into two groups, one of which swam.", "trial_unspecified"),
]

NOT_NAMED = [
    "The researchers were able to show a stronger immune response.",
    "An organ such as the liver cleans the blood.",
    "They felt like guinea pigs for a new schedule.",
    "The mouse click was recorded by the software.",
    "Each patient's own body makes this hormone.",
    "Teenagers with acne had higher zinc levels compared to the control group.",
    "In the absence of randomized trials, diets are hard to judge.",
    "During the scans, each person performed memory tasks.",
    "In the pilot study the breath sensor was used to detect asthma.",
    "All subjects underwent a brain scan at the start.",
    "Phase 2 of the campaign contained new ads.",
]


@pytest.mark.parametrize(("text", "stage"), NAMED)
def test_the_words_name_the_stage(text, stage):
    assert setting(cues.plain(text)).stage == stage


@pytest.mark.parametrize("text", NOT_NAMED)
def test_no_stage_is_guessed(text):
    assert setting(cues.plain(text)) is None


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("After earlier success in mice, the phase 2 trial enrolled 60 adults.", "phase2"),
        ("Human tumors were grown in mice.", "animal"),
        ("In a Mendelian randomization study, genes for height were compared.", "observational"),
        ("Five sheep were randomly assigned to each group.", "animal"),
    ],
)
def test_one_of_several_settings_counts(text, stage):
    assert setting(cues.plain(text)).stage == stage


@pytest.mark.parametrize(
    ("text", "used"),
    [
        ("The drug is approved for gout.", True),
        ("It is commonly used against migraine.", True),
        ("The pill has not been approved anywhere.", False),
        ("The ethics committee approved the study.", False),
        ("It could be approved within a year.", False),
    ],
)
def test_use_in_care_is_told_from_hopes_of_it(text, used):
    assert in_use(cues.plain(text)) is used


@pytest.mark.parametrize(
    ("told", "stage"),
    [
        ("The drug slowed the growth of breast cancer cells by half, the researchers found.", Stage.CELL),
        ("The gene was more active in yeast, the study showed.", Stage.CELL),
        ("The study of 300 adults found that the diet changed the number of genes active in immune cells.", None),
    ],
)
def test_cells_named_in_passing_count_where_nothing_else_is_named(read, told, stage):
    found = read(f"A finding\n\n{told}").stage
    assert found is stage if stage else found.in_people
