"""Every regular expression of the package against text made to slow it: its own characters, repeated and spoilt."""

import json
import re
import signal
import subprocess
import sys
import time
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]

import pytest

from rag.settings import ROOT

LENGTH = 1_000
"""Characters: more than any line or sentence of an article has."""
LIMIT = 0.5
"""Seconds of processor time. What grows with the square takes a tenth of it; what grows faster takes minutes. Whole
texts are read in test_long.py."""
CLASSES = {"CATEGORY_SPACE": " ", "CATEGORY_DIGIT": "1", "CATEGORY_WORD": "a", "CATEGORY_NOT_SPACE": "a"}
CLASSES |= {"CATEGORY_NOT_WORD": ".", "CATEGORY_NOT_DIGIT": "a"}
BOUNDED = "rag/safety/patterns.py"
"""Patterns that see a clause of at most 60 words, never a text."""


@pytest.fixture(scope="module")
def patterns():
    done = subprocess.run([sys.executable, "-m", "tests.fuzz.patterns"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


INNER = {"MAX_REPEAT": 2, "MIN_REPEAT": 2, "POSSESSIVE_REPEAT": 2, "SUBPATTERN": 3, "ASSERT": 1, "ASSERT_NOT": 1}
"""Where the pattern within a part stands."""


def letters(parsed):
    """One character for each thing a pattern can match, in its order, the alternatives one after the other."""
    for code, value in parsed:
        name = str(code)
        if name in INNER:
            yield from letters(value[INNER[name]])
        elif name == "LITERAL":
            yield chr(value)
        elif name in ("ANY", "NOT_LITERAL"):
            yield "a"
        elif name == "IN":
            yield from member(value)
        elif name == "ATOMIC_GROUP":
            yield from letters(value)
        elif name == "BRANCH":
            for branch in value[1][:20]:
                yield from letters(branch)


def unbounded(parsed):
    """Whether a pattern can go on for as long as the text does; another cannot run away."""
    for code, value in parsed:
        name = str(code)
        if name.endswith("_REPEAT") and value[1] is codes.MAXREPEAT:
            return True
        inner = value[1] if name == "BRANCH" else [value[INNER[name]]] if name in INNER else []
        if any(unbounded(part) for part in inner):
            return True
    return False


def member(values):
    """One character of a class; of a class that is denied, a letter."""
    code, value = values[0]
    if code is codes.NEGATE:
        yield "a"
    elif code is codes.LITERAL:
        yield chr(value)
    elif code is codes.RANGE:
        yield chr(value[0])
    elif code is codes.CATEGORY:
        yield CLASSES.get(str(value), "a")


def texts(pattern, flags):
    """Long runs of each character a pattern knows, of its beginnings, and of words, each spoilt at the end."""
    known = list(dict.fromkeys(letters(parser.parse(pattern, flags))))
    own = "".join(list(letters(parser.parse(pattern, flags)))[:60])
    units = [*known[:12], own, own[: len(own) // 2], own[:3], *(a + b for a, b in zip(own, own[1:6], strict=False))]
    units += ["a", "A", "1", " ", "\n", "a ", "Aa ", "1 ", "1,", "a-", "a.", "(", '"', "Aa Bb "]
    for unit in dict.fromkeys(unit for unit in units if unit):
        yield (unit * (LENGTH // len(unit)) + "\0")[-LENGTH:]


def took(pattern, flags, text):
    compiled = re.compile(pattern, flags)
    start = time.process_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT * 4)
    try:
        for _ in compiled.finditer(text):
            pass
    except TimeoutError:
        return LIMIT * 4
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return time.process_time() - start


@pytest.fixture
def alarm():
    def stop(*_):
        raise TimeoutError

    before = signal.signal(signal.SIGVTALRM, stop)
    yield
    signal.signal(signal.SIGVTALRM, before)


def test_the_patterns_are_found(patterns):
    places = {place.rpartition(":")[0] for place, *_ in patterns}
    assert len(patterns) > 500 and len(places) > 40
    assert {"rag/ingest/furniture.py", "rag/retrieve/reading.py", "rag/evidence/cues.py", BOUNDED} <= places


@pytest.mark.timeout(600)
def test_no_pattern_takes_long_on_text_made_for_it(patterns, alarm):
    slow = {}
    for place, pattern, flags in patterns:
        if place.startswith(BOUNDED) or not unbounded(parser.parse(pattern, flags)):
            continue
        for text in texts(pattern, flags):
            seconds = took(pattern, flags, text)
            if seconds > LIMIT:
                slow[place, pattern[:80]] = (round(seconds, 1), text[:20])
                break
    assert slow == {}
