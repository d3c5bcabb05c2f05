"""A summary or an explainer retold by a language model: the built-in writer lays it out, the model rewords its parts.

Notes, headings and caveats stay as they are laid out. A part that the model leaves empty, or of which no claim passes
its check, keeps the sentences it had.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from rag.brief import Tokens
from rag.claim import Draft, Note, Problem
from rag.domain import Caveat, Sentence
from rag.question import Evidence
from rag.settings import Settings
from rag.writers.endpoint import Endpoint
from rag.writers.extractive import Extractive, Line, Writer
from rag.writers.faults import Fault
from rag.writers.llm import LLMWriter, ModelDraft
from rag.writers.prompts import Part, cited, laid_out

Lines = Sequence[tuple[Note, Draft | Note]]


class Outline(Writer, Protocol):
    """What lays a leaflet out: headings with notes and with sentences of the articles, and the caveats it shows."""

    def due(self) -> Sequence[Caveat]:
        """Return the caveats that are shown."""
        ...


class LeafletModel(LLMWriter):
    """Writes a leaflet through a model server, to the outline of a built-in writer."""

    def __init__(self, endpoint: Endpoint, outline: Outline) -> None:
        """Take the server to ask and what lays the leaflet out."""
        super().__init__(endpoint)
        self._outline = outline

    def write(self, evidence: Evidence) -> Iterator[Line]:
        """Yield the lines of the outline, its sentences retold, and last the tokens used.

        Raises WriterError where the model fails, before any line.
        """
        lines = [line for line in self._outline.write(evidence) if not isinstance(line, Tokens)]
        asked = laid_out(_parts(lines, evidence), evidence, self.name)
        if asked is None:
            yield from lines
            return
        run = self._endpoint.run()
        try:
            told = list(self._drafts(asked, run))
        except Fault as failed:
            if run.prompt:
                yield run.tokens
            raise failed.error from None
        yield from _put(lines, told, evidence)
        yield run.tokens

    def repair(self, draft: Draft, problems: Sequence[Problem], evidence: Evidence) -> Draft | None:
        """Ask once for a draft of the model again; one of the outline is mended as the built-in writer does."""
        if isinstance(draft, ModelDraft):
            return super().repair(draft, problems, evidence)
        return self._outline.repair(draft, problems, evidence)

    def due(self) -> Sequence[Caveat]:
        """Return the caveats that are shown."""
        return self._outline.due()


def open_leaflet_model(settings: Settings) -> Callable[[Outline], LeafletModel] | None:
    """Return what writes leaflets through the model of the settings, None where none is named or it is turned off."""
    if settings.writer == Extractive.name or settings.model is None:
        return None
    endpoint = Endpoint(settings.model, settings.base_url, settings.api_key)
    return lambda outline: LeafletModel(endpoint, outline)


def _parts(lines: Lines, evidence: Evidence) -> Sequence[Part]:
    """The headings that have sentences of the articles under them, with these."""
    parts: dict[str, list[Sentence]] = {}
    for heading, line in lines:
        if isinstance(line, Draft):
            parts.setdefault(heading.text, []).extend(cited(line, evidence))
    return [Part(heading, tuple(dict.fromkeys(sentences))) for heading, sentences in parts.items()]


def _put(lines: Lines, told: Sequence[ModelDraft], evidence: Evidence) -> Iterator[Line]:
    """Put each claim where the first sentence it cites stood; what no claim retells stays."""
    home: dict[Sentence, str] = {}
    for heading, line in lines:
        for sentence in cited(line, evidence) if isinstance(line, Draft) else ():
            home.setdefault(sentence, heading.text)
    retold: dict[str, list[ModelDraft]] = {}
    for claim in told:
        places = [home[sentence] for sentence in cited(claim, evidence) if sentence in home]
        if places:
            retold.setdefault(places[0], []).append(claim)
    written = set[str]()
    for heading, line in lines:
        if not isinstance(line, Draft) or heading.text not in retold:
            yield heading, line
        elif heading.text not in written:
            written.add(heading.text)
            *claims, last = retold[heading.text]
            own = tuple(one for other, one in lines if other == heading and isinstance(one, Draft))
            yield from ((heading, claim) for claim in (*claims, replace(last, instead=own)))
