"""A model's reply, read while it comes in: claim after claim, each only once its closing bracket is there.

A half-written claim is never completed for the model: "it cured" may have been about to become "it cured no one".
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST_CLAIM = 600
"""Characters; the longest sentence of a news article that is worth quoting has 400."""
LIST = re.compile(r'"claims"\s*:\s*\[|^\s*(?:```(?:json)?\s*)?\[(?=\s*[{\]])')
"""Where the claims begin; some models leave the object around the list out."""
THOUGHT = ("<think>", "</think>")
"""The marks between which open models think aloud."""
LABEL = re.compile(r"\[?\s*S?(\d{1,4})\s*\]?", re.I)
MARKS = re.compile(r"\s*[\[(]S\d+(?:\s*[,;]\s*S\d+)*[\])]", re.I)
"""Labels written into the text besides."""

DECODER = json.JSONDecoder(parse_int=str)
"""Numbers stay words: Python refuses to read one of five thousand digits."""


@dataclass(frozen=True, slots=True)
class Written:
    """A claim as the model wrote it, with the numbers of the sentences it rests on; `english` only where asked for."""

    text: str
    labels: tuple[int, ...]
    english: str | None = None


class Reply:
    """Takes a reply piece by piece. `whole` once the list of claims was closed."""

    def __init__(self) -> None:
        self.whole = False
        self._text, self._at = "", 0

    @property
    def begun(self) -> bool:
        """Whether the list of claims was opened."""
        return self._at > 0

    def take(self, piece: str) -> Iterator[Written | None]:
        """Yield the claims that a further piece completes; None for one without words or labels."""
        self._text += piece
        if not self.begun and not self._begins():
            return
        while not self.whole and (found := self._object()) is not None:
            yield _written(found)

    def _begins(self) -> bool:
        opened, closed = THOUGHT
        text, skip = self._text, 0
        if text.lstrip().startswith(opened):
            if closed not in text:
                return False
            skip = text.index(closed) + len(closed)
        match = LIST.search(text[skip:])
        self._at = skip + match.end() if match else 0
        return match is not None

    def _object(self) -> object:
        """The next value of the list, None while it is not complete."""
        start = len(self._text) - len(self._text[self._at :].lstrip(" \t\r\n,"))
        if self._text.startswith("]", start):
            self.whole = True
            return None
        if "}" not in self._text[start:]:
            return None
        try:
            found, self._at = DECODER.raw_decode(self._text, start)
        except (json.JSONDecodeError, RecursionError):
            return None
        return {} if found is None else found


def _written(found: object) -> Written | None:
    """Read one claim; None where it is not one."""
    if not isinstance(found, dict):
        return None
    text, labels, english = found.get("text"), found.get("labels"), found.get("english")
    if not isinstance(text, str) or not isinstance(labels, list):
        return None
    numbers = [LABEL.fullmatch(str(label)) for label in labels]
    said = _plain(text)
    if not said or len(said) > LONGEST_CLAIM or not numbers or not all(numbers):
        return None
    order = dict.fromkeys(int(number[1]) for number in numbers if number)
    return Written(said, tuple(order), _plain(english) if isinstance(english, str) else None)


def _plain(text: str) -> str:
    """One line without labels and without characters that are not seen."""
    seen = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(MARKS.sub("", seen).split())
