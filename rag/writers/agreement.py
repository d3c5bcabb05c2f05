"""Where several articles agree and where they differ, as far as their findings carry it: in what they tested, whether
in people, whether they saw a difference, and which way one thing went. Nothing is put together out of them.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from rag.claim import Note
from rag.domain import Article, Stage
from rag.text.directions import ways_of_things
from rag.text.words import content, stem
from rag.writers.tested import badges, results, stages

NEXT = 2
"""Words with a meaning of their own after "more" or "lower" that say what it is about."""
ENDS = re.compile(r"[.,;:()]|\b(?:than|in|among|with|when|after|by|and|or|compared)\b", re.I)
COUNTS = frozenset(map(stem, "number amount level share rate population proportion count".split()))
"""What is counted is the thing, not its number: "the number of T cells"."""
TURNED = re.compile(r"\b(?:no|not|neither|nor|without)\b|n['’]t\b", re.I)
"""What turns a direction round, or makes it a direction of something else."""

NOTHING = re.compile(
    r"\b(?:no (?:better|worse|more|less|difference|effect|benefit|change|link)|did nothing|failed to|missed|unchanged|"
    r"rule out chance|due to chance)\b(?!.*\b(?:but|although|though|however)\b)",
    re.I | re.S,
)
"""A result in which nothing was seen, and no more than that."""

Numbers = Mapping[str, int]
"""The numbers under which articles are listed, by their ids."""


def agreement(articles: Sequence[Article], saw: Mapping[str, str], language: str) -> Iterator[tuple[Note, Note]]:
    """Yield notes on what articles share and on what parts them, each with its heading.

    `saw` holds the words shown of each article's result, by its id; an article without any says nothing here.
    """
    told = [article for article in articles if article.id in saw]
    if len(told) < 2:
        return
    numbers = {article.id: n for n, article in enumerate(articles, 1)}
    kinds = {article.id: _kinds(article) for article in told}
    for note in _notes(told, kinds, numbers, saw, language):
        yield Note("heading_agree" if note.id.startswith("agree") else "heading_differ"), note


def _notes(
    told: Sequence[Article],
    kinds: Mapping[str, tuple[Stage, ...]],
    numbers: Numbers,
    saw: Mapping[str, str],
    language: str,
) -> Iterator[Note]:
    named = {article.id: badges(kinds[article.id], results(article), language) for article in told}
    one = set(kinds.values())
    none = [a for a in told if NOTHING.search(saw[a.id])]
    people = [a for a in told if any(stage.in_people for stage in kinds[a.id])]
    if len(one) == 1:
        yield Note("agree_kind", {"badge": _small(named[told[0].id])})
    if len(people) == len(told):
        yield Note("agree_people")
    if not people and all(Stage.UNCLEAR not in stages for stages in one):
        yield Note("agree_lab")
    if len(none) == len(told):
        yield Note("agree_no_effect")
    if len(one) > 1:
        yield Note("differ_kind", {"list": "; ".join(f"[{numbers[a.id]}] {_small(named[a.id])}" for a in told)})
    if people and len(people) < len(told):
        yield Note("differ_people", {"list": _listed(people, numbers)})
    if none and len(none) < len(told):
        some = [article for article in told if article not in none]
        yield Note("differ_effect", {"none": _listed(none, numbers), "some": _listed(some, numbers)})
    yield from opposite(told, saw, numbers)
    yield Note("differ_numbers")


def opposite(told: Sequence[Article], saw: Mapping[str, str], numbers: Numbers, language: str = "en") -> Iterator[Note]:
    """Yield a note on the first thing that goes up in one article and down in another, none where nothing does."""
    ways = {article.id: _ways(saw[article.id]) for article in told}
    for word in dict.fromkeys(word for found in ways.values() for word in found):
        up = [a for a in told if ways[a.id].get(word) == "up"]
        down = [a for a in told if ways[a.id].get(word) == "down"]
        if up and down:
            slots = {"thing": word, "up": _listed(up, numbers), "down": _listed(down, numbers)}
            yield Note("differ_opposite", slots, language=language)
            return


def _ways(text: str) -> dict[str, str]:
    """Which way each thing goes in a text: "31% fewer asthma attacks" has asthma attacks down."""
    found: dict[str, str] = {}
    for match in _pattern().finditer(text):
        after = ENDS.split(text[match.end() : match.end() + 60])[0]
        held = [word for word in content(after) if word.stem not in COUNTS]
        about = " ".join(word.text.lower() for word in held[:NEXT])
        if about and not TURNED.search(text[max(0, match.start() - 20) : match.start()]):
            found.setdefault(about, ways_of_things()[match[0].lower()])
    return found


def _kinds(article: Article) -> tuple[Stage, ...]:
    found = stages(results(article))
    return tuple(stage for stage in found if stage is not Stage.UNCLEAR) or found or (article.stage,)


def _small(badge: str) -> str:
    return badge[:1].lower() + badge[1:]


def _listed(articles: Sequence[Article], numbers: Numbers) -> str:
    return ", ".join(f"[{numbers[article.id]}]" for article in articles)


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(ways_of_things())})\b", re.I)
