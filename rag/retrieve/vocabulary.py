"""Which articles hold which words: what a question's words are worth, and whether an article is on its subject."""

import difflib
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property

from rag.domain import Article
from rag.plain.glossary import entries
from rag.text.words import content, words

NAME = re.compile(r"\b[A-Z][\w.'-]+(?:(?:,? (?:of|for|the|and|in|at|de))*,? [A-Z][\w.'-]+)+")
APART = 3
"""Words within which two words of a question count as standing together: "regulatory T immune cells"."""
UNSEEN = 0.6
"""Worth of a word that no article has, against one that one article has: the subject, or only a turn of phrase."""
CLOSE = 0.8
"""How alike two spellings must be: tumers and tumors are 0.83, two drugs that share an ending under 0.7."""


class Vocabulary:
    """The stems of the citable text and title of each article, with the acronyms their names make (UCLA)."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self.articles = {article.id: article for article in articles}
        self.stems: Mapping[str, frozenset[str]] = {name: _stems(article) for name, article in self.articles.items()}
        self._near: dict[str, frozenset[tuple[str, str]]] = {}
        self.spread = Counter(stem for stems in self.stems.values() for stem in stems)

    def weight(self, stem: str) -> float:
        """Return what a stem is worth in telling articles apart: inverse document frequency, less for one unseen."""
        worth = math.log(1 + (len(self.articles) + 1) / (max(self.spread[stem], 1) + 0.5))
        return worth if self.spread[stem] else UNSEEN * worth

    def known(self, stem: str) -> str:
        """Return the stem itself where some article has it, else the one spelt nearly like it, else itself."""
        if self.spread[stem] or len(stem) < 5 or stem in _spelled():
            return stem
        longer = [known for known in self._by_initial.get(stem[0], ()) if known.startswith(stem)]
        if longer:
            return min(longer, key=len)  # chemo: chemotherapy
        near = difflib.get_close_matches(stem, self._by_initial.get(stem[0], ()), n=1, cutoff=CLOSE)
        return near[0] if near else stem

    @cached_property
    def _by_initial(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for stem in self.spread:
            if len(stem) >= 4:
                found.setdefault(stem[0], []).append(stem)
        return found

    def coverage(self, subject: Iterable[str], article: str) -> float:
        """Return the share of a question's subject, by weight, that an article holds (0..1; 1 for no subject)."""
        weights = {stem: self.weight(stem) for stem in map(self.known, subject)}
        total = sum(weights.values())
        return sum(w for stem, w in weights.items() if stem in self.stems[article]) / total if total else 1.0

    def left_out(self, subject: Iterable[str]) -> bool:
        """Tell whether the lines removed from some article hold most words of a subject, that its text does not."""
        asked = set(subject)
        return any(len(asked & stems) > len(asked) / 2 for stems in self._removed)

    @cached_property
    def _removed(self) -> list[set[str]]:
        texts = ("\n".join(gone.text for gone in article.removed) for article in self.articles.values())
        return [{word.stem for word in content(text)} for text in texts]

    def overlap(self, subject: Iterable[str], text: str) -> float:
        """Return the share of a question's subject, by weight, that a piece of text holds (0..1; 0 for no subject)."""
        held = {word.stem for word in words(text)}
        weights = {stem: self.weight(stem) for stem in map(self.known, subject)}
        total = sum(weights.values())
        return sum(w for stem, w in weights.items() if stem in held) / total if total else 0.0

    def nearness(self, question: str, article: str, leave: frozenset[str]) -> float:
        """Return the share of the question's word pairs that stand together in the article too, in that order (0..1).

        Words in `leave` count for nothing.
        It tells "killer cells" from cells that something kills, and one drug of a family from another.
        """
        asked = _pairs([self.known(word.stem) for word in content(question) if word.stem not in leave], 1)
        return len(asked & self._together(article)) / len(asked) if asked else 0.0

    def _together(self, article: str) -> frozenset[tuple[str, str]]:
        if article not in self._near:
            found = (_pairs([w.stem for w in content(s.span.text)], APART) for s in self.articles[article].sentences)
            self._near[article] = frozenset(pair for pairs in found for pair in pairs)
        return self._near[article]


@cache
def _spelled() -> frozenset[str]:
    """Stems of words that are spelt as they should be, so that diabetes is not taken for diameter: the glossary's."""
    return frozenset(word.stem for entry in entries() for word in words(f"{entry.term} {entry.plain}"))


def _pairs(stems: Sequence[str], apart: int) -> set[tuple[str, str]]:
    """The pairs of stems that stand at most so many words apart, in their order."""
    return {(stem, after) for i, stem in enumerate(stems) for after in stems[i + 1 : i + 1 + apart] if stem != after}


def _stems(article: Article) -> frozenset[str]:
    text = "\n".join([article.source.title, *(sentence.span.text for sentence in article.sentences)])
    plural = (word.stem + "s" for word in content(text) if word.text.isupper() and len(word.text) > 2)
    acronyms = ("".join(part[0] for part in re.findall(r"\b[A-Z]\w*", name)).lower() for name in NAME.findall(text))
    return frozenset({word.stem for word in content(text)} | set(plural) | {name for name in acronyms if len(name) > 2})
