"""Several articles side by side, a row each: what it is, what it was tested in, in how many people, what it saw; and
below them that two results point in opposite directions, where they do."""

from collections.abc import Iterator, Mapping

from rag.claim import Citation, Draft, Note
from rag.domain import Article, Stage
from rag.question import Evidence, Pick
from rag.writers.agreement import opposite
from rag.writers.local import local
from rag.writers.plain import shortened
from rag.writers.tested import badges, people, results, stages

QUOTED_WORDS = 80
"""Words of the articles' own in one answer at most."""


def compared(evidence: Evidence) -> Iterator[tuple[Note, Draft | Note]]:
    """Write a table of the articles; below it, as far as there is room, the words that say in whom."""
    language, room = evidence.question.language, QUOTED_WORDS
    table, below = Note("heading_compared", language=language), list[Draft]()
    saw: dict[str, str] = {}
    for article in evidence.articles:
        of_it = [pick for pick in evidence.picks if pick.article is article]
        yield table, _named(article, language)
        yield table, _tested(article, language)
        yield table, _people(article, language)
        drafts = [_cell(pick, evidence) for pick in of_it]
        room -= sum(map(_quoted, drafts[:1]))
        below += drafts[1:]
        if drafts and results(article):
            saw[article.id] = drafts[0].text
        yield table, drafts[0] if drafts else Note("cell_none", language=language)
    yield from _differ(evidence, saw)
    for draft in below:
        if _quoted(draft) <= room:
            room -= _quoted(draft)
            yield Note("heading_tested", language=language), draft


def _differ(evidence: Evidence, saw: Mapping[str, str]) -> Iterator[tuple[Note, Note]]:
    """What goes up in one article and down in another, by the words shown of each."""
    language = evidence.question.language
    numbers = {article.id: number for number, article in enumerate(evidence.articles, 1)}
    told = [article for article in evidence.articles if article.id in saw]
    for note in opposite(told, saw, numbers, language):
        yield Note("heading_differ", language=language), note


def _named(article: Article, language: str) -> Note:
    title, outlet = article.source.title, article.source.outlet
    if outlet is None:
        return Note("cell_title", {"title": title}, article.id, language)
    return Note("cell_article", {"title": title, "outlet": outlet}, article.id, language)


def _tested(article: Article, language: str) -> Note:
    found = results(article)
    badge = badges(stages(found) or (article.stage,), found, language)
    return Note("cell_tested", {"badge": badge}, article.id, language)


def _people(article: Article, language: str) -> Note:
    """How many people the results come from: the largest study of the kind that ranks highest."""
    found = results(article)
    sized = [finding for finding in found if finding.stage.in_people and finding.sample_size]
    if sized:
        largest = max(sized, key=lambda finding: (finding.stage.rank, finding.sample_size or 0))
        return Note("cell_people", {"n": local(people(article, largest), language)}, article.id, language)
    if not found or any(stage.in_people or stage is Stage.UNCLEAR for stage in article.stages):
        return Note("cell_no_number", article=article.id, language=language)
    return Note("cell_nobody", article=article.id, language=language)


def _cell(pick: Pick, evidence: Evidence) -> Draft:
    text = shortened(pick.sentence.span.text, evidence.question.asks)
    return Draft(text, (Citation(pick.article.id, pick.sentence.span),))


def _quoted(draft: Draft) -> int:
    """How many words of a draft are the article's own."""
    text = " ".join(draft.citations[0].span.text.split())
    return len(draft.text.split()) if draft.text in text else 0
