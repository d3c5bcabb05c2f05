"""Reading comfort: the size of the text and how much is shown; both stay across pages and a reload."""

from collections.abc import Mapping
from enum import StrEnum

import streamlit as st

from rag.question import Level


class Size(StrEnum):
    """How large the text is."""

    NORMAL = "normal"
    LARGE = "large"
    LARGEST = "largest"


PIXELS = {Size.LARGE: 20, Size.LARGEST: 24}
"""Of the root; every length of the page is a multiple of it. Normal is the theme's own."""
SIZES = {Size.NORMAL: "Normal", Size.LARGE: "Large", Size.LARGEST: "Largest"}
LEVELS = {Level.SIMPLE: "Short", Level.STANDARD: "Standard", Level.DETAILED: "Everything open"}
BELOW_THE_LINKS = ".stHtml h2.cv-question { scroll-margin-top: 7.4rem; }"
"""On a phone the links above the page take a third row where the text is larger."""
EXPLAINED = "Short shows the first few sentences. The grave limits are shown at each."
SIZE, LEVEL = "text", "reading"


def controls() -> None:
    """Draw the two choices, and put the size chosen on the page."""
    with st.popover("Text size", type="tertiary", key="reading_choices"):
        size = _choice(SIZE, "Text size", SIZES, Size.NORMAL)
        _choice(LEVEL, "How much to show in an answer", LEVELS, Level.STANDARD)
        st.html(f'<p class="cv-stated">{EXPLAINED}</p>')
    pixels = PIXELS.get(Size(size))
    if pixels:
        larger = f"html:root {{ font-size: {pixels}px !important; }}"
        st.html(f"<style>{larger} @media (max-width: 40rem) {{ {BELOW_THE_LINKS} }}</style>")


def level() -> Level:
    """Give how much the reader wants to see."""
    return Level(st.session_state.get(f"kept_{LEVEL}") or Level.STANDARD)


def _choice(name: str, label: str, labels: Mapping[Size, str] | Mapping[Level, str], usual: str) -> str:
    """Offer a choice. A link to another page empties the address, so the session holds the choice too.

    What is chosen goes in as `index`: the browser makes the control only when its popover is opened, and by then a
    value put into the session under its key is forgotten, so that it would show the first option in place of that one.
    """
    kept = f"kept_{name}"
    words = {str(value): word for value, word in labels.items()}
    asked = st.query_params.get(name)
    st.session_state.setdefault(kept, asked if asked in words else str(usual))
    options, held = list(words), str(st.session_state[kept])
    chosen = st.radio(label, options, options.index(held), words.__getitem__, key=f"choice_{name}", horizontal=True)
    chosen = str(chosen or usual)
    st.session_state[kept] = chosen
    if chosen != usual:
        st.query_params[name] = chosen
    elif asked is not None:
        del st.query_params[name]
    return chosen
