"""What is this machine's own, and who may change the library: whoever sits at it, unless it is read only."""

from ipaddress import ip_address
from urllib.parse import urlsplit

import streamlit as st

from rag.settings import Settings

PASSED_ON = ("X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Forwarded")
"""What a server that stands before the app adds to a request."""
READ_ONLY = (
    "This library can be read here, not changed. Articles are added and removed on the machine where the app runs."
)


def may_change() -> bool:
    """Whether this browser may add and remove articles: it has the app open at the machine's own address."""
    headers = st.context.headers
    if Settings.from_env().read_only or any(name in headers for name in PASSED_ON):
        return False
    return local(headers.get("Host") or "localhost")


def local(host: str) -> bool:
    """Whether a host, with or without a port, or an address is this machine's own name for itself."""
    try:
        name = host if host.count(":") > 1 and "[" not in host else urlsplit(f"//{host}").hostname or ""
        return name == "localhost" or ip_address(name).is_loopback
    except ValueError:
        return False
