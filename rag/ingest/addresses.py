"""Which addresses may be fetched: those of the public network, however written and whatever name they hide behind."""

import ipaddress
import re
import socket
import threading
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from rag.errors import FetchRefused, LoadError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
HINT = "Give the public address of an article, or save the page and give the file."
_PORTS = {"http": 80, "https": 443}
_SYSTEM = 1024
"""Ports under it belong to other services, a mail server's say, which a request must not reach."""
_LONGEST = 2000
_EMBEDDED = (("64:ff9b::/96", 0), ("2002::/16", 80), ("::ffff:0:0/96", 0))
"""IPv6 networks that carry an IPv4 address, and the bits after it: RFC 6052, RFC 3056, RFC 4291 2.5.5.2."""
_UNICAST = ipaddress.ip_network("2000::/3")
_SPECIAL = tuple(
    map(ipaddress.ip_network, ("2001::/23", "2001:db8::/32", "3fff::/20", "192.88.99.0/24", "192.0.0.0/24"))
)
"""Parts of the public ranges that lead elsewhere or nowhere: IANA's special-purpose registries."""


@dataclass(frozen=True, slots=True)
class Target:
    """An address to fetch, taken apart."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def url(self) -> str:
        """The address as a whole."""
        named = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{named}{'' if self.port == _PORTS[self.scheme] else f':{self.port}'}{self.path}"


def target(address: str, base: str = "") -> Target:
    """Take an address apart, seen from another where it is relative. Raises FetchRefused for one that is none."""
    try:
        whole = urljoin(base, address.strip())
    except ValueError as error:
        raise FetchRefused("The address is no web address.", HINT) from error
    if len(whole) > _LONGEST or re.search(r"[\x00-\x20\x7f\\]", whole):
        raise FetchRefused("The address is no web address.", HINT)
    try:
        parts = urlsplit(whole)
        host = (parts.hostname or "").encode("idna" if "%" not in (parts.hostname or "") else "ascii").decode()
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except (ValueError, UnicodeError) as error:
        raise FetchRefused(f"{whole} is no web address.", HINT) from error
    if parts.scheme not in _PORTS:
        raise FetchRefused(f"{whole} is not fetched: only http and https addresses are.", HINT)
    _examine(whole, parts, host, port)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, host, port, quote(path, safe="/?%:@!$&'()*+,;=~[]|"))


def _examine(whole: str, parts: SplitResult, host: str, port: int) -> None:
    if not host or "%" in host:
        raise FetchRefused(f"{whole} is no web address.", HINT)
    if parts.username is not None or parts.password is not None:
        raise FetchRefused("An address with a name or password in it is not fetched.", HINT)
    if port < _SYSTEM and port not in _PORTS.values():
        raise FetchRefused(f"{whole} is not fetched: port {port} is not for web pages.", HINT)
    last = host.rstrip(".").rpartition(".")[2]
    if re.fullmatch(r"\d+|0x[0-9a-f]*", last, re.IGNORECASE) and not _plain(host):
        raise FetchRefused(f"{whole} is not fetched: its host is a number in disguise.", HINT)


def _plain(host: str) -> bool:
    """Whether a host is an IPv4 address in the usual form: four decimal numbers without leading zeros."""
    try:
        return str(ipaddress.IPv4Address(host)) == host
    except ValueError:
        return False


def resolve(host: str, port: int, seconds: float) -> list[Address]:
    """Look a host up, once. Raises LoadError where nothing is found in that time."""
    try:
        return [ipaddress.ip_address(host)]
    except ValueError:
        # A name.
        found: list[Address] = []

    def look() -> None:
        try:
            rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            # No such name: the list stays empty, and that is said below.
            return
        found.extend(ipaddress.ip_address(str(row[4][0]).partition("%")[0]) for row in rows)

    # The system's look-up cannot be called off; left behind, it ends by itself.
    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    thread.join(max(seconds, 0))
    if not found:
        raise LoadError(f"The host {host} was not found.", "Check the spelling of the address, and the network.")
    return list(dict.fromkeys(found))


def public(address: Address) -> bool:
    """Whether an address belongs to the public network, also where it carries one of the older kind within it."""
    if isinstance(address, ipaddress.IPv4Address):
        return address.is_global and not address.is_multicast and not _in_special(address)
    for network, after in _EMBEDDED:
        if address in ipaddress.ip_network(network):
            return public(ipaddress.IPv4Address((int(address) >> after) & 0xFFFFFFFF))
    return address in _UNICAST and address.is_global and not _in_special(address)


def _in_special(address: Address) -> bool:
    return any(address in network for network in _SPECIAL if network.version == address.version)
