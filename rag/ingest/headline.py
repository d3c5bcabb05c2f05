"""Which line is the headline, and which lines around it are page header, date or byline."""

import re
from collections import Counter
from collections.abc import Sequence

from rag.ingest import furniture
from rag.ingest.dates import dates
from rag.ingest.labels import labels
from rag.ingest.lines import Line, key
from rag.text.words import STOPWORDS, normal, words

SEPARATOR = re.compile(r"\s+[|\u00bb\u203a>/\u00b7\u2022]\s+|\s+::\s+")
_BYLINE = re.compile(
    r"(?:[Bb]y|BY|(?:[Ww]ritten|[Pp]osted|[Rr]eported)\sby|[Ss]tory\sby)\s+(?![Tt]he\s|THE\s)(?:[A-Z]|\w+$)"
    r"|(?:[Pp]osted|[Pp]ublished)\son\b|(?:[Aa]uthors?|[Ww]ords|[Tt]ext|[Pp]osted|[Pp]ublished|[Rr]eleased|[Uu]pdated)\s?:"
)
_READING_TIME = re.compile(r"\b\d+[ -]min(?:ute)?s? read\b")
_LEAD = 12
"""Words from which a prose line is the body's beginning and no slogan; the shortest lead among 21 articles has 14."""
_HEAD = 400
"""Lines in which a body begins: menus run to some hundred lines, a list without end has no body."""
_HEADLINE, _SURE, _LONGEST = 5, 7, 30
"""Words of a headline: at least; enough without a small-letter word; at most."""


def find(found: Sequence[Line], given: str | None = None) -> int | None:
    """Find the headline: the given title, a line that is repeated, else the first that reads as a headline."""
    keys = [key(line.text) for line in found]
    if given and key(given) in keys:
        return keys.index(key(given))
    head = found[: lead(found)]
    candidates = [i for i, line in enumerate(head) if _candidate(line)]
    likely = [i for i in candidates if _reads_as_headline(head[i])]
    times = Counter(keys)
    repeated = [i for i in likely if times[keys[i]] > 1]
    if repeated or likely:
        return (repeated or likely)[0]
    plain = [i for i in candidates if not label(head[i].text) and head[i].words >= 2]
    if plain:
        return max(plain, key=lambda i: (head[i].words >= 3 and _small(head[i]) > 0, -i))
    return _sentence_as_headline(found)


def lead(found: Sequence[Line]) -> int:
    """Count the lines before the first paragraph of the body."""
    head = found[:_HEAD]
    starts = (i for i, line in enumerate(head) if line.prose and line.words >= _LEAD and not furniture.kind(line.text))
    return next(starts, len(head))


def dateline(line: Line) -> bool:
    """Whether a line gives when, or by whom, the article was written."""
    if line.words > 18:
        return False
    plain, stated = normal(line.text), list(dates(line.text))
    if line.prose and not (stated and line.words <= 12):
        return False
    if _BYLINE.match(line.text) or _READING_TIME.search(plain):
        return True
    if stated and len(plain) - sum(d.end - d.start for d in stated) < 60:
        return not _small_beside(line, stated[0].start, stated[-1].end)
    head, comma, role = plain.partition(",")
    return bool(comma) and line.words <= 10 and 2 <= len(head.split()) <= 4 and bool(set(role.split()) & labels("role"))


def label(text: str) -> bool:
    """Whether a line names a section of a site ("Life & Family") and nothing else."""
    return all(normal(word.text) in labels("label") or normal(word.text) in STOPWORDS for word in words(text))


def _small_beside(line: Line, start: int, end: int) -> bool:
    """Whether a line says something besides its date, in small letters, as a sentence or a heading does."""
    rest = line.text[:start] + " " + line.text[end:]
    return sum(1 for w in words(rest) if w.text[0].islower() and normal(w.text) not in labels("role") | STOPWORDS) > 3


def _candidate(line: Line) -> bool:
    text = line.text
    if (
        line.words > _LONGEST
        or len(text) > _LONGEST * 20
        or (line.prose and text[-1] not in "?!")
        or furniture.kind(text)
        or dateline(line)
    ):
        return False
    return len(SEPARATOR.split(text)[0].split()) >= _HEADLINE or not SEPARATOR.search(text)


def _reads_as_headline(line: Line) -> bool:
    return line.words >= _HEADLINE and (line.words >= _SURE or _small(line) > 0)


def _small(line: Line) -> int:
    return sum(1 for word in words(line.text) if word.text[0].islower() and normal(word.text) not in STOPWORDS)


def _sentence_as_headline(found: Sequence[Line]) -> int | None:
    """The first line where it is one sentence by itself and longer paragraphs follow."""
    first = next((i for i, line in enumerate(found) if not furniture.kind(line.text) and not dateline(line)), None)
    if first is None or found[first].words > 22 or re.search(r"[.!?]\s", found[first].text):
        return None
    longer = [line for line in found[first + 1 :] if line.prose and line.words > found[first].words]
    return first if len(longer) > 1 and not found[first + 1].follows else None
