"""A chat-completions server of our own on the loopback address, scripted per test: what it says, what it refuses, how
it fails. It keeps every request, so a test can say what left the machine."""

import json
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Turn = Callable[["Exchange"], None]
"""One scripted answer: what the server does with one request."""


@dataclass
class StandIn:
    """A model server that plays its script, the last turn again and again once the others are done."""

    script: Sequence[Turn]
    refuses: tuple[str, ...] = ()
    """Parameters it answers with status 400, as servers do that do not know them."""
    models: Sequence[str] = ()
    """What it lists under /v1/models; without any it has no such list."""
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[Message] = field(default_factory=list)
    hung_up: threading.Event = field(default_factory=threading.Event)
    """Set once a client leaves before the server is done."""

    def __enter__(self) -> "StandIn":
        self._played, self._lock = 0, threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Exchange,), {"standin": self}))
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *raised: object) -> None:
        self._server.shutdown()
        self._server.socket.close()

    @property
    def url(self) -> str:
        """What OPENAI_BASE_URL is set to."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def turn(self) -> Turn:
        """Return the next turn of the script."""
        with self._lock:
            turn = self.script[min(self._played, len(self.script) - 1)]
            self._played += 1
        return turn

    def sent(self, n: int = -1) -> str:
        """Return all a request said to the model, as one text."""
        return "\n".join(message["content"] for message in self.requests[n]["messages"])


class Exchange(BaseHTTPRequestHandler):
    """One request and its answer."""

    standin: StandIn
    protocol_version = "HTTP/1.1"
    request_body: dict[str, Any]

    def do_POST(self) -> None:  # noqa: N802 (the name http.server calls)
        self.close_connection = True
        length = int(self.headers["Content-Length"])
        body = self.rfile.read(length)
        if len(body) < length:
            self.standin.hung_up.set()
            return
        self.request_body = json.loads(body)
        self.standin.requests.append(self.request_body)
        self.standin.headers.append(self.headers)
        refused = next((name for name in self.standin.refuses if name in self.request_body), None)
        try:
            if refused:
                fails(400, f"Unrecognized request argument supplied: {refused}")(self)
            else:
                self.standin.turn()(self)
        except (BrokenPipeError, ConnectionResetError):
            self.standin.hung_up.set()

    def do_GET(self) -> None:  # noqa: N802 (the name http.server calls)
        self.close_connection = True
        self.standin.headers.append(self.headers)
        known = self.path == "/v1/models" and self.standin.models
        self.begin(200 if known else 404, "application/json")
        self.write(json.dumps({"object": "list", "data": [{"id": name} for name in self.standin.models]}))

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def begin(self, status: int, kind: str, headers: Mapping[str, str] = {}) -> None:
        """Send the status and the headers; the end of the connection ends the body."""
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Connection": "close", **headers}.items():
            self.send_header(name, value)
        self.end_headers()

    def write(self, text: str) -> None:
        """Send a piece of the body at once."""
        self.wfile.write(text.encode())
        self.wfile.flush()


def says(text: str, usage: tuple[int, int] | None = None, finish: str = "stop", pieces: int = 8) -> Turn:
    """Answer with a text: streamed where a stream is asked for, as a tool's arguments where a tool is."""

    def turn(exchange: Exchange) -> None:
        if exchange.request_body.get("stream"):
            exchange.begin(200, "text/event-stream")
            size = max(len(text) // pieces, 1)
            for start in range(0, len(text), size):
                exchange.write(_event(exchange, text[start : start + size], first=start == 0))
            exchange.write(_closing(exchange, finish, usage))
        else:
            exchange.begin(200, "application/json")
            exchange.write(json.dumps(_whole(exchange, text, finish, usage)))

    return turn


def writes(*claims: tuple[str, Sequence[str]], usage: tuple[int, int] | None = None) -> Turn:
    """Answer with claims, each a text and the labels of the sentences it rests on."""
    return says(json.dumps({"claims": [{"text": text, "labels": list(labels)} for text, labels in claims]}), usage)


def fails(status: int, message: str = "it failed", headers: Mapping[str, str] = {}, **error: str) -> Turn:
    """Answer with an error."""

    def turn(exchange: Exchange) -> None:
        exchange.begin(status, "application/json", headers)
        exchange.write(json.dumps({"error": {"message": message, **error}}))

    return turn


def cut(text: str) -> Turn:
    """Stream a text and hang up without the end of the stream."""

    def turn(exchange: Exchange) -> None:
        exchange.begin(200, "text/event-stream", {"Content-Length": "1000000"})
        exchange.write(_event(exchange, text, first=True))

    return turn


def whole(text: str) -> Turn:
    """Answer all at once, though a stream was asked for."""

    def turn(exchange: Exchange) -> None:
        exchange.begin(200, "application/json")
        exchange.write(json.dumps(_whole(exchange, text, "stop", None)))

    return turn


def raw(body: str, kind: str = "application/json") -> Turn:
    """Answer with these very characters."""

    def turn(exchange: Exchange) -> None:
        exchange.begin(200, kind)
        exchange.write(body)

    return turn


def silent(seconds: float) -> Turn:
    """Take the request and say nothing for so long."""
    return lambda exchange: time.sleep(seconds)


def trickles(head: bool, seconds: float = 20.0) -> Turn:
    """Send one byte at a time, of the headers or of the body, so that no read ever takes long."""

    def turn(exchange: Exchange) -> None:
        if not head:
            exchange.begin(200, "text/event-stream")
        exchange.write("HTTP/1.1 200 OK\r\nX-Slow: " if head else ": ")
        for _ in range(int(seconds / 0.05)):
            exchange.write("x")
            time.sleep(0.05)

    return turn


def floods(characters: int = 1_000_000) -> Turn:
    """Stream text without an end worth the name."""

    def turn(exchange: Exchange) -> None:
        exchange.begin(200, "text/event-stream")
        for n in range(characters // 100):
            exchange.write(_event(exchange, "word " * 20, first=n == 0))
        exchange.write(_closing(exchange, "stop", None))

    return turn


def _delta(exchange: Exchange, text: str, first: bool) -> dict[str, Any]:
    tools = exchange.request_body.get("tools")
    if not tools:
        return {"role": "assistant", "content": text} if first else {"content": text}
    call: dict[str, Any] = {"index": 0, "function": {"arguments": text}}
    if first:
        call |= {"id": "call_1", "type": "function"}
        call["function"]["name"] = tools[0]["function"]["name"]
    return {"tool_calls": [call]}


def _event(exchange: Exchange, text: str, first: bool) -> str:
    choice = {"index": 0, "delta": _delta(exchange, text, first), "finish_reason": None}
    return f"data: {json.dumps({**_frame(exchange, 'chat.completion.chunk'), 'choices': [choice]})}\n\n"


def _closing(exchange: Exchange, finish: str, usage: tuple[int, int] | None) -> str:
    frame = _frame(exchange, "chat.completion.chunk")
    events = [{**frame, "choices": [{"index": 0, "delta": {}, "finish_reason": finish}]}]
    if usage and exchange.request_body.get("stream_options", {}).get("include_usage"):
        events.append({**frame, "choices": [], "usage": _usage(usage)})
    return "".join(f"data: {json.dumps(event)}\n\n" for event in events) + "data: [DONE]\n\n"


def _whole(exchange: Exchange, text: str, finish: str, usage: tuple[int, int] | None) -> dict[str, Any]:
    message = _delta(exchange, text, first=True)
    message = {"role": "assistant", "content": None, **message}
    choice = {"index": 0, "message": message, "finish_reason": finish}
    return {**_frame(exchange, "chat.completion"), "choices": [choice], **({"usage": _usage(usage)} if usage else {})}


def _frame(exchange: Exchange, kind: str) -> dict[str, Any]:
    return {"id": "reply", "object": kind, "created": 0, "model": exchange.request_body["model"]}


def _usage(usage: tuple[int, int]) -> dict[str, int]:
    prompt, completion = usage
    return {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}
