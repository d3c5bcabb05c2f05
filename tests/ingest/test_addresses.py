import ipaddress

import pytest

from rag.errors import FetchRefused
from rag.ingest.addresses import public, resolve, target


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("https://news.example", "https://news.example/"),
        ("HTTP://News.Example:80/a b#part".replace(" ", "%20"), "http://news.example/a%20b"),
        ("https://news.example:8443/a?b=c&d=%20#e", "https://news.example:8443/a?b=c&d=%20"),
        ("https://bücher.example/größe", "https://xn--bcher-kva.example/gr%C3%B6%C3%9Fe"),
        ("http://8.8.8.8/", "http://8.8.8.8/"),
        ("http://[2606:4700::1111]/", "http://[2606:4700::1111]/"),
    ],
)
def test_an_address_is_taken_apart(address: str, url: str):
    assert target(address).url == url


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "ftp://news.example/a", "gopher://news.example:70/", "javascript:alert(1)", "news.example/a"]
    + ["http://", "http:///a", "http://[::1", "http://news.example:99999/", "http://a b/", "http://a\r\nHost: b/", ""]
    + ["http://user@news.example/", "http://user:word@news.example/", "http://news.example:25/", "http://x.example:22"]
    + ["http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/", "http://127.1/", "http://0x7f.0.0.1/"]
    + ["http://127.0.0.1./", "http://[fe80::1%25eth0]/", "http://news.example\\@127.0.0.1/", "http://a/" + "b" * 3000],
)
def test_what_is_no_public_web_address_is_refused(address: str):
    with pytest.raises(FetchRefused) as caught:
        target(address)
    assert caught.value.hint


@pytest.mark.parametrize("location", ["//other.example/x", "https://other.example/x"])
def test_a_redirect_is_seen_from_where_it_stands(location: str):
    assert target(location, "https://news.example/a/b").host == "other.example"
    assert target("c", "https://news.example/a/b").url == "https://news.example/a/c"


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1"]
    + ["192.0.0.8", "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.88.99.1"]
    + ["::1", "::", "fe80::1", "fc00::1", "fd12::1", "fec0::1", "ff02::1", "2001:db8::1", "100::1", "3fff::1"]
    + ["::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::127.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b:1::1"]
    + ["2002:7f00:1::", "2002:a00:1::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2"],
)
def test_local_addresses_are_known_in_every_form(address: str):
    assert not public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "2a00:1450::1", "64:ff9b::8.8.8.8", "::ffff:8.8.8.8"]
)
def test_public_addresses_are_let_through(address: str):
    assert public(ipaddress.ip_address(address))


def test_a_name_is_looked_up_and_a_number_is_itself():
    assert resolve("10.0.0.1", 80, 1) == [ipaddress.ip_address("10.0.0.1")]
    assert ipaddress.ip_address("127.0.0.1") in resolve("localhost", 80, 5)
