"""What a summary and an explainer share: how much each level tells, and which sentences of the article tell it."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rag import catalogue
from rag.claim import Citation, Draft, Note
from rag.domain import Article, Caveat, Role, Sentence, Stage
from rag.writers.levels import Reach
from rag.writers.material import HARMS, LEANS, TAKES_BACK, TURNS, adrift, method, plan, roles, usable, worth
from rag.writers.plain import LOUD, plain
from rag.writers.tested import badges, results, stages, tested

Grade = Callable[[str], float]
"""How hard a text is to read, as a school grade."""
TITLE = 120
"""Characters of a title that stand in a sentence of ours."""
SINGLE = str.maketrans('“”"', "‘’'")
TO_COME = {Role.ONGOING, Role.PLANNED, Role.ASPIRATION}
DATELINE = re.compile(
    r"^(?:(?:[A-Z][A-Z.'’]*[A-Z.]|(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?|\d{1,4}|Newswise|"
    r"\S*[Nn]ewswire\S*|\([A-Z][\w.]+(?: \w+)?\)|-+|[–—])[, ]+)+(?<=[-–—] )(?=[A-Z“])"
)
UNNAMED = re.compile(r"(?:a|an|the|its) (?:compan(?:y|ies)|firms?|makers?|manufacturers?|developers?)$", re.I)
"""A company that the article gives no name and says nothing more of."""
EASY = 9.0
"""The grade up to which a sentence of the article needs no easier one in its place."""


@dataclass(frozen=True, slots=True)
class Told:
    """The drafts of each part, in the order of the article; `key` is the main one, with what goes on from it."""

    key: tuple[Draft, ...]
    done: tuple[Draft, ...]
    found: tuple[Draft, ...]
    coming: tuple[Draft, ...]


def headline(article: Article, title: str, language: str = "en") -> tuple[Note, Note]:
    """Return a title that names the species or the stage, and the first line: what the results were tested in."""
    found = results(article)
    kinds = stages(found) or (article.stage,)
    named = Note(title, {"badge": badges(kinds, found, language)}, article.id)
    if any(caveat.kind == "retracted" for caveat in article.caveats):
        return named, Note("was_retracted", article=article.id)
    if found:
        return named, tested(article, found, language)
    to_come = any(finding.role is Role.ONGOING for finding in article.findings)
    return named, Note("no_results_yet" if to_come else "tested_review_opinion", article=article.id)


def sized(article: Article, language: str) -> list[Note]:
    """Return how many people took part in each kind of test, for an article that mixes kinds, of which the first line
    has no number."""
    kinds = [stage for stage in stages(results(article)) if stage.in_people] if len(article.stages) > 1 else []
    of_kind = ([f for f in results(article) if f.stage is kind and f.sample_size] for kind in kinds)
    said = [tested(article, found, language) for found in of_kind if found]
    return [note for note in said if "n" in note.slots]


def titled(article: Article) -> str:
    """Return an article's title, cut to what stands in a sentence of ours, its quotation marks single ones."""
    line = " ".join(article.source.title.translate(SINGLE).split())
    return line if len(line) <= TITLE else f"{line[:TITLE].rsplit(' ', 1)[0]}…"


def limits_said(article: Article, caveats: Sequence[Caveat], severities: Sequence[str]) -> Iterator[Note]:
    """Return caveats as notes, in the order given."""
    for caveat in caveats:
        if caveat.severity in severities:
            yield _limit(article, caveat)


def _limit(article: Article, caveat: Caveat) -> Note:
    """A caveat on one finding, said of a whole article: beside a test in people, mice are a part of it."""
    if caveat.kind == "not_in_humans" and any(stage.in_people for stage in article.stages):
        return Note("part_not_in_humans", article=caveat.article)
    if caveat.kind == "company_involved" and UNNAMED.match(caveat.slots["company"]):
        return Note("company_unnamed", article=caveat.article)
    return Note(caveat.kind, caveat.slots, caveat.article)


def unsaid(caveats: Sequence[Caveat], notes: Sequence[Note]) -> list[Caveat]:
    """Return the caveats whose meaning no note has said."""
    said = {catalogue.entries()[note.id].says for note in notes}
    return [caveat for caveat in caveats if caveat.kind not in said]


def tell(article: Article, reach: Reach, notes: Sequence[Note], grade: Grade, plainer: bool = True) -> Told:
    """Choose what the article's own sentences tell, beside the notes, within what a level allows; at least one.

    They are put in plainer words where wanted, else quoted.
    """
    telling = _Telling(reach, [note.text for note in notes], grade, _plainer if plainer else _whole)

    def ranked(sentences: Iterable[Sentence]) -> list[Sentence]:
        fit = list(sentences)
        return sorted(fit, key=lambda s: worth(article, s, s is fit[0]) - telling.cost(s), reverse=True)

    fit = list(usable(article))
    results = [s for s in fit if Role.RESULT in roles(article, s)]
    done = [s for s in results if method(s)]
    main = _each_kind(article, ranked(s for s in results if s not in done or done == results))
    coming = [s for s in fit if plan(article, s)]
    said = main or [s for s in fit if not roles(article, s) & TO_COME]
    done += [s for s in fit if not roles(article, s) and method(s)]
    telling.turns = {s.n: s for s in fit if TURNS.match(s.span.text) and not roles(article, s)}
    telling.take("key", said, 1)
    telling.take("done", ranked(done), reach.done)
    telling.take("found", [s for s in said if HARMS.search(s.span.text) and not LOUD.search(s.span.text)], 1)
    telling.take("found", said, reach.found - 1)
    telling.take("coming", ranked(coming), reach.coming)
    if not telling.taken:
        telling.insist(said or list(article.sentences))
    return Told(*(telling.drafts(part) for part in ("key", "done", "found", "coming")))


