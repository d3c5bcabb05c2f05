"""The explainers page: an article in plain words, to print and take to a doctor."""

from rag.question import Kind
from rag.ui import leaflets, parts

with parts.guard():
    leaflets.page(
        Kind.EXPLAINER,
        "Explainers",
        "An article or a topic in plain words, with questions for a care team. Print it, or save it and send it on.",
    )
