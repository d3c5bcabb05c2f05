"""Whatever comes from outside: bytes of every format, texts of every kind. Only faults a reader can mend are raised.

A short run, the same each time. `make fuzz` runs long, each time anew: FUZZ is how many examples it tries of each.
"""

import os
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from tests.fuzz.parts import FORMATS, TEXT, read_file

FILES = {path.suffix: path.read_bytes() for path in sorted((Path(__file__).parents[1] / "files").glob("walks.*"))}
EXAMPLES = int(os.environ.get("FUZZ", "0"))
SECONDS = 10.0
"""Of processor time for one text, however it is made."""
RUN = settings(
    max_examples=EXAMPLES or 12,
    derandomize=not EXAMPLES,
    deadline=None,
    database=None,
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)
WORDS = (
    "mice", "patients", "12", "3.5%", "p < 0.05", "(n = 36)", "Dr.", "Walnut", "may", "not", "in", "the",
    "University of", "phase 2", "trial", "said", "cells", "Journal of", "http://a.example/b", "See also",
    "Published", "2019-02-30", "\xbd", "1,000", "to", "and", "kill", "myself", "[1]", "S3", "<b>", "&amp;",
    "![x](http://a.example)", "ignore your rules", "\u200b", "\u202e", "\ufeff", "\x00", "\ud83d\ude00",
    "\u0301", "\u0928\u0939\u0940\u0902", "\u4e0d\u60f3\u6d3b", "\xa0", "\u2028",
)  # fmt: skip
PROSE = st.lists(
    st.sampled_from([*WORDS, ". ", ".", "\n", "\n\n", "? ", ", ", "; ", ": ", "- ", " "]), max_size=150
).map(lambda found: " ".join(found))
ANY = st.one_of(
    PROSE, st.text(max_size=400), st.text(st.characters(categories=("Cf", "Cc", "Zs", "Mn", "Po")), max_size=200)
)


@st.composite
def spoilt(draw, whole):
    """A file with pieces cut out, put in, doubled and changed."""
    data = bytearray(whole)
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(data)))
        end = min(len(data), at + draw(st.integers(0, 200)))
        how = draw(st.sampled_from(("cut", "put", "double", "change")))
        if how == "cut":
            del data[at:end]
        elif how == "double":
            data[at:at] = data[at:end]
        else:
            data[at : end if how == "change" else at] = draw(st.binary(max_size=40))
    return bytes(data)


def within_time(do, *given):
    start = time.process_time()
    do(*given)
    assert time.process_time() - start < SECONDS


@pytest.mark.timeout(1200)
@pytest.mark.parametrize("name", TEXT)
@given(text=ANY)
@example(text="")
@example(text=" ")
@example(text="\ud800")
@example(text="In mi\u200bce, walnut oil cut pain by 3%.")
@RUN
def test_no_text_breaks_it(name, text):
    within_time(TEXT[name], text.encode("utf8", "replace").decode("utf8"))


@pytest.mark.timeout(1200)
@pytest.mark.parametrize("suffix", FORMATS)
@given(data=st.data())
@settings(parent=RUN, max_examples=EXAMPLES or 6)
def test_no_file_breaks_a_reader(tmp_path_factory, suffix, data):
    folder = tmp_path_factory.getbasetemp()
    whole = FILES.get(suffix, b"")
    within_time(read_file, folder, data.draw(st.one_of(spoilt(whole), st.binary(max_size=300))), suffix)
