"""Does a text carry a claim? Each word is traced, each governing word is kept, and what fails is named."""

import re
from collections import Counter
from collections.abc import Sequence
from math import log

from rag.check import overclaim
from rag.check.arms import crossed, misgrouped
from rag.check.doers import borrowed, misattributed
from rag.check.entity import joined, misnamed, substitutions
from rag.check.figures import lasts, number_problems
from rag.check.kinds import kinds
from rag.check.population import living, species_problems
from rag.check.reading import Item, Reading, keys, keys_of, read
from rag.check.roles import levelled, swapped
from rag.check.scope import widened
from rag.check.trace import Trace, carries, trace, weight
from rag.check.wording import reworded
from rag.claim import Problem, Verdict
from rag.domain import Sentence
from rag.text.sentences import split
from rag.text.words import stem, words

LONGEST = 2_000
"""Characters of a claim that are read: a longer one is no sentence, and is not supported."""
SENTENCE = 5_000
"""Characters of a cited sentence that are read; the longest in 21 articles has 700."""
READ = 200
"""Sentences that are read in full: more than an article of 4,000 words has."""
GAIN = 0.5
"""What a further sentence must carry to be held against a claim: more than light words."""
PAIRED = 0.5
"""What a sentence gains that has all of a claim's neighbouring words: of two that carry as much, the nearer is read."""
UNTRACED = 1
"""Words without a source that may be another way of saying what the text says; more are a statement of their own. Of
3,112 claims with a statement added, a judge that says yes to all shows 43% where two may be judged, 21% so."""
CARRIED = 0.6
"""Score of a claim that rests on the text but for such words."""
DERIVED = ("ly", "ing", "ed", "est", "ness", "ful", "able", "less")
"""Endings of words made from others, which no name of a thing has."""
PLAIN = re.compile(r"[^\W\d_](?:[^\W\d_]|[ '’-])*")
PER_PROBLEM = 0.8
"""What each kind of fault leaves of the score."""


def check(claim: str, cited: Sequence[str]) -> Verdict:
    """Check a claim against the sentences it cites.

    A cited sentence word for word (white space collapsed) is supported, score 1. So is a slice of one, unless what was
    cut off it governs what is left ("not", "may", "in mice"). Without words, or without a cited sentence, nothing is
    carried: unsupported, score 0.
    """
    plain = " ".join(claim.split())
    readings = [read(text[:SENTENCE]) for text in cited if text.strip()]
    if not plain or not readings:
        return Verdict(False, 0.0, (Problem("not_in_text", plain, ""),))
    collapsed = [" ".join(text.split()) for text in cited]
    if plain in collapsed:
        return Verdict(True, 1.0)
    if len(plain) > LONGEST:
        return Verdict(False, 0.0, (Problem("not_in_text", plain[:80], ""),))
    told = [span.text for span in split(plain)]
    rest = " ".join(text for text in told if text not in collapsed) if len(told) > 1 else plain
    if not rest:
        return Verdict(True, 1.0)
    whole = _held(rest, readings)
    if whole.supported and any(plain in text for text in collapsed):
        return Verdict(True, 1.0)
    if not whole.supported and len(told) > 1:
        parts = [_held(text, readings) for text in told if text not in collapsed]
        if all(part.supported for part in parts):
            return Verdict(True, min(part.score for part in parts))
    return whole


def _held(plain: str, readings: Sequence[Reading]) -> Verdict:
    """Check a claim, white space collapsed, against what it cites."""
    asked = read(plain)
    if not asked.items and not asked.figures:
        return Verdict(False, 0.0, (Problem("not_in_text", plain, ""),))
    found = trace(asked, readings)
    names = (substitutions, misnamed, joined, swapped, levelled, misattributed, borrowed)
    rules = (*names, number_problems, crossed, misgrouped, species_problems, overclaim.problems, widened, reworded)
    faults = [problem for rule in rules for problem in rule(found)]
    named = {problem.claim for problem in faults}
    problems = (*faults, *(problem for problem in _untraced(found) if problem.claim not in named))
    score = 0.98 * (0.95 * found.coverage + 0.05 * found.order) * PER_PROBLEM ** len(faults)
    return Verdict(not problems, round(score, 4), tuple(dict.fromkeys(problems)))


