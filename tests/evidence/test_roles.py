import pytest

from rag.domain import Role
from rag.evidence import cues
from rag.evidence.roles import clauses, read

ROLES = [
    ("The study found that walkers slept an hour longer.", Role.RESULT),
    ("Pain fell by 12 points in the massage group.", Role.RESULT),
    ("There was no difference between the two groups.", Role.RESULT),
    ("Children in the program were twice as likely to finish school.", Role.RESULT),
    ("Side effects led 4 percent of people to stop.", Role.RESULT),
    ("No serious adverse events were reported.", Role.RESULT),
    ("Seven of the 12 dogs recovered.", Role.RESULT),
    ("The trial missed its main goal.", Role.RESULT),
    ("The team plans to start a trial in 200 adults next year.", Role.PLANNED),
    ("Larger trials are needed to confirm the effect.", Role.PLANNED),
    ("The group has applied for a grant to test the device in volunteers.", Role.PLANNED),
    ("A second study is planned.", Role.PLANNED),
    ("A trial of the vaccine is under way in Brazil.", Role.ONGOING),
    ("The study has begun recruiting at nine clinics.", Role.ONGOING),
    ("A phase 1 study is currently being carried out in Japan.", Role.ONGOING),
    ("The pill could one day replace the injection.", Role.ASPIRATION),
    ("The discovery offers hope to millions of families.", Role.ASPIRATION),
    ("This opens doors to new treatments.", Role.ASPIRATION),
    ("Earlier studies had suggested a link with diet.", Role.BACKGROUND),
    ("The drug has been used for asthma since 1990.", Role.BACKGROUND),
    ("Migraine affects about one in seven adults.", Role.BACKGROUND),
    ("It is known that smoking harms the lungs.", Role.BACKGROUND),
    ("The FDA has approved the first test for the disease.", Role.BACKGROUND),
    ("Six of the swimmers had an ear infection.", Role.RESULT),
    ("In two patients the lead broke and was replaced.", Role.RESULT),
    ("The new bone was as strong as the old.", Role.RESULT),
    ("Against other treatments, the gain was only 3 points.", Role.RESULT),
    ("Sixteen patients got a reduction of more than a third.", Role.RESULT),
    ("The camera missed four of the 31 ulcers.", Role.RESULT),
    ("About 30 percent of the nurses quit smoking by spring.", Role.RESULT),
    ("None of the dogs had a seizure during the night.", Role.RESULT),
    ("The two groups had similar rates of falls.", Role.RESULT),
    ("A simple splint keeps toes straight, reports a trial in Foot Notes.", Role.RESULT),
    ("Only one sheep in the gel group needed a second stitch.", Role.RESULT),
    ("Protection had waned to 40 percent by the third spring.", Role.RESULT),
    ("A year on, the gains had held.", Role.RESULT),
    ("Four falls happened in the brace group and nine in the other group.", Role.RESULT),
    ("Tiredness was the main complaint in those who swam.", Role.RESULT),
    ("Ratings of itch came down from 6 to 2.", Role.RESULT),
    ("Hearing was the same with both devices.", Role.RESULT),
    ("The cream left the healthy skin unharmed.", Role.RESULT),
    ("Stitches healed two days sooner in the treated goats.", Role.RESULT),
    ("The campaign brought in 300 more men than the year before.", Role.RESULT),
    ("Readers working with the program found 12 more ulcers.", Role.RESULT),
    ("On the new lamp, doses sank from 6.1 to 5.2.", Role.RESULT),
    ("After the cream, oil levels shot up fourfold.", Role.RESULT),
    ("Swimmers who stretched were hurt just as often.", Role.RESULT),
    ("The robot gave the wrong answer in one in nine calls.", Role.RESULT),
    ("Adding the drug--already used to treat gout--eases itching, according to a phase 2 trial.", Role.RESULT),
    ("No asthma cases were recorded after the first week.", Role.RESULT),
    ("The hospital has asked the agency for leave to try the valve in ten volunteers.", Role.PLANNED),
    ("Several trials are going on right now to test the idea.", Role.ONGOING),
    ("A Norwegian study of 9,000 drivers once linked snoring with accidents.", Role.BACKGROUND),
    ("A handful of studies, Lund says, have suggested a link with stress.", Role.BACKGROUND),
    ("Recent studies show that loneliness shortens life.", Role.BACKGROUND),
    ("It is estimated that four in ten falls can be prevented.", Role.BACKGROUND),
    ("We already knew that the hormone is a weak blocker.", Role.BACKGROUND),
]

NO_FINDING = [
    "What does this mean for patients?",
    "The study was published in the Journal of Sleep Studies.",
    "The work was funded by the Council for Public Health.",
    "The researchers randomly assigned 84 nurses to two groups.",
    "Two of the authors reported receiving fees from a drug maker.",
    "The study cannot show what caused the difference.",
    "Asthma is a disease of the airways.",
    "Many types of migraine are linked to poor sleep, compared with other headaches.",
    "Genes that are associated with gout are located on chromosome 4.",
    "In some countries, a corrected hearing of 30 decibels or better is required for drivers.",
    "The society publishes two medical journals and a newsletter.",
    "The Heart Program ranks among the region's most experienced, with no better outcomes than its own.",
    "The study group consisted of 30 men who were 50 years of age or older.",
    "The children were randomly assigned to one of three groups.",
    "The clinic wants to see whether people with ulcers detected by screening come back.",
    "The survey is a way to confirm that the pill is of use.",
    "People at increased risk of stroke are offered blood thinners.",
    "The rinse was developed over ten years by dentists in Graz.",
    "It is the active inflammation that hurts.",
    "A low score (under 4) indicates a weak heart.",
    "The boxes were sealed as well as numbered.",
    "Only adults with a vision of 40 or worse were eligible.",
    "The method was developed in the 1960s by a dentist.",
    "The sweet drinks allowed participants to go without lunch.",
    'All were asked: "Has the number of bad nights changed?"',
    "The average age was 54 at the start.",
    "They were seen from 2012 to 2015, at ages from 18 to 65.",
    "Half of the rats were fed sugar water.",
    "The company's shares rose by 4 percent after the news.",
    "Delayed swabs in the second week.",
    '"We wanted a way to block the channel for good."',
    "They were chosen from nurses reached through flyers.",
]


@pytest.mark.parametrize(("text", "role"), ROLES)
def test_role(text, role):
    assert read(cues.plain(text), in_study=True).role is role


@pytest.mark.parametrize("text", NO_FINDING)
def test_what_reports_nothing_has_no_role(text):
    assert read(cues.plain(text), in_study=True).role is None


def test_a_bare_past_tense_is_a_result_only_inside_a_study():
    text = cues.plain("Density in the spine did not change.")
    assert read(text, in_study=True).role is Role.RESULT
    assert read(text, in_study=False).role is None


def test_a_method_is_no_finding_but_tells_of_the_study():
    reading = read(cues.plain("They invited 22 mothers to ten weekly sessions."), in_study=True)
    assert reading.role is None and reading.method


def test_clauses_cover_the_sentence():
    text = "no harm was seen, suggesting that the pill could be safe; a trial is planned"
    parts = clauses(text)
    assert [text[start:end] for start, end in parts] == [
        "no harm was seen",
        ", suggesting that the pill could be safe",
        "; a trial is planned",
    ]
