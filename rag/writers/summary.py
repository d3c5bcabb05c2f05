"""The summary: what was found, how sure it is, what is to come; short enough to read out."""

from collections.abc import Iterator, Sequence

from rag.claim import Note
from rag.domain import Caveat
from rag.question import Evidence, Level
from rag.writers.extractive import Extractive, Line
from rag.writers.levels import REACH
from rag.writers.outline import Grade, headline, limits_said, sized, tell, unsaid

MEDIUM = 3
"""Caveats of medium weight in a summary that is not detailed, the first of their order."""
FIRST = frozenset({"trial_ongoing", "trial_planned", "combination", "no_control", "surrogate_endpoint"})
"""Caveats on what was tested, which go before those on the text."""


class Summary(Extractive):
    """Writes the lines of a summary of one article."""

    title = "title_in_short"

    def __init__(self, level: Level, caveats: Sequence[Caveat], grade: Grade) -> None:
        """Take the level, the caveats that are due, and what grades a text."""
        self.level, self.caveats, self.grade = level, caveats, grade

    def write(self, evidence: Evidence) -> Iterator[Line]:
        """Write the lines in the order they are to be read."""
        article = evidence.articles[0]
        language = evidence.question.language
        opening = headline(article, self.title, language)
        sure = list(limits_said(article, unsaid(self.due(), opening), ("high", "medium")))
        many, care = sized(article, language), [Note("not_medical_advice")]
        told = tell(article, REACH[self.level].halved(), [*opening, *many, *sure, *care], self.grade, language == "en")
        yield from ((Note("heading_tested"), note) for note in many)
        for draft in (*told.key, *told.found):
            yield Note("heading_found" if article.stages else "heading_says"), draft
        yield from ((Note("heading_sure"), note) for note in sure)
        for draft in told.coming:
            yield Note("heading_next"), draft
        yield from ((Note("heading_me"), note) for note in care)

    def due(self) -> Sequence[Caveat]:
        """Return the caveats that are shown: all that weigh much, and the first of the others."""
        medium = sorted(
            (c for c in self.caveats if c.severity == "medium"), key=lambda caveat: caveat.kind not in FIRST
        )
        left = medium if self.level is Level.DETAILED else medium[:MEDIUM]
        return [caveat for caveat in self.caveats if caveat.severity != "medium" or caveat in left]
