"""An answer as it comes: each event adds to the page what is new, and nothing that stands there is drawn again.

Only what the turn has stored is drawn: Stop ends the script between any two lines of it.
"""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from rag.brief import Gathered
from rag.ui import answer, asked, claims, comfort
from rag.ui.session import Turn
from rag.ui.terms import Terms


class Live:
    """The drawing of a turn that is being answered. Citations are words, not buttons: pressing one would end it."""

    def __init__(self, turn: Turn, number: int) -> None:
        """Draw the question and say that the articles are being read."""
        self._turn, self._key, self._level = turn, f"{number}-live", comfort.level()
        self._drawing: claims.Drawing | None = None
        self._said = ("", "")
        asked.show(turn, number)
        self._box = st.container(border=True, key=f"answer-{self._key}")
        self._lines: DeltaGenerator = self._box
        self._side: DeltaGenerator = self._box
        self._under: DeltaGenerator = self._box
        with self._box:
            self._end = st.empty()
        self._end.html(answer.waiting(answer.READING, answer.STOPPED_EARLY))

    def update(self) -> None:
        """Draw what has come since the last time: the evidence and its limits first, then each claim that passed."""
        gathered = self._turn.gathered
        if gathered is None:
            return
        drawing = self._drawing or self._begin(gathered)
        said = answer.limits_html(self._turn.sections, drawing, self._level)
        for place, before, now in zip((self._side, self._under), self._said, said, strict=True):
            if now != before:
                place.html(now) if now else place.empty()
        self._said = said
        with self._lines:
            claims.show(self._turn.sections, drawing, self._level)

    def _begin(self, gathered: Gathered) -> claims.Drawing:
        language = answer.language(gathered.bottom)
        drawing = claims.Drawing(
            self._key, gathered.articles, gathered.to_say, Terms((), self._key), live=True, language=language
        )
        self._drawing = drawing
        with self._box:
            self._end.html(answer.head_html(gathered.bottom, gathered.evidence))
            side, column, under = answer.places(drawing)
            with side:
                self._side = st.empty()
            with under:
                self._under = st.empty()
            with column:
                self._lines = st.container()
                st.html(answer.waiting(answer.UNFINISHED, answer.STOPPED))
        return drawing
