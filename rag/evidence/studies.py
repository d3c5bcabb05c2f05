"""Which study a statement belongs to and what that study was done in: the inherit rule, which never crosses a study."""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from rag.domain import PEOPLE, Article, Stage
from rag.evidence import cues
from rag.evidence.samples import Sample
from rag.evidence.stages import LABORATORY, PHASES, TRIALS, Setting, setting
from rag.evidence.statements import TO_COME, Statement

NUMBERED = re.compile(r"\s*(?:\d+[.):]|[•*-] )")
CASES = 5
"""A study of more people than this is no report of single cases, whatever it says of one of them."""
TREATED = TRIALS | {Stage.OBSERVATIONAL, Stage.CASE_REPORT}
"""What a few patients without a phase or a design are called by their words alone: a handful is a report of cases."""
KEEPS = {
    Stage.SYSTEMATIC_REVIEW: frozenset({*TRIALS, Stage.OBSERVATIONAL, Stage.CASE_REPORT}),
    Stage.OBSERVATIONAL: frozenset({Stage.CASE_REPORT, Stage.HUMAN_TISSUE}),
    Stage.CELL: frozenset({Stage.HUMAN_TISSUE, Stage.OBSERVATIONAL, Stage.CASE_REPORT}),
    Stage.HUMAN_TISSUE: frozenset({Stage.CELL, Stage.OBSERVATIONAL, Stage.CASE_REPORT}),
    Stage.CASE_REPORT: frozenset({Stage.CELL, Stage.HUMAN_TISSUE, Stage.OBSERVATIONAL}),
    Stage.ANIMAL: frozenset({Stage.CASE_REPORT}),
    **{stage: TRIALS | {Stage.OBSERVATIONAL, Stage.CASE_REPORT} for stage in TRIALS},
}
"""Settings that are no sign of another study beside one at this stage: a trial has risks, records and patients too."""


@dataclass(slots=True)
class Study:
    """What is known of one study while its article is read."""

    settings: list[tuple[Setting, Statement]] = field(default_factory=list)
    samples: list[Sample] = field(default_factory=list)
    results: int = 0
    people: bool = False
    story: bool = False

    @property
    def stage(self) -> Stage | None:
        """The stage its result and method sentences name: the one phase, else the first strong cue, else a weak one."""
        strong = [found.stage for found, _ in self.settings if found.strong]
        if self.sample and self.sample.size > CASES:
            strong = [stage for stage in strong if stage is not Stage.CASE_REPORT]
        phases = set(strong) & PHASES
        if strong and strong[0] in TRIALS and Stage.ANIMAL in strong and not (self.people or self.samples):
            return Stage.ANIMAL
        if strong and strong[0] in TRIALS and len(phases) == 1:
            return phases.pop()
        weak = [s.stage for s in sorted((s for s, _ in self.settings if self._counts(s)), key=lambda s: s.passing)]
        if self.settled in LABORATORY and (strong[0] in TRIALS if strong else not self.samples):
            return self.settled
        if not strong and self.sample and self.sample.size <= CASES and set(weak) & TREATED:
            return Stage.CASE_REPORT
        named = strong or weak
        if named:
            return named[0]
        return Stage.OBSERVATIONAL if self.people or self.samples else None

    def _counts(self, found: Setting) -> bool:
        """Whether a weak setting says what was studied: risks need people, cells named in passing need none."""
        if found.passing:
            return not self.people
        return found.stage is not Stage.OBSERVATIONAL or self.people

    @property
    def settled(self) -> Stage | None:
        """The stage another setting is held against: the first strong one, or that of a result from a laboratory."""
        told = (
            found
            for found, statement in self.settings
            if found.strong or (statement.result and found.stage in LABORATORY and not found.passing)
        )
        return next((found.stage for found in told), None)

    @property
    def sample(self) -> Sample | None:
        """The largest number of people its sentences name."""
        return max(self.samples, key=lambda sample: sample.size, default=None)


