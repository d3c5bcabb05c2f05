"""The summaries page: an article in short, to read or to send on."""

from rag.question import Kind
from rag.ui import leaflets, parts

with parts.guard():
    leaflets.page(
        Kind.SUMMARY,
        "Summaries",
        "An article or a topic in short: what was found, in whom, how sure that is. The limits stay in at each level.",
    )
