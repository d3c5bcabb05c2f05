"""Passages, the unit of search: a few neighbouring sentences, few enough to be about one thing."""

from collections.abc import Iterator
from itertools import pairwise

from rag.domain import Article, Passage, Sentence, Span

WORDS = 90
SENTENCES = 4


def passages(article: Article) -> tuple[Passage, ...]:
    """Cut an article: each citable sentence into one passage, none across a section, a heading or a removed line."""
    spans = [(group[0], _span(article, group)) for run in _runs(article) for group in _groups(run)]
    return tuple(
        Passage(f"{article.id}#{n}", article.id, article.source.title, first.section, span)
        for n, (first, span) in enumerate(spans)
    )


def _runs(article: Article) -> Iterator[list[Sentence]]:
    """Sentences with nothing between them that ends a thought."""
    run: list[Sentence] = list(article.sentences[:1])
    for before, after in pairwise(article.sentences):
        if _apart(article, before, after):
            yield run
            run = []
        run.append(after)
    if run:
        yield run


def _apart(article: Article, before: Sentence, after: Sentence) -> bool:
    walls = (*article.removed, *article.headings)
    return before.section != after.section or any(
        wall.start < after.span.start and before.span.end < wall.end for wall in walls
    )


def _groups(run: list[Sentence]) -> Iterator[list[Sentence]]:
    """As few groups as the limits allow, of about the same length, so that no single short sentence is left over."""
    lengths = [len(sentence.span.text.split()) for sentence in run]
    many = max(-(-sum(lengths) // WORDS), -(-len(run) // SENTENCES))
    target = sum(lengths) / many
    group: list[Sentence] = []
    words = 0
    for sentence, length in zip(run, lengths, strict=True):
        if group and (words + length > WORDS or len(group) == SENTENCES or words + length / 2 > target):
            yield group
            group, words = [], 0
        group.append(sentence)
        words += length
    yield group


def _span(article: Article, group: list[Sentence]) -> Span:
    start, end = group[0].span.start, group[-1].span.end
    return Span(start, end, article.text[start:end])
