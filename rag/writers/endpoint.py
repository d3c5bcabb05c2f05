"""The one place that talks to a language model: any OpenAI-compatible server, through LangChain, under a time limit.

A request runs in a thread of its own with a connection of its own. Read time-outs start anew with every byte, so only
a clock beside the connection holds against a server that sends one a second; then the connection is closed.
"""

import json
import re
import threading
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextvars import copy_context
from dataclasses import dataclass, field, replace
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any

from rag.text.tokens import count
from rag.writers.faults import UNREAD, Fault, Named, fault
from rag.writers.run import Run

if TYPE_CHECKING:
    import openai
    from langchain_core.language_models import BaseChatModel, LanguageModelInput
    from langchain_core.messages import AIMessage
    from langchain_core.messages.ai import UsageMetadata
    from langchain_core.runnables import Runnable

    Chat = Runnable[LanguageModelInput, AIMessage]

TIME_LIMIT = 60.0
"""Seconds for all that one answer asks of a model, repairs included; a local 7B model needs 15 to 30."""
CONNECT = 5.0
"""Seconds for a connection to be made."""
OPENAI = "https://api.openai.com/v1"
HOST = re.compile(r"//(?:[^/@]*@)?([^/?#\s]+)")
LONGEST_REPLY = 20_000
"""Characters; the longest summary has 4,000."""
UNREADABLE = (ValueError, TypeError, AttributeError, LookupError)
"""What langchain-openai 1.7.3 raises for a body that is JSON of another kind, or none at all (30 bodies tried)."""

Message = tuple[str, str]
"""Who speaks (system, human) and what."""
Heard = SimpleQueue["AIMessage | BaseException | None"]
"""What a model says, in order; last what went wrong, or None."""


@dataclass(frozen=True, slots=True)
class Way:
    """How a server is asked: by JSON schema, by a tool's arguments or in plain text, and with which parameters."""

    shape: str = "schema"
    usage: bool = True
    temperature: bool = True
    stream: bool = True

    def without(self, refused: str) -> "Way | None":
        """Return the next way to try after a refusal, None where none is left."""
        whole = replace(self, stream=False, usage=False) if self.stream else None
        if refused == UNREAD:
            return whole
        if self.usage and "stream_options" in refused:
            return replace(self, usage=False)
        if self.temperature and "temperature" in refused:
            return replace(self, temperature=False)
        lower = {"schema": "tool", "tool": "text"}.get(self.shape)
        if lower:
            return replace(self, shape=lower)
        return whole


