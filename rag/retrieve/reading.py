"""Read a question: what it asks for, what it is about, and what it would have us confirm."""

import csv
import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources

from rag.question import Asks, Question
from rag.text.language import language
from rag.text.words import content, normal, stem, words

CLOSED = re.compile(
    r"^(?:(?:so|and|but|ok|okay|well|please|is it true that|it is true that|can you confirm that)[, ]+)*"
    r"(?P<verb>is|are|was|were|do|does|did|has|have|had|can|could|will|would|may|might|should|isn't|aren't|doesn't|"
    r"don't|didn't|hasn't|won't|can't)\b(?P<rest>.*)$",
    re.I | re.S,
)
TAG = re.compile(
    r"[, ]+(?:right|correct|true|no|yes|huh|eh|or wat|or what|or not|yeah|isn't it|isn't that right|is it|does it|"
    r"doesn't it|don't they|aren't they|wasn't it|didn't it|won't it|can't it|haven't they|hasn't it)\s*(?=[?.!])",
    re.I,
)
STATEMENT = re.compile(
    r"^(?:so|and so|then|but)[, ]+(?!how|what|which|who|whom|whose|when|where|why)(?P<rest>.+)\?\s*$", re.I | re.S
)
PRESUMES = re.compile(
    r"(?:^|[.!?,;] |\b(?:so|and|but) )(?:why|by how much|how(?: much| long| often| far| well| fast)?|when|where) "
    r"(?:did|does|do|was|were|is|are|has|have|had|will|can|could) (?P<rest>[^?]{8,})",
    re.I,
)
"""A question that takes something for granted: "why did the pill fail?"."""
YEAR = re.compile(r"(?:19|20)\d\d")
OPEN = re.compile(r"\b(how|what|which|who|whom|whose|when|where|why)\b", re.I)
LEANS = re.compile(
    r"\b(it|its|that|this|these|those|they|them|their|there|he|she|his|her|the (?:drug|study|trial|treatment|medicine|"
    r"article|same|team|researchers|company|clinic|procedure)|est[eoa]s?|es[eoa]|ell[oa]s?)\b|"
    r"^(?:and|but|so|what about|how about|why|really|y)\b",
    re.I,
)
NO_PROMISE = re.compile(r"\bside[- ]effects?\b|\bstop(?:s|ped)? (?:because|due|early|taking|using|treatment)\b", re.I)
SPANISH_CLOSED = re.compile(
    r"^[¿\s]*+(?!(?:(?:a|de|en|con|para|por) )?qu[eé]|qui[eé]n|cu[aá]|c[oó]mo|d[oó]nde)(?P<rest>[^?]+)\?", re.I | re.S
)


TITLE = re.compile(r'"[^"]{12,}"')
"""A title in quotation marks: it is what the question is about, and asks and claims nothing itself."""


@cache
def _asks() -> tuple[tuple[Asks, re.Pattern[str]], ...]:
    with resources.files("rag.retrieve").joinpath("asks.csv").open(encoding="utf8") as file:
        return tuple((Asks(row["asks"]), re.compile(row["pattern"], re.I)) for row in csv.DictReader(file))


def _asked(plain: str) -> frozenset[Asks]:
    asks = frozenset(kind for kind, pattern in _asks() if pattern.search(plain))
    if asks & {Asks.DOSE, Asks.COST}:
        asks -= {Asks.NUMBER}
    return asks - {Asks.WHO} if Asks.FUNDER in asks else asks


@cache
def _stems(name: str) -> frozenset[str]:
    with resources.files("rag.retrieve").joinpath(name).open(encoding="utf8") as file:
        return frozenset(stem(word) for row in csv.DictReader(file) for word in row["words"].split())


def generic() -> frozenset[str]:
    """Return the stems that any question about research may hold, so that they tell no article from another."""
    return _stems("generic.csv")


@cache
def _picking() -> frozenset[str]:
    with resources.files("rag.retrieve").joinpath("generic.csv").open(encoding="utf8") as file:
        rows = [row for row in csv.DictReader(file) if row["picks"] == "yes"]
    return frozenset(stem(word) for row in rows for word in row["words"].split())


