"""The library: which articles there are, what each reports and how far it can be trusted; adding and removing them."""

from collections.abc import Iterable, Mapping
from html import escape

import streamlit as st

from rag.chain import Chain
from rag.domain import Article, Role
from rag.ui import access, adding, appraisal, filters, parts, removing, scroll, store, words

PAGE, SHOWN, PLACE = 20, "library-shown", "library-place"
ADD, STORE = "add", "store"
LONGEST_TITLE = 200
"""Characters of a title in the list; above its article it stands whole."""
GONE = "That article is not in the library any more. Someone may have removed it just now."


def page() -> None:
    """Draw what the address names: one article, the way in of new ones, the state of the library, or the list."""
    chain = parts.chain()
    view = st.query_params.get("view")
    _arrive(view, st.query_params.get("article"))
    if view == STORE:
        _headed("State of the library")
        store.view(chain)
        return
    articles = {found.id: found for found in chain.library.articles()}
    if view == ADD or not articles:
        _adding(chain, bool(articles))
        return
    wanted = st.query_params.get("article")
    if wanted in articles:
        _one(chain, articles, articles[wanted])
        return
    st.html('<h1 class="cv-page">Library</h1>')
    if wanted:
        st.html(f'<div class="cv-box" role="status"><p>{GONE}</p></div>')
    removing.told(chain.library)
    _list(chain, articles)


def _arrive(*place: str | None) -> None:
    """Begin at the top of what has just been opened; Streamlit leaves the window where it stood."""
    if st.session_state.get(PLACE, place) != place:
        scroll.to_top()
    st.session_state[PLACE] = place


def _headed(heading: str) -> None:
    """Draw a page under the list, with the way back."""
    st.button("Back to all articles", key="back", type="tertiary", on_click=_go)
    st.html(f'<h1 class="cv-page">{heading}</h1>')


def _go(**query: str) -> None:
    """Put what to show in the address, so that the page can be reloaded and gone back from."""
    st.query_params.from_dict(query)


def _adding(chain: Chain, any_articles: bool) -> None:
    if any_articles:
        _headed("Add articles")
    else:
        removing.told(chain.library)
        st.html('<h1 class="cv-page">Library</h1><p class="cv-note"><strong>The library is empty.</strong></p>')
    if access.may_change():
        adding.view(chain)
    else:
        st.html(f'<div class="cv-box"><p>{access.READ_ONLY}</p></div>')


def _list(chain: Chain, articles: Mapping[str, Article]) -> None:
    with st.container(horizontal=True, gap="small", key="library-actions"):
        if access.may_change():
            st.button("Add articles", key="add", type="primary", on_click=_go, kwargs={"view": ADD})
        st.button("State of the library", key="state", on_click=_go, kwargs={"view": STORE})
    every = filters.newest_first(articles.values())
    wanted = filters.draw(every) if len(every) > 1 else filters.Wanted()
    found = [article for article in every if wanted.fits(article)]
    groups = list(_releases(chain, found))
    st.html(f'<p class="cv-note" role="status">{_count(len(found), len(every))}</p>')
    if len(found) < len(every):
        st.button("Show all articles", key="all", on_click=filters.clear)
    shown: int = st.session_state.get(SHOWN, PAGE)
    for first, others in groups[:shown]:
        _entry(first, others)
    if len(groups) > shown:
        more = min(PAGE, len(groups) - shown)
        st.button(f"Show {more} more", key="more", on_click=_more, args=(shown + PAGE,))


def _more(shown: int) -> None:
    st.session_state[SHOWN] = shown


def _count(found: int, of: int) -> str:
    if found < of:
        return f"{found:,} of {of:,} articles" if found else "No article fits what you are looking for."
    return f"{'1 article' if of == 1 else f'{of:,} articles'}. Every answer comes from these and nothing else."


def _releases(chain: Chain, found: Iterable[Article]) -> Iterable[tuple[Article, list[Article]]]:
    """Put the articles that carry one press release together, under the first of them."""
    listed = {article.id: article for article in found}
    done: set[str] = set()
    for article in listed.values():
        if article.id not in done:
            others = [listed[name] for name in chain.library.same_release(article.id) if name in listed.keys() - done]
            done |= {article.id, *(other.id for other in others)}
            yield article, others


def _entry(found: Article, others: Iterable[Article]) -> None:
    results = sum(finding.role is Role.RESULT for finding in found.findings)
    counted = "1 result reported" if results == 1 else f"{results or 'No'} results reported"
    facts = f'<p class="cv-stated">{escape(words.stated(found.source))}</p><p class="cv-stated">{counted}</p>'
    with st.container(border=True, key=f"entry-{found.id}"):
        title = words.literal(words.clipped(found.source.title, LONGEST_TITLE))
        st.button(title, key=f"read-{found.id}", type="tertiary", wrap=True, on_click=_go, kwargs={"article": found.id})
        st.html(f"{facts}{words.article_badges_html(found)}")
        _same(others)


def _same(others: Iterable[Article]) -> None:
    """Offer the other articles that carry the same press release."""
    for n, other in enumerate(others):
        if n == 0:
            st.html('<p class="cv-stated">The same press release, in other words or under another headline:</p>')
        label = words.literal(f"{words.clipped(other.source.title, 70)} ({words.short(other.source)})")
        st.button(label, key=f"same-{other.id}", type="tertiary", wrap=True, on_click=_go, kwargs={"article": other.id})


def _one(chain: Chain, articles: Mapping[str, Article], found: Article) -> None:
    """Show one article: origin, findings, limits, and the text with all of them marked."""
    st.html('<h1 class="cv-hidden">Library</h1>')
    st.button("Back to all articles", key="back", type="tertiary", on_click=_go)
    removing.told(chain.library)
    _same(articles[name] for name in chain.library.same_release(found.id) if name in articles)
    st.html(appraisal.html(found))
    if access.may_change():
        removing.offer(chain.library, found)


with parts.guard():
    page()
