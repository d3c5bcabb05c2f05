"""Facts put into the reader's words: dates, sources, evidence labels. Strings only, no Streamlit."""

import re
from collections.abc import Iterable
from html import escape

from rag import catalogue
from rag.domain import Article, Finding, Role, Source, Stage
from rag.export.plaintext import day
from rag.safety.words import lines

ROLES = {
    Role.RESULT: "Reported as a result",
    Role.ONGOING: "A study under way, with no results yet",
    Role.PLANNED: "Planned or wished for, not done yet",
    Role.BACKGROUND: "Known from before, not a result of this study",
    Role.ASPIRATION: "A hope, not a result",
}
PROBLEMS = {
    "number": "a number is not the one in the article",
    "negation": "it turns a no into a yes, or a yes into a no",
    "species": "it is not about whom or what was tested",
    "certainty": "it sounds surer than the article",
    "causation": "it says that one thing causes another, and the article does not",
    "scope": "it goes further than the article",
    "entity": "it names something that the article does not",
    "not_in_text": "the words it cites do not say it",
}
"""What the check finds wrong with a sentence, in words."""
KEPT = "An answer kept from before. It was not checked again; the library may have changed."
NOT_STATED = "not stated"
CHIP_LENGTH = 44
"""Characters of a title that fit on one line of a 390-pixel phone beside a date."""
QUESTION_LENGTH = 400
"""Characters of a question that are repeated above its answer."""


def clipped(text: str, length: int) -> str:
    """Shorten a text to whole words within a length, with an ellipsis where something was left off."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    head = line[:length]
    return f"{head.rsplit(' ', 1)[0] if ' ' in head else head}…"


def short(source: Source) -> str:
    """Name a source on a chip: outlet, else the beginning of the title; and the date."""
    return f"{source.outlet or clipped(source.title, CHIP_LENGTH)}, {day(source.date)}"


def stated(source: Source) -> str:
    """Say outlet, date and journal in a line, and which of them are not stated."""
    facts = (source.outlet or f"outlet {NOT_STATED}", day(source.date), f"journal {source.journal or NOT_STATED}")
    return "; ".join(facts)


def size(finding: Finding) -> str:
    """Say how many took part, "" where the article does not."""
    if finding.sample_size is None:
        return ""
    if not finding.stage.in_people:
        return f"a sample of {finding.sample_size:,}"
    return "1 person" if finding.sample_size == 1 else f"{finding.sample_size:,} people"


def stage(kind: Stage) -> str:
    """Label a stage in a few words."""
    return catalogue.render(f"badge_{kind}", "en", {})


def stage_meaning(kind: Stage) -> str:
    """Say in a sentence or two what a stage means for a reader."""
    return catalogue.render(f"stage_{kind}", "en", {})


def species(finding: Finding) -> str:
    """Name the animals a finding was made in, "" where the article says no more than animals."""
    return finding.setting if finding.setting and finding.setting != "animals" else ""


def badges(findings: Iterable[Finding]) -> dict[str, Stage]:
    """Label the results among some findings, lowest stage first, each once, with the size of the study where known."""
    results = sorted((f for f in findings if f.role is Role.RESULT), key=lambda f: f.stage.rank)
    sized = {f.stage for f in results if f.sample_size}
    return {
        ", ".join(filter(None, (stage(f.stage), species(f), size(f)))): f.stage
        for f in results
        if f.sample_size or f.stage not in sized
    }


def article_badges_html(article: Article) -> str:
    """Show the labels of an article's results, or of the article where it reports none."""
    return badges_html(article.findings) or _line([stage(article.stage)])


def badges_html(findings: Iterable[Finding], meaning: bool = False) -> str:
    """Show the results among some findings as a line of text labels, "" where none is a result."""
    found = badges(findings)
    if not found:
        return ""
    said = (
        "".join(f'<p class="cv-note">{escape(stage_meaning(kind))}</p>' for kind in dict.fromkeys(found.values()))
        if meaning
        else ""
    )
    return _line(found) + said


def _line(labels: Iterable[str]) -> str:
    items = "".join(f"<li>{escape(label)}</li>" for label in labels)
    return f'<div class="cv-evidence"><span class="cv-label">Kind of evidence</span><ul>{items}</ul></div>'


def facts_html(article: Article) -> str:
    """Show where an article comes from, saying "not stated" where it does not tell."""
    source = article.source
    facts = {
        "Outlet": (source.outlet, "outlet"),
        "Date": (day(source.date) if source.date else None, "date"),
        "Journal": (source.journal, "journal"),
        "Written by": (", ".join(source.authors), "authors"),
        "Researchers": (", ".join(source.researchers), "researchers"),
        "Institutions": (", ".join(source.institutions), "institutions"),
    }
    rows = "".join(
        f"<div><dt>{name}</dt><dd>{escape(value or NOT_STATED)}{_how(source.found.get(fact))}</dd></div>"
        for name, (value, fact) in facts.items()
    )
    return f'<dl class="cv-facts">{rows}</dl>'


def with_numbers_html(text: str) -> str:
    """Write fixed words as HTML in which each help number can be pressed, to call it, and is not broken over lines."""
    known = {line.number: line for line in lines()}
    pattern = "|".join(re.escape(number) for number in sorted(known, key=len, reverse=True))

    def link(found: re.Match[str]) -> str:
        number = escape(found[0])
        if known[found[0]].what == "directory":
            return f'<a class="cv-call" href="https://{number}" target="_blank" rel="noreferrer">{number}</a>'
        return f'<a class="cv-call" href="tel:{number.replace(" ", "")}">{number}</a>'

    return re.sub(rf"(?<!\w)(?:{pattern})(?!\w)", link, escape(text))


def _how(found: str | None) -> str:
    return f'<span class="cv-how">{escape(found)}</span>' if found else ""


def why(problems: Iterable[str]) -> str:
    """Say why a sentence was left out."""
    said = "; ".join(PROBLEMS[problem] for problem in dict.fromkeys(problems)) or PROBLEMS["not_in_text"]
    return f"Left out because {said}."


def literal(text: str) -> str:
    """Escape a text for a Streamlit label, so that nothing in it is read as Markdown, a color, an icon or a formula."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", " ".join(text.split()))