def split(article: Article, statements: list[Statement]) -> tuple[list[Statement], dict[int, Study]]:
    """Number the studies of an article from 0 and gather what their sentences tell of them."""
    heads = _heads(article)
    numbered: list[Statement] = []
    studies: dict[int, Study] = defaultdict(Study)
    current = highest = section = 0
    coming: tuple[int, int] | None = None
    for statement in statements:
        place = (statement.sentence.section, statement.sentence.paragraph)
        if statement.role in TO_COME:
            if coming != place:
                highest, coming = highest + 1, place
            numbered.append(statement.within(highest))
            continue
        number = current
        if statement.story:
            number = next((n for n, study in studies.items() if study.story), highest + 1)
            highest = max(highest, number)
            studies[number].story = True
        elif statement.telling:
            heading = heads.get(statement.sentence.section, "") if statement.sentence.section != section else None
            section = statement.sentence.section
            phase = _phase(statement)
            of_phase = next((n for n, study in studies.items() if phase and study.settled is phase), None)
            if of_phase is not None:
                current = of_phase
            elif (studies[current].settings or studies[current].results) and _another(
                statement, studies[current], heading
            ):
                current = highest = highest + 1
            else:
                current = _back(statement, studies, current)
            number = current
        numbered.append(statement.within(number))
        if statement.telling:
            _learn(studies[number], statement)
    return numbered, dict(studies)


def _phase(statement: Statement) -> Stage | None:
    """The phase a statement names, each of which is a study of its own."""
    named = statement.setting and statement.setting.strong and statement.setting.stage in PHASES
    return statement.setting.stage if statement.setting and named else None


def _back(statement: Statement, studies: dict[int, Study], current: int) -> int:
    """The study a statement returns to: after an aside on animals "the participants" are those of the study before."""
    sure = statement.setting and statement.setting.strong
    if (
        studies[current].settled in LABORATORY
        and not sure
        and cues.patterns("studies")["participants"].search(statement.text)
    ):
        return next(
            (number for number, study in studies.items() if study.settled in PEOPLE and not study.story), current
        )
    return current


def _learn(study: Study, statement: Statement) -> None:
    """Add what a statement tells to its study."""
    study.results += statement.result
    if statement.setting:
        study.settings.append((statement.setting, statement))
    if statement.sample:
        study.samples.append(statement.sample)
    study.people = study.people or bool(cues.patterns("studies")["someone"].search(statement.text))


def _another(statement: Statement, study: Study, heading: str | None) -> bool:
    """Whether a statement begins another study than the one told so far; `heading` where a section begins with it."""
    patterns, text = cues.patterns("studies"), statement.text
    if patterns["another"].search(text):
        return study.results > 0
    if heading is not None and study.results and (NUMBERED.match(heading) or patterns["introduced"].search(text)):
        return True
    if patterns["report"].search(text) and study.results > 1:
        return True
    if study.settled is Stage.SYSTEMATIC_REVIEW and study.results and patterns["single"].search(text):
        return True
    if not statement.setting or not statement.setting.strong:
        return False
    stage = statement.setting.stage
    if stage in PHASES and study.settled in PHASES - {stage}:
        return True
    if study.settled is None:
        return stage is Stage.ANIMAL and study.people and study.results > 0 and bool(study.settings)
    if study.settled in LABORATORY and stage in PEOPLE and not patterns["someone"].search(text):
        return False
    if stage is Stage.ANIMAL and study.settled in TRIALS and not study.people:
        return False
    return stage is not study.settled and stage not in KEEPS.get(study.settled, frozenset())


def stage_of(study: Study, title: Setting | None) -> Stage:
    """The stage of a study's results; `title` helps where the study is the article's first and is not sure itself."""
    if study.story:
        return Stage.CASE_REPORT
    named = title.stage if title and title.strong and title.stage in LABORATORY | PEOPLE else None
    if named is Stage.CASE_REPORT and study.sample and study.sample.size > CASES:
        named = None
    sure = any(found.strong for found, _ in study.settings)
    return (study.stage if sure else named or study.stage) or named or Stage.UNCLEAR


def main(article: Article, statements: list[Statement], studies: dict[int, Study]) -> int | None:
    """The study of title and lead: the first with a result at a stage the title names, else the first but a story."""
    order = list(dict.fromkeys(statement.study for statement in statements if statement.result))
    named = setting(cues.plain(article.source.title))
    for number in order:
        if named and named.strong and studies[number].stage is named.stage:
            return number
    return next((number for number in order if not studies[number].story), order[0] if order else None)


def _heads(article: Article) -> dict[int, str]:
    """The heading above each section."""
    first: dict[int, int] = {}
    for sentence in article.sentences:
        first.setdefault(sentence.section, sentence.span.start)
    return {
        section: max((head for head in article.headings if head.end <= start), key=lambda head: head.end).text
        for section, start in first.items()
        if any(head.end <= start for head in article.headings)
    }
