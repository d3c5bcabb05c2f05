"""All caveats due to an article: those its words carry, those of what is absent, those computed from stage and date."""

import datetime
from collections.abc import Callable, Iterator

from rag.domain import Caveat
from rag.evidence import absent, headline, people, products, worded
from rag.evidence.report import Report

RULES: tuple[Callable[[Report], Iterator[Caveat]], ...] = (
    people.not_in_humans,
    people.setting_not_stated,
    people.small_sample,
    people.anecdote,
    people.species_slip,
    headline.headline_overreach,
    headline.mixed_evidence,
    absent.harms,
    absent.no_control,
    absent.effect_not_quantified,
    worded.combination,
    worded.surrogate_endpoint,
    worded.trials_to_come,
    worded.hype,
    worded.garbled_text,
    worded.pipeline_count,
    worded.retracted,
    products.company_involved,
    products.other_disease,
    headline.aggregator_source,
    absent.unsaid,
)


def caveats(report: Report, today: datetime.date) -> tuple[Caveat, ...]:
    """Gather the caveats due on a given day; an article without a sentence has none."""
    if not report.article.sentences:
        return ()
    found = [caveat for rule in RULES for caveat in rule(report)]
    return (*found, *headline.age(report, today))