def read(text: str, earlier: tuple[str, ...] = ()) -> Question:
    """Read a question. One that leans on an earlier one ("did it …?") is made whole with it."""
    plain = TITLE.sub("it", normal(text)).strip()
    spoken = language(text)
    asked = in_english(text) if spoken == "es" else text
    whole = _whole(asked, tuple(in_english(said) if language(said) == "es" else said for said in earlier))
    claim = _claim(plain)
    return Question(
        text=text,
        whole=whole,
        language=spoken,
        asks=_asked(plain),
        claim=claim,
        strong=_strong((asked if spoken == "es" else claim) if claim else ""),
        subject=_subject(whole),
        focus=tuple(dict.fromkeys(s for s in _content(normal(asked)) if s not in generic() or s in _picking())),
        presumed=presumes["rest"].strip() if (presumes := PRESUMES.search(plain)) and not claim else None,
    )


def _strong(claim: str) -> frozenset[str]:
    """The stems that promise much; a claim about side effects, or about who stopped, promises nothing."""
    return frozenset() if NO_PROMISE.search(claim) else frozenset(w.stem for w in content(claim)) & _stems("strong.csv")


def in_english(text: str) -> str:
    """Put the words of a Spanish question that an English article may have into English (`spanish.csv`)."""
    found = words(text)
    parts, end = [], 0
    for word in found:
        english = _spanish().get(word.text.casefold())
        parts += [text[end : word.start], english or word.text]
        end = word.end
    return "".join([*parts, text[end:]])


@cache
def _spanish() -> dict[str, str]:
    with resources.files("rag.retrieve").joinpath("spanish.csv").open(encoding="utf8") as file:
        return {row["es"]: row["en"] for row in csv.DictReader(file)}


def _subject(text: str) -> tuple[str, ...]:
    told = dict.fromkeys(s for s in _content(text) if s not in generic() and not YEAR.fullmatch(s))
    plain = tuple(stem for stem in told if stem not in _stems("strong.csv"))
    return tuple(stem for stem in plain if not stem.isdigit()) or plain or tuple(told)


def _content(text: str) -> Iterator[str]:
    long_enough = (word.stem for word in content(TAG.sub("", text)) if len(word.stem) > 1)
    return (stem for stem in long_enough if not stem.endswith("n't"))


def _whole(text: str, earlier: Sequence[str]) -> str:
    """The text with the earlier question it leans on, or is about where it names nothing, made whole in its turn."""
    subject = _subject(text)
    if not subject or (LEANS.search(normal(text).strip()) and len(subject) < 4):
        for n in range(len(earlier) - 1, -1, -1):
            if _subject(earlier[n]) and len(words(earlier[n])) > 2:
                return f"{_whole(earlier[n], earlier[:n])} {text}"
    return text


def _claim(plain: str) -> str | None:
    sentence = _last_question(plain)
    bare = TAG.sub("", sentence)
    closed = CLOSED.match(bare)
    if closed and not re.search(r"\b(or)\b[^?]*\?", bare):
        return closed["rest"].strip(" ?.!") or None
    if bare != sentence:
        return re.sub(r"^(so|and|but)[, ]+", "", bare, flags=re.I).strip(" ?.!") or None
    statement = STATEMENT.match(sentence)
    if statement and not OPEN.search(sentence):
        return statement["rest"].strip(" ?.!")
    spanish = SPANISH_CLOSED.match(sentence) if "¿" in sentence else None
    return spanish["rest"].strip() if spanish else None


def _last_question(plain: str) -> str:
    parts = [part for part in re.findall(r"[^?]+\??", plain) if part.strip(" ?.!")]
    asked = [part for part in parts if part.rstrip().endswith("?")]
    chosen = (asked or parts or [plain])[0].strip()
    tail = re.search(r"[.!]\s+((?:[^.!?]|\.\d)+\?)$", chosen)
    return (tail[1] if tail and CLOSED.match(tail[1]) else chosen).strip()
