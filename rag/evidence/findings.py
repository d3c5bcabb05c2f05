"""The findings of an article: each statement that has a role, at the stage of its study, with its sample."""

from rag.domain import PEOPLE, Article, Finding, Role, Stage
from rag.evidence import cues
from rag.evidence.species import species
from rag.evidence.stages import TRIALS, Setting, in_use, setting
from rag.evidence.statements import Statement
from rag.evidence.studies import Study, stage_of


def findings(article: Article, statements: list[Statement], studies: dict[int, Study]) -> tuple[Finding, ...]:
    """Make a finding of every statement with a role."""
    title = setting(cues.plain(article.source.title))
    found = []
    for statement in statements:
        if statement.role is None:
            continue
        stage = _stage(statement, studies, title)
        size = _size(statement, stage, studies)
        animals = _animals(statement, statements) if stage is Stage.ANIMAL else None
        found.append(Finding(article.id, stage, statement.role, statement.span, size, statement.study, animals))
    return tuple(found)


def _stage(statement: Statement, studies: dict[int, Study], title: Setting | None) -> Stage:
    own = statement.setting.stage if statement.setting else None
    if statement.role is Role.RESULT:
        return stage_of(studies[statement.study], title if statement.study == 0 else None)
    if statement.role is Role.ASPIRATION:
        return Stage.REVIEW_OPINION
    if statement.role is Role.BACKGROUND:
        if in_use(statement.text):
            return Stage.APPROVED
        strong = statement.setting is not None and statement.setting.strong
        return (
            own
            if own and strong
            else Stage.OBSERVATIONAL
            if cues.patterns("findings")["counted"].search(statement.text)
            else Stage.REVIEW_OPINION
        )
    if own in TRIALS or own is Stage.ANIMAL:
        return own
    return (
        Stage.TRIAL_UNSPECIFIED if cues.patterns("findings")["human"].search(statement.text) else own or Stage.UNCLEAR
    )


def _animals(statement: Statement, statements: list[Statement]) -> str:
    """What its study calls its animals, its own words first."""
    return species([statement, *(s for s in statements if s.study == statement.study and s.telling)])


def _size(statement: Statement, stage: Stage, studies: dict[int, Study]) -> int | None:
    """People only: its own number, else, for a result, that of its study; one where a single case is told."""
    if stage not in PEOPLE and stage is not Stage.HUMAN_TISSUE:
        return None
    if statement.story:
        return 1
    own = statement.sample
    if own and not (own.event and statement.role is Role.RESULT):
        return own.size
    if statement.role is not Role.RESULT:
        return None
    whole = studies[statement.study].sample
    return whole.size if whole else 1 if stage is Stage.CASE_REPORT else None
