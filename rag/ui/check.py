"""Check a sentence against an article, for those who write: what carries it, word by word, and what nothing does."""

import re
from collections.abc import Iterator
from html import escape

import streamlit as st

from rag.check.links import Link
from rag.claim import Problem
from rag.domain import Article, Role
from rag.errors import RagError
from rag.ui import parts, words
from rag.verify import Held, hold

HELD, FAILED, CLAIM, AGAINST = "check_held", "check_failed", "check_claim", "check_against"
PASTED = "A text I paste"
LONGEST_CLAIM, LONGEST_TEXT = 2_000, 400_000
"""Characters of a sentence, and of a text (a book)."""
EXAMPLE = 140
"""Characters of an example: a sentence with a point and its limits."""
INTRODUCTION = (
    "See whether a text carries a sentence of yours, which of its words rest on what, and which on nothing. "
    "Rules decide, not a language model; nothing is saved."
)
KINDS = {
    "number": "Another number",
    "negation": "A “not” lost or added",
    "species": "Not what was tested",
    "certainty": "Surer than the text",
    "causation": "A cause where the text has a link",
    "scope": "A limit lost",
    "entity": "Another name or thing",
    "not_in_text": "Not in the text",
}
HOWS = {
    "same": "the same word",
    "form": "another form of the word",
    "number": "the same figure",
    "meaning": "same meaning, by the list of plain words",
    "wider": "a wider word for it",
    "family": "a word of one family",
    "opposite": "says the contrary",
    "little": "adds little, so it needs no source",
    "nowhere": "nowhere in these sentences",
}


def page() -> None:
    """Draw the form, and the account of the sentence that was checked last."""
    st.html(f'<h1 class="cv-page">Check a sentence</h1><p class="cv-note">{INTRODUCTION}</p>')
    articles = {article.id: article for article in parts.chain().library.articles()}
    titles = {name: words.clipped(article.source.title, 110) for name, article in articles.items()}
    if articles:
        st.button("Fill in an example", on_click=_example, args=(tuple(articles.values()),), key="check_example")
    against = st.selectbox(
        "Check against", [*articles, ""], format_func=lambda n: titles.get(n, PASTED), key=AGAINST, on_change=_forget
    )
    with st.form("check", border=False):
        pasted = "" if against else st.text_area("Text", height=180, placeholder="Paste the article.", key="check_text")
        claim = st.text_area("Your sentence", height=80, placeholder="One sentence about the article.", key=CLAIM)
        if st.form_submit_button("Check", type="primary"):
            _take(claim or "", articles[against].text if against else pasted or "")
    if failure := st.session_state.get(FAILED):
        st.html(parts.failure_html(failure))
    elif HELD in st.session_state:
        st.html(held_html(st.session_state[HELD]))
    else:
        st.html('<p class="cv-note">Write a sentence and press Check. An example shows what you will see.</p>')


def _example(articles: tuple[Article, ...]) -> None:
    """Fill in a result of an article of the library, and forget what was checked before."""
    told = [(a.id, f.span.text) for a in articles for f in a.findings if f.role is Role.RESULT]
    told = told or [(a.id, s.span.text) for a in articles for s in a.sentences]
    article, text = min(told, key=lambda pair: abs(len(pair[1]) - EXAMPLE), default=("", ""))
    st.session_state[AGAINST], st.session_state[CLAIM] = article, " ".join(text.split())
    _forget()


def _forget() -> None:
    """Forget what was checked before: it was held against another text."""
    for key in (HELD, FAILED):
        st.session_state.pop(key, None)


def _take(claim: str, text: str) -> None:
    """Check what was given and keep the account, or what was wrong, for this browser tab."""
    _forget()
    try:
        st.session_state[HELD] = _held(claim, text)
    except RagError as error:
        st.session_state[FAILED] = error


def _held(claim: str, text: str) -> Held:
    """Hold a sentence against a text. Raises RagError where there is no sentence, no text, or too much of either."""
    if not re.search(r"\w", claim):
        raise RagError("There is no sentence to check.", "Write the sentence you want to check.")
    if len(claim) > LONGEST_CLAIM:
        raise RagError(f"That has {len(claim):,} characters.", f"Check one sentence, {LONGEST_CLAIM:,} at most.")
    if not text.strip():
        raise RagError("There is no text to check it against.", "Paste the text, or choose an article.")
    if len(text) > LONGEST_TEXT:
        raise RagError(f"This text has {len(text):,} characters.", "Paste one article at a time.")
    held = hold(claim, text)
    if not held.cited:
        raise RagError("No sentence could be read in that text.", "Paste whole sentences of the article.")
    return held


