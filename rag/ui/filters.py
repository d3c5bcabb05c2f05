"""Find articles in the list: by words of the title, outlet, year and kind of evidence."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import streamlit as st

from rag.domain import Article, Stage
from rag.ui import words

KEYS = ("find-words", "find-outlet", "find-year", "find-stage")
ANY = {"find-outlet": "Any outlet", "find-year": "Any year", "find-stage": "Any kind of evidence"}
NOT_STATED = "Not stated"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader looks for; "" where it does not matter."""

    text: str = ""
    outlet: str = ""
    year: str = ""
    stage: str = ""

    def fits(self, article: Article) -> bool:
        """Whether an article is among those looked for."""
        told = f"{article.source.title} {article.source.outlet or ''}".casefold()
        return (
            all(word in told for word in self.text.casefold().split())
            and self.outlet in ("", outlet(article))
            and self.year in ("", year(article))
            and (not self.stage or self.stage in stages(article))
        )


def outlet(article: Article) -> str:
    """Name the outlet of an article."""
    return article.source.outlet or NOT_STATED


def year(article: Article) -> str:
    """Name the year of an article."""
    return article.source.date[:4] if article.source.date else NOT_STATED


def stages(article: Article) -> tuple[str, ...]:
    """Name the kinds of evidence an article reports."""
    return tuple(map(words.stage, article.stages or (article.stage,)))


def newest_first(articles: Iterable[Article]) -> list[Article]:
    """Sort articles by date, the undated last, and those of one date by title."""
    by_title = sorted(articles, key=lambda article: article.source.title.casefold())
    return sorted(by_title, key=lambda article: article.source.date or "", reverse=True)


def draw(articles: Sequence[Article]) -> Wanted:
    """Draw the controls and return what they are set to."""
    text = st.text_input(
        "Find in titles", key=KEYS[0], placeholder="Example: sleep", live=True, persist_state="session"
    )
    narrowed = any(st.session_state.get(key) for key in KEYS[1:])
    with st.expander("Narrow the list", expanded=narrowed, key="find-more"):
        left, middle, right = st.columns(3)
        with left:
            by_outlet = _choice("Outlet", KEYS[1], articles, lambda found: (outlet(found),))
        with middle:
            by_year = _choice("Year", KEYS[2], articles, lambda found: (year(found),))
        with right:
            by_stage = _choice("Kind of evidence", KEYS[3], articles, stages)
    return Wanted(text or "", by_outlet, by_year, by_stage)


def clear() -> None:
    """Look for everything again."""
    for key in KEYS:
        st.session_state[key] = ""


def _choice(label: str, key: str, articles: Sequence[Article], told: Callable[[Article], tuple[str, ...]]) -> str:
    """Offer what there is, each with how many articles have it; returns "" for any."""
    counts = Counter(name for article in articles for name in told(article))
    names = ["", *sorted(counts, key=_order(key))]
    if st.session_state.get(key, "") not in names:
        st.session_state[key] = ""
    chosen: str = st.selectbox(
        label,
        names,
        format_func=lambda name: f"{name} ({counts[name]:,})" if name else ANY[key],
        key=key,
        persist_state="session",
    )
    return chosen


def _order(key: str) -> Callable[[str], tuple[bool, int, str]]:
    """Sort kinds of evidence by the ladder, years from the newest, outlets by name; what is not stated comes last."""
    ranks = {words.stage(stage): stage.rank for stage in Stage}

    def place(name: str) -> tuple[bool, int, str]:
        number = -int(name) if key == "find-year" and name.isdigit() else ranks.get(name, 0)
        return name == NOT_STATED, number, name.casefold()

    return place
