"""How plain a reader wants it: what each level allows a leaflet to tell."""

from dataclasses import dataclass, replace

from rag.question import Level


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a level goes: sentences to each part, words of the article in all, and the grades to stay under, of our
    own words and of all that is shown (None: no bound). `ease` is what a grade above EASY costs a sentence."""

    found: int
    done: int
    coming: int
    words: int
    gaps: int
    own: float | None
    shown: float | None
    ease: float

    def among(self, articles: int) -> "Reach":
        """The reach of one of several articles."""
        found, words = max(2, self.found // 2), max(60, 2 * self.words // articles)
        return replace(self, found=found, done=1, coming=1, words=min(words, self.words))

    def halved(self) -> "Reach":
        """The reach of a summary, which leaves out how it was done."""
        return replace(self, found=(self.found + 2) // 2, done=0, coming=1, words=self.words * 2 // 3)


REACH = {
    Level.SIMPLE: Reach(found=3, done=1, coming=1, words=90, gaps=3, own=6.4, shown=8.2, ease=0.05),
    Level.STANDARD: Reach(found=5, done=2, coming=2, words=140, gaps=5, own=8.5, shown=10.3, ease=0.02),
    Level.DETAILED: Reach(found=12, done=4, coming=4, words=400, gaps=9, own=None, shown=None, ease=0.0),
}
