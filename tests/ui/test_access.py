"""Who may change the library: a browser on the machine itself, unless the library is read only."""

import pytest

from rag.ui.access import local


@pytest.mark.parametrize("host", ["127.0.0.1:8501", "localhost", "localhost:1", "[::1]:8501", "127.3.2.1", "::1"])
def test_the_machines_own_names(host):
    assert local(host)


@pytest.mark.parametrize(
    "host",
    ["192.168.1.5:8501", "example.org", "localhost.example.org", "127.0.0.1.example.org", "0.0.0.0"]
    + ["", "[::", "::", "2001:db8::1"],
)
def test_the_names_of_others(host):
    assert not local(host)
