"""The explainer: a page to print and take to a doctor, in the order in which a patient asks."""

from collections.abc import Iterator, Sequence

from rag.claim import Draft, Note
from rag.domain import Article, Caveat, Stage
from rag.question import Evidence, Level
from rag.writers.extractive import Extractive, Line
from rag.writers.levels import REACH
from rag.writers.outline import Grade, headline, limits_said, main_stage, sized, tell, unsaid

ABSENT = frozenset(
    {
        "no_control", "harms_missing", "dose_missing", "followup_missing", "availability_missing", "journal_not_named",
        "effect_not_quantified", "no_independent_voice",
    }
)  # fmt: skip
"""Caveats of what an article leaves out."""
FOR_ME = {
    Stage.CELL: "me_lab",
    Stage.ANIMAL: "me_lab",
    Stage.HUMAN_TISSUE: "me_lab",
    Stage.CASE_REPORT: "me_case",
    Stage.OBSERVATIONAL: "me_link",
    Stage.TRIAL_UNSPECIFIED: "me_early",
    Stage.PHASE1: "me_early",
    Stage.PHASE2: "me_early",
    Stage.PHASE3: "me_late",
    Stage.SYSTEMATIC_REVIEW: "me_review",
    Stage.APPROVED: "me_used",
    Stage.REVIEW_OPINION: "me_none",
    Stage.UNCLEAR: "me_unclear",
    None: "me_mixed",
}
ASK = (
    ("ask_withdrawn", {"retracted"}),
    ("ask_harms", {"harms_missing", "harms_partial"}),
    ("ask_big", {"small_sample", "anecdote"}),
    ("ask_added", {"combination"}),
    ("ask_trial", {"trial_ongoing", "trial_planned"}),
    ("ask_newer", {"old_article"}),
    ("ask_how_much", {"effect_not_quantified"}),
    ("ask_reach", {"availability_missing"}),
)
"""Questions, each with the caveats that call for it; the first are the first to be asked."""
QUESTIONS = 5
"""Questions to ask; the rubric's three to five are what fits in a visit."""


FEW = 2
"""Questions beside the last that a visit should have; where the evidence calls for fewer, general ones go with them."""


class Explainer(Extractive):
    """Writes the lines of an explainer of one article."""

    title = "title_explained"

    def __init__(self, level: Level, caveats: Sequence[Caveat], grade: Grade) -> None:
        """Take the level, the caveats that are due, and what grades a text."""
        self.level, self.caveats, self.grade = level, caveats, grade

    def write(self, evidence: Evidence) -> Iterator[Line]:
        """Write the lines in the order they are to be read."""
        article = evidence.articles[0]
        language = evidence.question.language
        opening = headline(article, self.title, language)
        kind, sure, gaps = self._kind(article), list(self._sure(article, opening)), list(self._gaps(article))
        many = sized(article, language)
        after = [*many, *_for_me(article), *questions((article,))]
        told = tell(article, REACH[self.level], [*opening, *kind, *sure, *gaps, *after], self.grade, language == "en")
        parts: dict[str, Sequence[Draft | Note]] = {
            "heading_key" if article.stages else "heading_says": told.key,
            "heading_tested": [*many, *told.done],
            "heading_found" if article.stages else "heading_more": told.found,
            "heading_next": told.coming,
            "heading_sure": [*kind, *sure],
            "heading_gaps": gaps,
            "heading_me": _for_me(article),
            "heading_ask": questions((article,)),
        }
        for heading, lines in parts.items():
            yield from ((Note(heading), line) for line in lines)

    def due(self) -> Sequence[Caveat]:
        """Return the caveats that are shown: all of them."""
        return self.caveats

    def _kind(self, article: Article) -> list[Note]:
        """What the kinds of test mean, one at the simple level."""
        kinds = article.stages or (article.stage,)
        shown = kinds[-1:] if self.level is Level.SIMPLE and len(kinds) > 2 else kinds
        return [Note(f"kind_{stage}", article=article.id) for stage in shown]

    def _sure(self, article: Article, opening: Sequence[Note]) -> Iterator[Note]:
        due = [c for c in unsaid(self.caveats, opening) if not (c.kind in ABSENT and c.span is None)]
        yield from limits_said(article, due, ("high", "medium"))

    def _gaps(self, article: Article) -> Iterator[Note]:
        due = [c for c in self.caveats if c.kind in ABSENT and c.span is None]
        yield from limits_said(article, due, ("high", "medium"))
        low = [c for c in article.caveats if c.kind in ABSENT and c.span is None and c.severity == "low"]
        yield from limits_said(article, low[: REACH[self.level].gaps], ("low",))


def _for_me(article: Article) -> list[Note]:
    return [Note(FOR_ME[main_stage(article)], article=article.id), Note("not_medical_advice")]


def questions(articles: Sequence[Article]) -> list[Note]:
    """Return the questions that fit the evidence of some articles, and the one that always does; none for texts that
    tell of no research."""
    if not any(article.findings for article in articles):
        return []
    has = {caveat.kind for article in articles for caveat in article.caveats}
    kinds = {stage for article in articles for stage in article.stages}
    in_people = any(stage.in_people for stage in kinds)
    asked = ["ask_cause"] if Stage.OBSERVATIONAL in kinds else []
    asked += [] if in_people else ["ask_people"]
    asked += [question for question, called in ASK if has & called]
    always = ("ask_like_me", "ask_good_and_bad") if in_people else ("ask_good_and_bad",)
    asked += always[: max(0, FEW - len(asked))]
    return [Note(question) for question in (*asked[: QUESTIONS - 1], "ask_options")]
