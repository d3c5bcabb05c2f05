"""What results were tested in, as a line of plain words: in mice, not in people; a phase 2 trial with 36 patients."""

from collections.abc import Sequence

from rag.claim import Note
from rag.domain import Article, Finding, Role, Stage
from rag.writers.local import local

SIZED = (Stage.OBSERVATIONAL, Stage.TRIAL_UNSPECIFIED, Stage.PHASE1, Stage.PHASE2, Stage.PHASE3)


def results(article: Article) -> list[Finding]:
    """Return the results of an article."""
    return [finding for finding in article.findings if finding.role is Role.RESULT]


def stages(findings: Sequence[Finding]) -> tuple[Stage, ...]:
    """Return the stages of findings, lowest first."""
    return tuple(sorted({finding.stage for finding in findings}, key=lambda stage: stage.rank))


def badges(kinds: Sequence[Stage], cited: Sequence[Finding], language: str) -> str:
    """Return the short labels of stages as one phrase, the animals by their name: "Mice, phase 1 trial"."""
    labels = [_badge(stage, cited, language) for stage in kinds]
    return ", ".join([labels[0], *(label[0].lower() + label[1:] for label in labels[1:])])


def _badge(stage: Stage, cited: Sequence[Finding], language: str) -> str:
    named = _animals(cited, language) if stage is Stage.ANIMAL else ""
    return named[:1].upper() + named[1:] or Note(f"badge_{stage}", language=language).text


def _animals(cited: Sequence[Finding], language: str) -> str:
    """What the article calls the animals of some findings, "" where it does not say."""
    return next((local(f.setting, language) for f in cited if f.stage is Stage.ANIMAL and f.setting), "")


def tested(article: Article, cited: Sequence[Finding], language: str) -> Note:
    """Return the line for results of one article; for none, that here is what it says."""
    found = stages(cited)
    kinds = tuple(stage for stage in found if stage is not Stage.UNCLEAR) or found
    if not kinds:
        return Note("says", language=language)
    subject = _animals(cited, language) or local("animals", language)
    if set(kinds) == {Stage.ANIMAL, Stage.HUMAN_TISSUE}:
        return Note("tested_animal_and_tissue", {"subject": subject}, article.id, language)
    if len(kinds) > 1:
        named = badges(kinds, cited, language)
        return Note("tested_mixed", {"stages": named[0].lower() + named[1:]}, article.id, language)
    if kinds[0] is Stage.ANIMAL:
        return Note("tested_animal", {"subject": subject}, article.id, language)
    studies = {finding.study for finding in cited}
    same = [f for f in results(article) if f.study in studies and f.stage is kinds[0] and f.sample_size]
    sized = max(same, key=lambda finding: finding.sample_size or 0, default=None)
    if sized and kinds[0] in SIZED:
        return Note(f"tested_{kinds[0]}_n", {"n": people(article, sized, language)}, article.id, language)
    return Note(f"tested_{kinds[0]}", language=language)


def people(article: Article, finding: Finding, language: str = "en") -> str:
    """Return how many took part, in the article's words where a caveat holds them."""
    index = article.findings.index(finding)
    said = (c.slots["n"] for c in article.caveats if c.kind == "small_sample" and c.limits(index))
    return local(next(said, f"{finding.sample_size or 0:,} people"), language)
