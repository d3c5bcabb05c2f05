"""What an article reports, what limits it, what it does not say, and its text with all of that marked in place."""

from html import escape

from rag.domain import Article, Caveat, Role
from rag.evidence.reach import unread
from rag.ui import article, marked, words

ABSENT = frozenset(
    {
        "harms_missing", "dose_missing", "followup_missing", "no_control", "availability_missing",
        "no_independent_voice", "journal_not_named", "setting_not_stated", "undated",
    }
)  # fmt: skip
"""Caveats of what an article leaves out, unless they rest on words of it."""
QUOTE = 140
"""Characters of a finding's words in the list; the text beside it has them all."""


def html(found: Article, prefix: str = "") -> str:
    """Write an article with all that was read out of it; `prefix` keeps several on one page apart."""
    return f'<div class="cv-appraisal">{article.heading_html(found)}{body_html(found, prefix)}</div>'


def body_html(found: Article, prefix: str = "") -> str:
    """Write the same without title and origin."""
    notice = unread(found)
    said = f'<div class="cv-box"><p>{escape(notice)}</p></div>' if notice else ""
    aside = _findings(found, prefix) + _limits(found, prefix) + _absent(found) if found.findings else ""
    side = f'<div class="cv-side">{aside}</div>' if aside else ""
    legend = marked.LEGEND if found.findings else ""
    text = f'<div><h3 class="cv-heading">The text</h3>{legend}{marked.text_html(found, prefix)}</div>'
    return f'{said}<div class="cv-two">{side}{text}</div>'


def _findings(found: Article, prefix: str) -> str:
    """List the results, then, folded up, what is planned, under way, known from before or hoped."""
    results = [_finding(found, n, prefix) for n, f in enumerate(found.findings) if f.role is Role.RESULT]
    others = [_finding(found, n, prefix) for n, f in enumerate(found.findings) if f.role is not Role.RESULT]
    shown = f'<ul class="cv-entries">{"".join(results)}</ul>' if results else "<p>No result is reported.</p>"
    folded = f'<ul class="cv-entries">{"".join(others)}</ul>'
    summary = f"<summary>Also mentioned, and no result of this study ({len(others)})</summary>"
    more = f'<details class="cv-terms">{summary}{folded}</details>' if others else ""
    return f'<section class="cv-found"><h3 class="cv-heading">What it reports</h3>{shown}{more}</section>'


def _finding(found: Article, n: int, prefix: str) -> str:
    finding = found.findings[n]
    quote = escape(words.clipped(finding.span.text, QUOTE))
    back = _back("finding", n + 1, prefix, f"Show finding {n + 1} in the text")
    place = marked.entry_id("finding", n + 1, prefix)
    return (
        f'<li id="{place}" tabindex="-1"><span class="cv-label">{escape(marked.label(finding, n + 1))}</span>'
        f"<blockquote>{quote}</blockquote>{back}</li>"
    )


def _limits(found: Article, prefix: str) -> str:
    """List the caveats, those that rest on words with the letter by which the text marks them."""
    letters = marked.letters(found)
    items = "".join(
        _limit(caveat, letters.get(n), prefix) for n, caveat in enumerate(found.caveats) if not _is_absent(caveat)
    )
    return f'<section class="cv-caveats"><h3>Keep in mind</h3><ul>{items}</ul></section>' if items else ""


def _limit(caveat: Caveat, letter: str | None, prefix: str) -> str:
    if letter is None:
        return f"<li>{escape(caveat.text())}</li>"
    back = _back("limit", letter, prefix, f"Show limit {letter} in the text")
    place = marked.entry_id("limit", letter, prefix)
    said = f'<span class="cv-letter">{letter}</span> {escape(caveat.text())}'
    return f'<li id="{place}" tabindex="-1">{said} {back}</li>'


def _back(kind: str, name: object, prefix: str, spoken: str) -> str:
    place = marked.mark_id(kind, name, prefix)
    return f'<a class="cv-to" href="#{place}" aria-label="{escape(spoken)}">Show in the text</a>'


def _absent(found: Article) -> str:
    items = "".join(f"<li>{escape(caveat.text())}</li>" for caveat in found.caveats if _is_absent(caveat))
    return f'<section class="cv-box cv-absent"><h3>What it does not say</h3><ul>{items}</ul></section>' if items else ""


def _is_absent(caveat: Caveat) -> bool:
    return caveat.kind in ABSENT and caveat.span is None
