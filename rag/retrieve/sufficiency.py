"""Decide whether what was found is enough to answer: a decision of its own, not a threshold on similarity."""

import re
from collections.abc import Mapping, Sequence

from rag.domain import Article, Role, Stage
from rag.question import Asks, Pick, Question
from rag.retrieve.ranking import PRICE, tells
from rag.retrieve.reading import generic
from rag.retrieve.vocabulary import Vocabulary
from rag.text.words import content

COVERED = 0.5
"""An article is on a question's subject where it holds half of it, by weight …"""
MATCHED = 0.53
"""… or where one of its passages matches as a whole this well."""
TOGETHER = 0.79
"""Coverage and match that an article must have: "the capital of France" has a word of some article and no more."""
NEAR = 0.6
"""Weight of word pairs that stand together, beside coverage and match."""
TITLED = 0.15
"""Weight of the share of the subject that stands in the title: what an article is about, not what it mentions."""
BARELY = 0.3
HEAD = re.compile(r"\b(?:which|what)\s+(?P<phrase>[^?,]+)", re.I)
ISSUE = re.compile(
    r"\b(?:issue|edition) of [A-Z]|\bjournal (?:of )?[A-Z]|\b[A-Z]\w+[^.]{0,40}, (?:the|an?) [^.]{0,30}journal\b"
)
"""A journal told of in words that name it."""
DOSED = re.compile(r"\bdos(?:e|es|age)\b|\bmg\b|\bmilligrams?\b", re.I)
SYMPTOMS = re.compile(r"\bsymptoms?\b", re.I)
PAST = re.compile(r"\b(?:have|has|had|did|took|received|got|were|was)\b", re.I)
"""How many have taken part, of a trial that reports nothing yet."""
ABSENT = {
    Asks.DOSE: ("dose_missing",),
    Asks.HARMS: ("harms_missing",),
    Asks.COST: ("availability_missing",),
    Asks.JOURNAL: ("journal_not_named",),
    Asks.CONTROL: ("no_control",),
}
"""The caveat that says an article lacks what is asked."""


def on_subject(question: Question, best: Mapping[str, float], vocabulary: Vocabulary) -> list[str]:
    """Return the articles on a question's subject, best first; `best` holds each one's best passage score."""
    subject = vocabulary.gist(question.subject)
    covered = {name: vocabulary.coverage(subject, name) for name in best}
    kept = [
        name
        for name, score in best.items()
        if question.subject
        and covered[name] + score >= TOGETHER
        and (covered[name] >= COVERED or (score >= MATCHED and covered[name] >= BARELY))
        and not vocabulary.other_kind(question.whole, name)
    ]
    near = {name: vocabulary.nearness(question.whole, name, question.strong) for name in kept}
    titled = {name: vocabulary.overlap(subject, vocabulary.articles[name].source.title) for name in kept}
    return sorted(kept, key=lambda name: -(covered[name] + best[name] + NEAR * near[name] + TITLED * titled[name]))


def lacking(
    question: Question, articles: Sequence[Article], picks: Sequence[Pick], vocabulary: Vocabulary
) -> tuple[bool, Asks | None]:
    """Return whether the articles lack the detail asked for, and which it is where it has a name."""
    if len(articles) != 1 or question.asks & {Asks.SUMMARY, Asks.EXPLAINER, Asks.OVERVIEW}:
        return False, None
    article = articles[0]
    for kind in sorted(question.asks):
        if _lacks(kind, question, article, picks):
            return True, kind
    return (True, None) if _head_absent(question, article, vocabulary) else (False, None)


def _lacks(kind: Asks, question: Question, article: Article, picks: Sequence[Pick]) -> bool:
    texts = [pick.sentence.span.text for pick in picks]
    if kind is Asks.HARMS:  # "symptoms include headache and nausea": what the illness does, not the treatment
        texts = [text for text in texts if not SYMPTOMS.search(text)]
    told = any(tells()[kind].search(text) for text in texts) if kind in tells() else True
    if kind is Asks.JOURNAL:
        return article.source.journal is None and not any(ISSUE.search(s.span.text) for s in article.sentences)
    if kind is Asks.FUNDER or (kind is Asks.COST and PRICE.search(question.text)):
        return not any(tells()[kind].search(sentence.span.text) for sentence in article.sentences)
    if kind is Asks.PEOPLE:
        if not article.stages and PAST.search(question.text):
            return not any(tells()[kind].search(p.sentence.span.text) and not _to_come(p) for p in picks)
        sized = any(finding.sample_size for finding in article.findings)
        settings = {stage for stage in article.stages if stage.in_people or stage is Stage.UNCLEAR}
        return not sized and not told and bool(settings)
    if (
        kind is Asks.DOSE
        and DOSED.search(question.text)
        and not any(tells()[kind].search(sentence.span.text) for sentence in article.sentences)
    ):
        return True
    if kind in ABSENT:
        absent = [caveat for caveat in article.caveats if caveat.kind in ABSENT[kind]]
        if question.claim and any(caveat.span for caveat in absent):
            return False  # "There was no control group" is an answer
        return bool(absent) and not (kind is Asks.HARMS and told)
    return kind in (Asks.NUMBER, Asks.AGE) and not told


def _to_come(pick: Pick) -> bool:
    """Whether a sentence tells of a study that reports nothing yet: how many it wants are not how many took part."""
    coming = (Role.ONGOING, Role.PLANNED)
    return any(finding.role in coming for _, finding in pick.article.findings_at(pick.sentence.span))


def _head_absent(question: Question, article: Article, vocabulary: Vocabulary) -> bool:
    """Whether the thing asked for ("which virus …") is nowhere in the article."""
    match = HEAD.search(question.text)
    if not match:
        return False
    head = next((word.stem for word in content(match["phrase"])), None)
    known = vocabulary.known(head) if head else None
    return bool(head and head not in generic() and known not in vocabulary.stems[article.id])


def results(article: Article) -> bool:
    """Whether an article reports any result."""
    return any(finding.role is Role.RESULT for finding in article.findings)
