"""Many visitors at once: `python -m tests.bench.load --visitors 50 --minutes 3`.

The app as `make run` starts it, on loopback, with an article for each visitor; every visitor speaks to it as a browser
does, asks about an article of its own again and again, and reads whether the answer is that article's.
"""

import argparse
import asyncio
import random
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from rag.chain import open_chain
from rag.intake import take_in
from rag.settings import Settings
from tests.ui.driver import Server, answers, serving, wait_until

PLANTS = ("walnut", "beech", "apple", "nettle", "barley", "poppy", "sorrel", "quince", "elder", "fennel")
PARTS = ("oil", "bark", "peel", "seed", "root")
TOPICS = [f"{plant} {part}" for part in PARTS for plant in PLANTS]
ASKED = (
    "How many mice were given {}?",
    "What did {} do to knee pain?",
    "Was {} tested in people?",
)
PATIENCE = 120.0
"""Seconds a visitor waits for an answer before that is an error."""
WARM = 60.0
"""Seconds after which the memory should not grow; of a shorter run, its first half."""


def mice(topic: str) -> int:
    """How many mice an article tells of: no two tell of as many."""
    return 1100 + TOPICS.index(topic) * 7


def article(topic: str) -> str:
    """An article on a topic."""
    name = topic.capitalize()
    return (
        f"{name} eased knee pain in mice\n\n{name} eased knee pain in {mice(topic)} mice in a study at a university."
        f"\n\nResearchers gave {topic} to {mice(topic)} mice with sore knees for 12 weeks. The mice that got {topic} "
        f"walked further than the others.\n\nThe {topic} has not been tested in people, the researchers said.\n"
    )


@dataclass
class Load:
    """What came of a run."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    mixed: list[str] = field(default_factory=list)
    memory: list[tuple[float, int]] = field(default_factory=list)


class Visitor:
    """One tab: a connection of its own, and what the page last drew."""

    def __init__(self, topic: str, connection: ClientConnection) -> None:
        self.topic, self.connection = topic, connection
        self.drawn: list[str] = []
        self.box = ""

    async def run(self, question: str | None = None) -> None:
        """Have the page drawn, with a question where one is asked, until it is done."""
        asked = BackMsg()
        asked.rerun_script.query_string = ""
        if question is not None:
            state = asked.rerun_script.widget_states.widgets.add()
            state.id = self.box
            state.chat_input_value.data = question
        await self.connection.send(asked.SerializeToString())
        self.drawn = []
        while True:
            message = ForwardMsg()
            message.ParseFromString(await self.connection.recv())
            self._see(message)
            if message.WhichOneof("type") == "script_finished":
                # A page that draws itself anew (st.rerun) is not done yet.
                if message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                    return

    def _see(self, message: ForwardMsg) -> None:
        element = message.delta.new_element
        if element.WhichOneof("type") == "html":
            self.drawn.append(element.html.body)
        elif element.WhichOneof("type") == "chat_input":
            self.box = element.chat_input.id
        elif element.WhichOneof("type") == "exception":
            raise AssertionError(f"the page failed: {element.exception.type}")

    def wrong(self) -> str:
        """Say what is wrong with the page: its own answer is not there, or another's is."""
        page = "\n".join(self.drawn)
        if str(mice(self.topic)) not in page and "has not been tested in people" not in page:
            failure = page.partition('class="cv-failure"')[2][:300]
            return f"no answer about {self.topic}: {failure or page[-300:]}"
        others = [topic for topic in TOPICS if topic != self.topic and f"{mice(topic)} mice" in page]
        return f"{self.topic} was answered with {others}" if others else ""


async def visit(server: Server, topic: str, until: float, load: Load) -> None:
    """Be one visitor until it is time to leave."""
    rng = random.Random(topic)
    address = server.base.replace("http", "ws", 1) + "/_stcore/stream"
    try:
        # A busy client answers pings late: that says nothing of the server.
        async with connect(
            address, subprotocols=["streamlit"], max_size=None, origin=server.base, ping_interval=None
        ) as connection:
            visitor = Visitor(topic, connection)
            await asyncio.wait_for(visitor.run(), PATIENCE)
            while time.monotonic() < until:
                start = time.monotonic()
                await asyncio.wait_for(visitor.run(rng.choice(ASKED).format(topic)), PATIENCE)
                load.seconds.append(time.monotonic() - start)
                found = visitor.wrong()
                (load.mixed if "was answered with" in found else load.errors).extend([found] if found else [])
                await asyncio.sleep(rng.uniform(3, 9))
    except (OSError, TimeoutError, AssertionError, ConnectionClosed) as error:
        load.errors.append(f"{topic}: {type(error).__name__}: {error}")


def resident(pid: int) -> int:
    """Return the memory a process holds, in MB."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) // 1024


async def weigh(pid: int, until: float, load: Load) -> None:
    """Note the server's memory every two seconds."""
    start = time.monotonic()
    while time.monotonic() < until:
        load.memory.append((time.monotonic() - start, resident(pid)))
        await asyncio.sleep(2)


async def _all(server: Server, visitors: int, seconds: float) -> Load:
    load, until = Load(), time.monotonic() + seconds
    visits = [visit(server, topic, until, load) for topic in TOPICS[:visitors]]
    await asyncio.gather(weigh(server.pid, until, load), *visits)
    return load


def run(visitors: int, seconds: float, alone: float) -> tuple[Load, Load]:
    """Serve a library, send one visitor, then many."""
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "library"
        texts = Path(folder) / "texts"
        texts.mkdir()
        for topic in TOPICS[: max(visitors, 2)]:
            (texts / f"{topic.replace(' ', '-')}.txt").write_text(article(topic), encoding="utf8")
        chain = open_chain(Settings(library=library))
        take_in(chain.library, [str(texts)])
        chain.library.close()
        with serving(library) as server:
            wait_until(lambda: answers(server), "the app starts")
            return asyncio.run(_all(server, 1, alone)), asyncio.run(_all(server, visitors, seconds))


def spoken(load: Load) -> str:
    """Tell how long answers took."""
    if len(load.seconds) < 2:
        return f"{len(load.seconds)} answers"
    return (
        f"{len(load.seconds)} answers, p50 {median(load.seconds):.2f} s, p95 {quantiles(load.seconds, n=20)[-1]:.2f} s"
    )


def grown(load: Load) -> str:
    """Tell how the memory went."""
    last = load.memory[-1][0]
    warm = [size for at, size in load.memory if at >= min(WARM, last / 2)]
    third = max(len(warm) // 3, 1)
    return (
        f"{load.memory[0][1]} MB at the start; after warm-up {median(warm[:third]):.0f} MB in the first third, "
        f"{median(warm[-third:]):.0f} MB in the last, {max(warm)} MB at most"
    )


def main() -> None:
    """Print what many visitors met."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--visitors", type=int, default=50, choices=range(1, len(TOPICS) + 1), metavar="N")
    options.add_argument("--minutes", type=float, default=3)
    given = options.parse_args()
    one, many = run(given.visitors, given.minutes * 60, 30)
    print(f"one visitor: {spoken(one)}; {len(one.errors)} errors")
    print(f"{given.visitors} visitors: {spoken(many)}; {len(many.errors)} errors, {len(many.mixed)} mixed answers")
    print(f"memory: {grown(many)}")
    for line in (*one.errors, *many.errors, *many.mixed)[:20]:
        print("  ", line)


if __name__ == "__main__":
    main()
