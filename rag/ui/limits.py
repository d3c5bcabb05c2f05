"""Where each limit of the evidence stands: beside the claim it limits, or in the panel, the gravest open."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from rag.claim import Claim
from rag.domain import Article, Caveat, Finding, Role
from rag.ui import words

OPEN = ("high", "always")
"""Severities that are never folded away."""
LEAST = 2
"""Limits that stand open where fewer are grave."""
HEADING, MORE, BESIDE = "Keep in mind", "More limits", "Keep in mind:"


def beside(claims: Iterable[Claim], caveats: Sequence[Caveat], articles: Sequence[Article]) -> dict[int, list[Caveat]]:
    """Give each claim, by its place, the limits of what it cites; a limit stands beside the first such claim."""
    known = {article.id: article for article in articles}
    left = [caveat for caveat in caveats if caveat.severity not in OPEN and _partial(caveat, known)]
    found: dict[int, list[Caveat]] = {}
    for n, claim in enumerate(claims):
        here = [caveat for caveat in left if _touches(claim, caveat, known)]
        left = [caveat for caveat in left if caveat not in here]
        if here:
            found[n] = here
    return found


def beside_html(caveats: Iterable[Caveat], language: str = "en") -> str:
    """Say the limits of one claim in a line below it."""
    said = " ".join(dict.fromkeys(caveat.text(language) for caveat in caveats))
    return f'<p class="cv-beside"><strong>{BESIDE}</strong> {escape(said)}</p>' if said else ""


def panel_html(
    caveats: Sequence[Caveat], articles: Sequence[Article], language: str = "en", all_open: bool = False
) -> str:
    """List limits in words, under the sources they are of, one that several share once; the less grave folded."""
    if not caveats:
        return ""
    grave = [caveat for caveat in caveats if caveat.severity in OPEN]
    others = [caveat for caveat in caveats if caveat.severity not in OPEN]
    missing = len(others) if all_open or len(others) == 1 else max(0, LEAST - len(grave))
    last = [caveat for caveat in grave if caveat.severity == "always"]
    first = [caveat for caveat in grave if caveat not in last] + others[:missing]
    folded = _groups_html(others[missing:], articles, language)
    more = f"<details><summary>{MORE} ({folded.count('<li>')})</summary>{folded}</details>" if folded else ""
    return (
        f'<aside class="cv-caveats" aria-label="Limits of this evidence"><h3>{HEADING}</h3>'
        f"{_groups_html([*first, *last], articles, language)}{more}</aside>"
    )


def _groups_html(caveats: Iterable[Caveat], articles: Sequence[Article], language: str) -> str:
    known = {article.id: (n, article) for n, article in enumerate(articles, 1)}
    numbers: dict[str, list[int]] = {}
    for caveat in caveats:
        number, article = known.get(caveat.article or "", (0, None))
        said = f"{_about(caveat, article)}{escape(caveat.text(language))}"
        numbers.setdefault(said, [])
        if number and number not in numbers[said]:
            numbers[said].append(number)
    groups: dict[tuple[int, ...], list[str]] = {}
    for said, found in numbers.items():
        groups.setdefault(tuple(sorted(found)), []).append(f"<li>{said}</li>")
    alone = len(articles) < 2
    return "".join(
        f"{'' if alone else _heading(sources, articles)}<ul>{''.join(items)}</ul>"
        for sources, items in sorted(groups.items(), key=lambda group: -len(group[0]))
    )


def _heading(sources: tuple[int, ...], articles: Sequence[Article]) -> str:
    if not sources:
        return ""
    if len(sources) == 1:
        return f"<h4>About source {sources[0]}: {escape(words.short(articles[sources[0] - 1].source))}</h4>"
    *some, last = map(str, sources)
    named = "all sources" if len(sources) == len(articles) > 2 else f"sources {', '.join(some)} and {last}"
    return f"<h4>About {named}</h4>"


def _about(caveat: Caveat, article: Article | None) -> str:
    """Name the results a limit is of, where the article has others that it is not of."""
    if article is None or caveat.findings is None:
        return ""
    results = [(caveat.limits(i), f) for i, f in enumerate(article.findings) if f.role is Role.RESULT]
    limited, free = (_kinds(f for touched, f in results if touched is wanted) for wanted in (True, False))
    if not limited or not free - limited:
        return ""
    return f'<span class="cv-about">{escape("; ".join(sorted(limited)))}:</span> '


def _kinds(findings: Iterable[Finding]) -> set[str]:
    return {", ".join(filter(None, (words.stage(f.stage), words.species(f)))) for f in findings}


def _partial(caveat: Caveat, known: Mapping[str, Article]) -> bool:
    """Whether a limit is of some of its article's findings and not of every result."""
    article = known.get(caveat.article or "")
    if article is None or caveat.findings is None:
        return False
    return any(f.role is Role.RESULT and not caveat.limits(i) for i, f in enumerate(article.findings))


def _touches(claim: Claim, caveat: Caveat, known: Mapping[str, Article]) -> bool:
    return any(
        citation.article == caveat.article and caveat.limits(i)
        for citation in claim.citations
        for i, _ in known[citation.article].findings_at(citation.span)
    )
