"""Where each limit of the evidence stands: beside the claim it limits, or in a panel, the gravest open.

What stands open in the panel before the first claim stays there, so that no claim moves while others come.
"""

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
MOVED = "Others stand beside the sentences."
SINGLE = "Keep in mind about single articles"
LABEL = "Limits of this evidence"


def beside(
    claims: Sequence[Claim], caveats: Sequence[Caveat], articles: Sequence[Article], opened: int | None = None
) -> dict[int, list[Caveat]]:
    """Give each claim, by its place, the limits of what it cites; a limit stands beside the first such claim.

    Only the first `opened` claims stand open: a grave limit never goes where it would be folded away.
    """
    known = {article.id: article for article in articles}
    _, folded, own = _parts(caveats, articles)
    left = [caveat for caveat in folded if _partial(caveat, known)]
    found: dict[int, list[Caveat]] = {}
    for n, claim in enumerate(claims):
        grave = [caveat for caveat in own if _cites(claim, caveat)] if opened is None or n < opened else []
        here = grave + [caveat for caveat in left if _touches(claim, caveat, known)]
        own, left = ([caveat for caveat in group if caveat not in here] for group in (own, left))
        if here:
            found[n] = here
    return found


def beside_html(caveats: Iterable[Caveat], articles: Sequence[Article], language: str = "en") -> str:
    """Say the limits of one claim in a line below it."""
    said = [_said(c, articles, language) if c.severity in OPEN else escape(c.text(language)) for c in caveats]
    return f'<p class="cv-beside"><strong>{BESIDE}</strong> {" ".join(dict.fromkeys(said))}</p>' if said else ""


def panel_html(
    caveats: Sequence[Caveat],
    articles: Sequence[Article],
    moved: Sequence[Caveat] = (),
    language: str = "en",
    all_open: bool = False,
) -> str:
    """List the limits of an answer in words, the less grave folded, without those `moved` beside a claim.

    Of several articles it holds what they share; the grave limits of one of them are in `single_html`.
    """
    first, others, _ = _parts(caveats, articles)
    rest = [caveat for caveat in others if caveat not in moved]
    opened, folded = ([*first, *rest], "") if all_open else (first, _list_html(rest, articles, language))
    more = f"<details><summary>{MORE} ({folded.count('<li>')})</summary>{folded}</details>" if folded else ""
    if others and not rest:
        more = f'<p class="cv-moved">{MOVED}</p>'
    body = _list_html(opened, articles, language) + more
    return f'<aside class="cv-caveats" aria-label="{LABEL}"><h3>{HEADING}</h3>{body}</aside>' if body else ""


def single_html(
    caveats: Sequence[Caveat], articles: Sequence[Article], moved: Sequence[Caveat] = (), language: str = "en"
) -> str:
    """List the grave limits of single articles among several that stand beside no claim, "" where all do."""
    left = _list_html([caveat for caveat in _parts(caveats, articles)[2] if caveat not in moved], articles, language)
    return f'<aside class="cv-caveats" aria-label="{SINGLE}"><h3>{SINGLE}</h3>{left}</aside>' if left else ""


def _parts(caveats: Sequence[Caveat], articles: Sequence[Article]) -> tuple[list[Caveat], list[Caveat], list[Caveat]]:
    """Part limits into those that stand open, those that are folded, and the grave ones of one article of several."""
    known = {article.id: article for article in articles}
    grave = [caveat for caveat in caveats if caveat.severity in OPEN]
    own = _alone(grave, articles) if len(articles) > 1 else []
    shared = [caveat for caveat in grave if caveat not in own]
    others = [caveat for caveat in caveats if caveat.severity not in OPEN]
    opened = others
    if len(others) > 1:
        # Those of every result first: they have no claim that they could go beside.
        fixed = [caveat for caveat in others if not _partial(caveat, known)]
        opened = fixed[: max(0, LEAST - len(shared))] or ([] if shared else others[:LEAST])
    last = [caveat for caveat in shared if caveat.severity == "always"]
    first = [caveat for caveat in shared if caveat not in last]
    return [*first, *opened, *last], [caveat for caveat in others if caveat not in opened], own


def _alone(grave: Sequence[Caveat], articles: Sequence[Article]) -> list[Caveat]:
    """The limits that are of one article and that no other article has too."""
    told = [_said(caveat, articles) for caveat in grave]
    of: dict[str, set[str | None]] = {}
    for said, caveat in zip(told, grave, strict=True):
        of.setdefault(said, set()).add(caveat.article)
    return [c for said, c in zip(told, grave, strict=True) if c.article is not None and len(of[said]) == 1]


def _said(caveat: Caveat, articles: Sequence[Article], language: str = "en") -> str:
    """Write a limit as HTML, with the results it is of where its article has others."""
    article = next((article for article in articles if article.id == caveat.article), None)
    return f"{_about(caveat, article)}{escape(caveat.text(language))}"


def _list_html(caveats: Iterable[Caveat], articles: Sequence[Article], language: str) -> str:
    """List limits, what several articles share once and first, each with the sources it is of."""
    known = {article.id: n for n, article in enumerate(articles, 1)}
    numbers: dict[str, set[int]] = {}
    for caveat in caveats:
        sources = {known[caveat.article]} if caveat.article in known else set()
        numbers.setdefault(_said(caveat, articles, language), set()).update(sources)
    told = sorted(numbers.items(), key=lambda each: -len(each[1]))
    items = "".join(f"<li>{said}{_of(sorted(sources), articles)}</li>" for said, sources in told)
    return f"<ul>{items}</ul>" if items else ""


def _of(sources: Sequence[int], articles: Sequence[Article]) -> str:
    """Name the sources a limit is of, "" where there is but one article."""
    if not sources or len(articles) < 2:
        return ""
    if len(sources) == 1:
        named = f"Source {sources[0]}: {escape(words.short(articles[sources[0] - 1].source))}"
    elif len(sources) == len(articles):
        named = "Both sources" if len(articles) == 2 else f"All {len(articles)} sources"
    else:
        named = f"Sources {', '.join(map(str, sources[:-1]))} and {sources[-1]}"
    return f' <small class="cv-of">{named}</small>'


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


def _cites(claim: Claim, caveat: Caveat) -> bool:
    return any(citation.article == caveat.article for citation in claim.citations)