def held_html(held: Held) -> str:
    """Write the verdict, what is wrong, what the sentence rests on, and the account of its words."""
    return (
        f'<div class="cv-check"><h2 class="cv-title">{_verdict(held)}</h2>{_claim(held)}{_problems(held)}'
        f"{_cited(held)}{_losses(held)}{_links(held)}</div>"
    )


def _verdict(held: Held) -> str:
    score = f'<span class="cv-label">score {held.verdict.score:.2f} of 1</span>'
    if held.verdict.supported:
        return f"✓ The text carries this sentence. {score}"
    if all(problem.kind == "not_in_text" for problem in held.verdict.problems):
        return f"✗ The text does not carry all of this sentence. {score}"
    return f"✗ The text does not carry this sentence. {score}"


def _claim(held: Held) -> str:
    """The sentence, each word that failed marked and followed by the number of what is wrong with it."""
    text, pieces, at = held.read_as, [], 0
    for start, end, numbers in _places(held):
        if start >= at:
            label = f'<sup class="cv-letter">{", ".join(map(str, numbers))}</sup>'
            pieces += [escape(text[at:start]), f'<mark class="cv-fault">{escape(text[start:end])}</mark>{label}']
            at = end
    note = ""
    if held.words:
        note = f'<p class="cv-note">Read with the glossary: {escape(", ".join(held.words))}.</p>'
    return f'<p class="cv-said">{"".join(pieces)}{escape(text[at:])}</p>{note}'


def _places(held: Held) -> list[tuple[int, int, list[int]]]:
    """Where the words of the problems stand, each place once; a problem of the whole sentence marks none of it."""
    places: dict[tuple[int, int], list[int]] = {}
    for n, problem in enumerate(held.verdict.problems, 1):
        start = held.read_as.find(problem.claim)
        if problem.claim and start >= 0 and len(problem.claim) < min(80, len(held.read_as)):
            places.setdefault((start, start + len(problem.claim)), []).append(n)
    return [(start, end, numbers) for (start, end), numbers in sorted(places.items())]


def _problems(held: Held) -> str:
    if not held.verdict.problems:
        return ""
    items = "".join(f"<li>{_problem(problem)}</li>" for problem in held.verdict.problems)
    return f'<div class="cv-caveats"><h3>What is wrong</h3><ol>{items}</ol></div>'


def _problem(problem: Problem) -> str:
    said = f": {_quoted(problem.claim)}" if problem.claim else "."
    text = f" The text says {_quoted(problem.text)}" if problem.text else ""
    return f"<strong>{KINDS[problem.kind]}</strong>{said}{text}"


def _quoted(text: str) -> str:
    """Quote words at the end of a sentence of ours, which has one full stop."""
    words_said = escape(words.clipped(text, 90))
    return f"“{words_said}”" if words_said.endswith((".", "!", "?", "…")) else f"“{words_said}”."


def _cited(held: Held) -> str:
    quotes = "".join(f"<blockquote>{escape(sentence.span.text)}</blockquote>" for sentence in held.cited)
    heading = "It rests on" if held.verdict.supported else "The nearest the text comes"
    return f'<div class="cv-finding"><h3 class="cv-heading">{heading}</h3>{quotes}</div>'


def _losses(held: Held) -> str:
    losses = held.account.losses if held.account else ()
    if not losses:
        return ""
    items = "".join(f"<li>“{escape(loss.words)}” ({escape(loss.what)})</li>" for loss in losses)
    return (
        '<div class="cv-box"><h3>Left out of what the text says</h3>'
        f'<ul class="cv-list">{items}</ul><p class="cv-label">Leaving out is no fault by itself.</p></div>'
    )


def _links(held: Held) -> str:
    """The account, word by word, as a table that scrolls by itself where the window is narrow."""
    links = held.account.links if held.account else ()
    if not links:
        return ""
    rows = "".join(_row(link) for link in links)
    return (
        '<div class="cv-scroll" tabindex="0" role="region" aria-label="Word by word"><table class="cv-links">'
        '<caption>Word by word</caption><thead><tr><th scope="col">Your word</th><th scope="col">Rests on</th>'
        f'<th scope="col">Why</th></tr></thead><tbody>{rows}</tbody></table></div>'
    )


def _row(link: Link) -> str:
    cells = "".join(_cells(link))
    return f'<tr class="cv-{link.how}"><th scope="row">{escape(link.word)}</th>{cells}</tr>'


def _cells(link: Link) -> Iterator[str]:
    yield f"<td>{escape(link.rests) or '–'}</td>"
    yield f"<td>{'✗ ' if link.how in ('nowhere', 'opposite') else ''}{HOWS[link.how]}</td>"


with parts.guard():
    page()
