"""The glossary on tap: a hard word in a claim is a button, and what it means opens beside it. Strings only."""

import re
from collections.abc import Iterable
from html import escape


class Terms:
    """The words an answer explains; each is marked once, where it stands first."""

    def __init__(self, glossary: Iterable[tuple[str, str]], key: str) -> None:
        """Take the words with what they mean, longest first, and a key that no other answer on the page has."""
        self._left = dict(sorted(glossary, key=lambda entry: -len(entry[0])))
        self._key, self._marked = key, 0

    def html(self, text: str) -> str:
        """Write a text as HTML with its hard words as buttons. Everything of the text is escaped."""
        pieces: list[str] = []
        at = 0
        for start, end, term in sorted(self._found(text)):
            if start < at:
                continue
            lead, tail = re.search(r"[^\w\s]*$", text[at:start]), re.match(r"[^\w\s]*", text[end:])
            begin, stop = start - len(lead[0] if lead else ""), end + len(tail[0] if tail else "")
            button = self._button(text[start:end], self._left.pop(term))
            whole = f"{escape(text[begin:start])}{button}{escape(text[end:stop])}"
            pieces += [escape(text[at:begin]), f'<span class="cv-whole">{whole}</span>']
            at = stop
        return "".join([*pieces, escape(text[at:])])

    def _found(self, text: str) -> Iterable[tuple[int, int, str]]:
        taken: list[range] = []
        for term in list(self._left):
            place = re.search(rf"(?<!\w){re.escape(term)}(?:e?s)?(?!\w)", text, re.IGNORECASE)
            if place and not any(place.start() in span or place.end() - 1 in span for span in taken):
                taken.append(range(*place.span()))
                yield place.start(), place.end(), term

    def _button(self, shown: str, plain: str) -> str:
        """A word and its meaning. The browser opens it, by tap, Enter or Space, and Escape closes it: no script."""
        self._marked += 1
        name = f"term-{self._key}-{self._marked}"
        word = escape(shown)
        return (
            f'<button type="button" class="cv-term" popovertarget="{name}" aria-describedby="{name}">{word}</button>'
            f'<span class="cv-plain" id="{name}" popover><strong>{word}</strong>: {escape(plain)}</span>'
        )
