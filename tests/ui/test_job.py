"""Long work: told as it goes, ended with a result or with words."""

import threading

import pytest

from rag.errors import RagError
from rag.ui.job import Job, time_left


def test_it_tells_how_far_it_is_and_then_its_result():
    told, go = threading.Event(), threading.Event()

    def work(progress):
        progress(3, 12, "c.txt", 90.0)
        told.set()
        go.wait(10)
        return "done"

    job = Job(work)
    told.wait(10)
    html = job.html("Adding")
    assert not job.over and 'max="12" value="3"' in html
    assert "3 of 12 articles done, about 2 minutes left" in html
    go.set()
    job.wait()
    assert job.over and job.result == "done"


def test_a_failure_is_kept_in_words():
    def work(progress):
        raise RagError("The disk is full.", "Make room.")

    job = Job(work)
    job.wait()
    assert job.result is None and job.failure.hint == "Make room."


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (1, "a few seconds left"),
        (34, "about 30 seconds left"),
        (55, "about a minute left"),
        (200, "about 3 minutes left"),
    ],
)
def test_the_time_left_is_said_no_more_exactly_than_it_is_known(seconds, said):
    assert time_left(seconds) == said
