"""A leaflet on several articles: a table of their studies, where they agree and differ, then each one on its own."""

from collections.abc import Iterator, Sequence

from rag.claim import Draft, Note
from rag.domain import Article, Caveat, Stage
from rag.question import Evidence, Kind, Level
from rag.text.days import day
from rag.writers.agreement import agreement
from rag.writers.explainer import questions
from rag.writers.extractive import Extractive, Line
from rag.writers.levels import REACH
from rag.writers.outline import Grade, Told, limits_said, tell, titled, unsaid
from rag.writers.tested import badges, people, results, stages, tested


class Together(Extractive):
    """Writes the lines of a leaflet on several articles, none of them mixed with another."""

    def __init__(self, kind: Kind, level: Level, caveats: Sequence[Caveat], grade: Grade) -> None:
        """Take what is written, the level, the caveats that are due, and what grades a text."""
        self.kind, self.level, self.caveats, self.grade = kind, level, caveats, grade

    def write(self, evidence: Evidence) -> Iterator[Line]:
        """Write the lines in the order they are to be read."""
        articles, language = evidence.articles, evidence.question.language
        told = {article.id: self._told(article, language, len(articles)) for article in articles}
        for article in articles:
            yield from ((Note("heading_studies"), cell) for cell in _row(article, told[article.id], language))
        saw = {article.id: told[article.id].key[0].text for article in articles if article.stages}
        yield from agreement(articles, saw, language)
        if self.kind is Kind.EXPLAINER:
            for article in articles:
                yield from self._alone(article, told[article.id], language)
        for note in (Note("me_several"), Note("not_medical_advice")):
            yield Note("heading_me"), note
        if self.kind is Kind.EXPLAINER:
            yield from ((Note("heading_ask"), note) for note in questions(articles))

    def due(self) -> Sequence[Caveat]:
        """Return the caveats that are shown: all of them."""
        return self.caveats

    def _told(self, article: Article, language: str, among: int) -> Told:
        notes = [Note(caveat.kind, caveat.slots) for caveat in self.caveats if caveat.article == article.id]
        return tell(article, REACH[self.level].among(among), notes, self.grade, plainer=language == "en")

    def _alone(self, article: Article, told: Told, language: str) -> Iterator[Line]:
        """What one article says beyond its row, under its title."""
        heading = Note("heading_article", {"title": titled(article)}, article.id)
        withdrawn = any(caveat.kind == "retracted" for caveat in article.caveats)
        first = Note("was_retracted", article=article.id) if withdrawn else tested(article, results(article), language)
        due = [caveat for caveat in self.caveats if caveat.article == article.id]
        limits = limits_said(article, unsaid(due, (first,)), ("high",))
        lines: list[Note | Draft] = [first, *told.key[1:], *told.done, *told.found, *told.coming, *limits]
        yield from ((heading, line) for line in lines)


def _row(article: Article, told: Told, language: str) -> tuple[Note | Draft, ...]:
    """An article as a row: its title, in what and in how many it tested, when, and what it saw."""
    found = results(article)
    kinds = stages(found) or (article.stage,)
    return (
        Note("heading_article", {"title": titled(article)}, article.id),
        Note("cell_tested", {"badge": badges(kinds, found, language)}, article.id),
        _people(article, language),
        Note("cell_when", {"date": day(date, language)}) if (date := article.source.date) else Note("cell_undated"),
        told.key[0] if told.key else Note("cell_none"),
    )


def _people(article: Article, language: str) -> Note:
    """How many people took part in the study the article is on; nobody, where it is on cells or animals."""
    sized = [f for f in results(article) if f.sample_size and f.stage.in_people and f.stage is article.stage]
    if sized:
        return Note("cell_people", {"n": people(article, max(sized, key=lambda f: f.sample_size or 0), language)})
    lab = {Stage.CELL, Stage.ANIMAL, Stage.HUMAN_TISSUE}
    return Note("cell_nobody" if article.stages and set(article.stages) <= lab else "cell_no_number")
