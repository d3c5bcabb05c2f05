"""The summaries page: an article in short, to read or to send on."""

from rag.question import Kind
from rag.ui import leaflets, parts

with parts.guard():
    leaflets.page(
        Kind.SUMMARY,
        "Summaries",
        "An article in short: what was found, in whom, and how sure that is. The limits stay in at each level.",
    )