def _each_kind(article: Article, ranked: Sequence[Sentence]) -> list[Sentence]:
    """Put the best sentence of each kind of evidence before the others: no kind is left out that is known."""
    kinds: dict[Stage, Sentence] = {}
    for sentence in ranked:
        for _, finding in article.findings_at(sentence.span):
            if finding.role is Role.RESULT:
                kinds.setdefault(finding.stage, sentence)
    return list(dict.fromkeys([*ranked[:1], *kinds.values(), *ranked]))


class _Telling:
    """Adds sentences as long as what is shown stays within a level."""

    def __init__(self, reach: Reach, shown: list[str], grade: Grade, put: Callable[[str], str]) -> None:
        self.reach, self.grade, self.put = reach, grade, put
        self.shown, self.own, self.words = shown, list(shown), 0
        self.taken: dict[int, tuple[str, Draft, Sentence]] = {}
        self.turns: Mapping[int, Sentence] = {}

    def cost(self, sentence: Sentence) -> float:
        """Return what the difficulty of a sentence costs it at this level."""
        return self.reach.ease * max(0.0, self.grade(self.put(sentence.span.text)) - EASY)

    def take(self, part: str, sentences: Sequence[Sentence], most: int) -> None:
        """Add sentences to a part until it has as many as it may; each with the next one, where that leans on it."""
        follows = {**self.turns, **{s.n: s for s in sentences if LEANS.search(s.span.text)}}
        for sentence in sentences:
            if sum(place == part for place, _, _ in self.taken.values()) >= most:
                return
            alone = sentence.n not in follows or sentence.n - 1 in self.taken
            if sentence.n not in self.taken and alone:
                self._add(part, sentence)
                for n in (sentence.n, sentence.n + 1):
                    after = follows.get(n + 1)
                    if after and n in self.taken and n + 1 not in self.taken and TAKES_BACK.match(after.span.text):
                        self._add(part, after, goes_on=True)

    def insist(self, sentences: Sequence[Sentence]) -> None:
        """Quote the easiest of some sentences, however hard it is: without one nothing was told."""
        if sentences:
            easiest = min(sentences, key=lambda sentence: self.grade(sentence.span.text))
            self.taken[easiest.n] = ("key", _draft(_quoted(easiest), easiest), easiest)

    def drafts(self, part: str) -> tuple[Draft, ...]:
        """Return the drafts of a part, in the order of the article."""
        return tuple(draft for _, (place, draft, _) in sorted(self.taken.items()) if place == part)

    def _add(self, part: str, sentence: Sentence, goes_on: bool = False) -> None:
        """Add a sentence where it fits; one that goes on from the last needs no room: half a comparison misleads."""
        for text in dict.fromkeys((self.put(sentence.span.text), _quoted(sentence))):
            ours = text not in _quoted(sentence)
            length = self.words + len(text.split())
            if (goes_on or length <= self.reach.words) and self._within(text, ours):
                self.taken[sentence.n] = (part, _draft(text, sentence), sentence)
                self.shown.append(text)
                self.words = length
                if ours:
                    self.own.append(text)
                return

    def _within(self, text: str, ours: bool) -> bool:
        bounds = ((self.reach.shown, self.shown, True), (self.reach.own, self.own, ours))
        return all(
            bound is None or not counts or self.grade("\n".join([*before, text])) <= bound
            for bound, before, counts in bounds
        )


def _quoted(sentence: Sentence) -> str:
    return _whole(sentence.span.text)


def _whole(text: str) -> str:
    """A sentence as it stands, without the town and the day a report is sent from."""
    return DATELINE.sub("", " ".join(text.split()))


def _plainer(text: str) -> str:
    put = plain(_whole(text))
    return _whole(text) if adrift(text, put) else put


def _draft(text: str, sentence: Sentence) -> Draft:
    return Draft(text, (Citation(sentence.article, sentence.span),))


def main_stage(article: Article) -> Stage | None:
    """Return the one stage of the results; None for several that differ in whether people were tested."""
    kinds: list[Stage] = [stage for stage in article.stages if stage is not Stage.UNCLEAR] or [*article.stages]
    if len({stage.in_people for stage in kinds}) > 1:
        return None
    return kinds[-1] if kinds else Stage.REVIEW_OPINION