@dataclass
class Endpoint:
    """A model behind an address. What the server is found to take is remembered; nothing of a request is."""

    model: str
    base_url: str | None = None
    api_key: str | None = field(default=None, repr=False)
    seconds: float = TIME_LIMIT
    _way: Way = field(default=Way(), init=False, repr=False)

    @property
    def named(self) -> Named:
        """How the model and its server are named to the reader."""
        host = HOST.search(self.base_url or OPENAI)
        return Named(self.model, host[1] if host else "OPENAI_BASE_URL")

    def holds_key(self, text: str) -> bool:
        """Whether a text has the key in it: a server that was sent it may say it back."""
        return bool(self.api_key) and str(self.api_key) in text

    def run(self) -> Run:
        """Start the clock of a request."""
        return Run(time.monotonic() + self.seconds)

    def ask(self, messages: Sequence[Message], schema: Mapping[str, Any], run: Run) -> Iterator[str]:
        """Yield the reply piece by piece as it comes. Raises Fault; leaving early ends the request."""
        if not self.base_url and not self.api_key:
            raise self.named.unset()
        if not run.left:
            raise self.named.late(self.seconds)
        way = self._way
        while (failed := (yield from self._try(way, messages, schema, run))) is not None:
            lower = way.without(failed.refused) if failed.refused else None
            if lower is None:
                raise failed
            way = lower
        self._way = way

    def _try(
        self, way: Way, messages: Sequence[Message], schema: Mapping[str, Any], run: Run
    ) -> Generator[str, None, Fault | None]:
        """Yield the reply; return what failed before its first piece. Raises Fault for what fails after it."""
        begun = False
        try:
            for piece in self._listen(way, messages, schema, run):
                begun = True
                yield piece
        except Fault as failed:
            if begun:
                raise
            return failed
        return None

    def _listen(self, way: Way, messages: Sequence[Message], schema: Mapping[str, Any], run: Run) -> Iterator[str]:
        import openai

        client = openai.DefaultHttpxClient(follow_redirects=False)  # what is asked goes to the address set, no other
        heard: Heard = SimpleQueue()
        left = run.left

        def speak() -> Iterator["AIMessage"]:
            yield from _bound(self._chat(way, client, left), way.shape, schema).stream(list(messages))

        threading.Thread(target=copy_context().run, args=(_hear, speak, heard), daemon=True).start()
        said, used = "", None
        try:
            while (message := self._next(heard, run)) is not None:
                used = message.usage_metadata or used
                piece = _text(message)
                said += piece
                if len(said) > LONGEST_REPLY:
                    raise self.named.endless()
                if piece:
                    yield piece
        finally:
            client.close()
            self._book(messages, said, used, run)

    def _next(self, heard: Heard, run: Run) -> "AIMessage | None":
        """Wait for what comes next; None is the end."""
        try:
            message = heard.get(timeout=run.left)
        except Empty:
            raise self.named.late(self.seconds) from None
        if isinstance(message, BaseException):
            raise fault(message, self.named, self.seconds)
        return message

    def _chat(self, way: Way, client: "openai.DefaultHttpxClient", left: float) -> "BaseChatModel":
        from langchain.chat_models import init_chat_model

        return init_chat_model(
            self.model,
            model_provider="openai",
            base_url=self.base_url or OPENAI,
            api_key=self.api_key or "none",
            http_client=client,
            timeout=(min(CONNECT, left), left, left, left),
            max_retries=0,
            use_responses_api=False,
            stream_usage=way.usage,
            disable_streaming=not way.stream,
            temperature=0.0 if way.temperature else None,
        )

    def _book(self, messages: Sequence[Message], said: str, used: "UsageMetadata | None", run: Run) -> None:
        """Add up the tokens: as the server counted them, else as we do."""
        if used and used["input_tokens"]:
            run.prompt += used["input_tokens"]
            run.completion += used["output_tokens"]
        elif said:
            run.prompt += sum(count(text, self.model)[0] for _, text in messages)
            run.completion += count(said, self.model)[0]
            run.exact = False


def _bound(chat: "BaseChatModel", shape: str, schema: Mapping[str, Any]) -> "Chat":
    """Ask for the schema. LangChain's `with_structured_output` closes what a cut reply left open, so that half a
    sentence passes for a claim, and it raises for an empty reply; so we read the reply as it comes.
    """
    if shape == "schema":
        wanted = {"name": schema["title"], "strict": True, "schema": dict(schema)}
        return chat.bind(extra_body={"response_format": {"type": "json_schema", "json_schema": wanted}})
    if shape == "tool":
        return chat.bind_tools([dict(schema)], tool_choice=schema["title"])
    return chat


def _hear(speak: "Callable[[], Iterator[AIMessage]]", heard: Heard) -> None:
    """Put what the model says on the queue, then None or what went wrong. Sends no trace to anyone."""
    import httpx2
    import openai
    from langsmith import tracing_context

    # openai lets httpx's errors through where the body of an error breaks off; a closed client raises RuntimeError
    expected = (openai.OpenAIError, httpx2.HTTPError, httpx2.InvalidURL, OSError, RuntimeError, *UNREADABLE)
    ended: BaseException | None = None
    try:
        with tracing_context(enabled=False):
            for message in speak():
                heard.put(message)
    except expected as error:
        ended = error
    finally:
        heard.put(ended)


def _text(message: "AIMessage") -> str:
    """What a message says: its text, or the arguments it gives the tool."""
    from langchain_core.messages import AIMessageChunk

    if isinstance(message, AIMessageChunk):
        return str(message.text) + "".join(call["args"] or "" for call in message.tool_call_chunks)
    return str(message.text) + "".join(json.dumps(call["args"]) for call in message.tool_calls)