def merely_untraced(claim: str, verdict: Verdict) -> bool:
    """Whether nothing is wrong with a claim but a few plain words that the text does not have: no name, no number."""
    words = [problem.claim for problem in verdict.problems]
    plain = all(p.kind == "not_in_text" and not p.text and _ordinary(p.claim) for p in verdict.problems)
    return plain and 0 < len(words) <= UNTRACED and verdict.score >= CARRIED


def _ordinary(words: str) -> bool:
    """Whether words are of everyday English, and no name: a drug may look like any word that no list has."""
    items = read(words).items
    letters = PLAIN.fullmatch(words) is not None and words.islower()
    return letters and all(not kinds(i) and (i.concepts or i.light or i.text.endswith(DERIVED)) for i in items)


def best_sentences(claim: str, sentences: Sequence[Sentence], k: int = 3) -> tuple[Sentence, ...]:
    """Choose the sentences a claim without a citation is held against: the one that carries most of it, then those that
    carry most of what is left; in the order of the text. A word that few sentences carry says more."""
    asked = read(" ".join(claim.split())[:LONGEST])
    sentences = _nearest(asked, sentences)
    carried = [_carried(asked, read(sentence.span.text[:SENTENCE])) for sentence in sentences]
    often = Counter(n for row in carried for n in row)
    runs = [PAIRED * _runs(asked.text, sentence.span.text[:SENTENCE]) for sentence in sentences]
    chosen: list[int] = []
    left = _weights(asked)
    while len(chosen) < min(k, len(sentences)):
        gains = [sum(left[n] * worth for n, worth in row.items()) for row in carried]
        open_ = [i for i, gain in enumerate(gains) if i not in chosen and (gain >= GAIN or not chosen)]
        if not open_:
            break
        best = max(
            open_,
            key=lambda i: runs[i] + sum(left[n] * worth / (1 + log(often[n])) for n, worth in carried[i].items()),
        )
        chosen.append(best)
        left = [0.0 if n in carried[best] else weight for n, weight in enumerate(left)]
    return tuple(sentences[i] for i in sorted(chosen))


def _runs(claim: str, text: str) -> float:
    """The share of neighbouring words of a claim that are neighbours in a text, function words too, 0..1."""
    ours, theirs = ([stem(word.text) for word in words(said)] for said in (claim, text))
    pairs = set(zip(ours, ours[1:], strict=False))
    return len(pairs & set(zip(theirs, theirs[1:], strict=False))) / len(pairs) if pairs else 0.0


def check_against(claim: str, sentences: Sequence[Sentence]) -> tuple[Verdict, tuple[Sentence, ...]]:
    """Check a claim that cites nothing against an article's sentences, and say which it was held against."""
    chosen = best_sentences(claim, sentences)
    return check(claim, [sentence.span.text for sentence in chosen]), chosen


def _nearest(asked: Reading, sentences: Sequence[Sentence]) -> Sequence[Sentence]:
    """Of a long text, the sentences that share most word stems with a claim or the concepts it uses, in their order."""
    if len(sentences) <= READ:
        return sentences
    wanted = keys_of(asked)
    shared = [len(wanted & keys(sentence.span.text)) for sentence in sentences]
    best = sorted(range(len(sentences)), key=lambda i: -shared[i])[:READ]
    return [sentences[i] for i in sorted(best)]


def _untraced(found: Trace) -> tuple[Problem, ...]:
    return tuple(Problem(_kind(item), item.text, "") for item in found.untraced if not lasts(found, item))


def _kind(item: Item) -> str:
    """A name nobody cited is an entity: capitalised where no claim begins, or an illness, a drug, an institution."""
    if living(item):
        return "species"
    named = kinds(item) or (item.start > 0 and item.text[:1].isupper())
    return "entity" if named or item.name else "not_in_text"


def _weights(asked: Reading) -> list[float]:
    """Weights of a claim's items, then of its figures."""
    return [weight(item) for item in asked.items] + [1.5] * len(asked.figures)


def _carried(asked: Reading, reading: Reading) -> dict[int, float]:
    """What a sentence carries of a claim: the number of the item, and how well."""
    row = {}
    for n, item in enumerate(asked.items):
        worth = max((carries(item, other) for other in reading.items), default=0.0)
        if worth:
            row[n] = worth
    for n, figure in enumerate(asked.figures, len(asked.items)):
        if any(abs(figure.value - other.value) < 1e-9 for other in reading.figures):
            row[n] = 1.0
    return row
