"""The JSON of the public contract: a field keeps its name and its meaning."""

from collections.abc import Sequence
from typing import Any

from rag.brief import Brief
from rag.claim import Claim, Note
from rag.domain import Article, Caveat, Finding, Hit, Source
from rag.export.plaintext import plain_text

Json = dict[str, Any]


def brief_json(brief: Brief) -> Json:
    """Return a Brief as the contract has it."""
    return {
        "kind": str(brief.kind),
        "outcome": str(brief.outcome),
        "language": brief.language,
        "title": brief.title.text,
        "bottom_line": brief.bottom_line,
        "standing": brief.standing,
        "sections": [
            {
                "heading": section.heading.text,
                "columns": [column.text for column in section.columns],
                "lines": [_line(line) for line in section.lines],
            }
            for section in brief.sections
        ],
        "text": plain_text(brief),
        "evidence": [{"article": finding.article, **finding_json(finding)} for finding in brief.evidence],
        "caveats": [
            {
                key: value
                for key, value in {"article": caveat.article, **caveat_json(caveat, brief.language)}.items()
                if key not in ("start", "end")
            }
            for caveat in brief.caveats
        ],
        "sources": [source_json(article, brief.also_in.get(article.id, ())) for article in brief.articles],
        "glossary": [{"term": term, "plain": plain} for term, plain in brief.glossary],
        "grade": brief.grade,
        "grade_shown": brief.grade_shown,
        "written_by": brief.written_by,
        "notices": list(brief.notices),
        "dropped": [{"text": gone.text, "problems": list(gone.problems)} for gone in brief.dropped],
        "tokens": {"prompt": t.prompt, "completion": t.completion, "exact": t.exact} if (t := brief.tokens) else None,
        "timings_ms": dict(brief.timings_ms),
    }


def _line(line: Claim | Note) -> Json:
    if isinstance(line, Note):
        return {"kind": "note", "id": line.id, "text": line.text, "article": line.article}
    citations = [
        {"article": c.article, "start": c.span.start, "end": c.span.end, "quote": c.span.text} for c in line.citations
    ]
    return {"kind": "claim", "text": line.text, "verdict": "supported", "citations": citations}


def source_json(article: Article, also_in: Sequence[str] = ()) -> Json:
    """Return where an article comes from; null where the text does not say. `also_in`: others with the same release."""
    source = article.source
    return {"id": article.id, "origin": source.origin, **_stated(source), "url": source.url, "also_in": list(also_in)}


def _stated(source: Source) -> Json:
    """What a text says of where it comes from, and how each fact was found."""
    return {
        "title": source.title,
        "outlet": source.outlet,
        "date": source.date,
        "journal": source.journal,
        "authors": list(source.authors),
        "researchers": list(source.researchers),
        "institutions": list(source.institutions),
        "found": dict(source.found),
    }


def listing_json(article: Article, same_release: Sequence[str] = (), *, with_text: bool) -> Json:
    """Return one article of the library's listing; `same_release`: the ids of others that carry the same one."""
    listed = source_json(article, same_release) | {
        "stage": str(article.stage),
        "stages": [str(stage) for stage in article.stages],
        "findings": len(article.findings),
        "caveats": list(dict.fromkeys(caveat.kind for caveat in article.caveats)),
        "sentences": len(article.sentences),
        "removed": [span.text for span in article.removed],
        "same_release": list(same_release),
    }
    return listed | ({"text": article.text} if with_text else {})


def appraisal_json(article: Article, *, with_text: bool) -> Json:
    """Return what kind of evidence an article reports; `text` for a file, where the caller does not hold it."""
    appraisal = {
        **_stated(article.source),
        "removed": [span.text for span in article.removed],
        "stage": str(article.stage),
        "stages": [str(stage) for stage in article.stages],
        "findings": [finding_json(finding) for finding in article.findings],
        "caveats": [caveat_json(caveat, "en") for caveat in article.caveats],
    }
    return appraisal | ({"text": article.text} if with_text else {})


def finding_json(finding: Finding) -> Json:
    """Return a finding with its place in the text."""
    return {
        "stage": str(finding.stage),
        "role": str(finding.role),
        "sample_size": finding.sample_size,
        "quote": finding.span.text,
        "start": finding.span.start,
        "end": finding.span.end,
    }


def caveat_json(caveat: Caveat, language: str) -> Json:
    """Return a caveat with the words it rests on, null for one of absence."""
    span = caveat.span
    return {
        "id": caveat.kind,
        "severity": caveat.severity,
        "text": caveat.text(language),
        "quote": span.text if span else None,
        "start": span.start if span else None,
        "end": span.end if span else None,
    }


def hits_json(hits: Sequence[Hit], origins: dict[str, str], milliseconds: float) -> Json:
    """Return search results; `origins` maps an article's id to its file name or address."""
    return {
        "hits": [
            {
                "article": hit.passage.article,
                "origin": origins[hit.passage.article],
                "title": hit.passage.title,
                "score": round(hit.score, 4),
                "quote": hit.passage.span.text,
                "start": hit.passage.span.start,
                "end": hit.passage.span.end,
                "found_by": list(hit.found_by),
            }
            for hit in hits
        ],
        "timings_ms": {"search": round(milliseconds, 1)},
    }
