"""What the gateway connects to, and what it never connects to: private addresses in all their notations."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from typing import Any

import pytest

from apps.core.fetching import BadAddress, NotFetched, NotPublic, Unreachable, fetch
from apps.core.fetching.gateway import Ways
from apps.core.fetching.numbers import is_public, number_of
from apps.core.fetching.places import place_of

PUBLIC = "93.184.216.34"

NUMBERS = """
    0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.100.100.200 100.127.255.255 127.0.0.1 127.255.255.254
    169.254.0.1 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.8 192.0.0.192 192.0.0.9 192.0.0.10 192.0.2.1
    192.31.196.1 192.52.193.1 192.88.99.1 192.168.0.1 192.168.255.255 192.175.48.1 198.18.0.1 198.19.255.255
    198.51.100.1 203.0.113.1 168.63.129.16 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
    :: ::1 ::2 ::127.0.0.1 ::10.0.0.1 ::ffff:127.0.0.1 ::ffff:93.184.216.34 ::ffff:0:127.0.0.1 64:ff9b::7f00:1
    64:ff9b::93.184.216.34 64:ff9b:1::1 64:ff9b:1::7f00:1 100::1 100:0:0:1::1 2001::1 2001:0:7f00:1:: 2001:2::1 2001:4:112::1
    2001:10::1 2001:20::1 2001:db8::1 2002:7f00:1:: 2002:a00:1:: 2002:5db8:d822:: 2620:4f:8000::1 3ffe::1 3fff::1
    5f00::1 fc00::1 fd00::1 fd00:ec2::254 fd20:ce::254 fe80::1 fe80::1%eth0 febf::1 fec0::1 ff02::1 ff0e::1 4000::1
    8000::1 2600:1f18::5efe:a00:1 2600:1f18::200:5efe:a00:1 2606:4700::1111%25lo
""".split()

# host as it stands in the address
NOTATIONS = """
    127.1 127.0.1 0 0x0 1 2130706433 0x7f000001 0x7F.0.0.1 0x7f.1 017700000001 0177.0.0.1 0177.0.0.01 127.0.0.01
    127.0.0.1. 127.000.000.001 127.0.0.0x1 10.1 0xa000001 012.0.0.1 3232235521 0xC0A80001 192.168.257 169.16689662
    2852039166 0xA9FEA9FE 0251.0376.0251.0376 127。0。0。1 １２７.0.0.1 ①②⑦.⓪.⓪.① 127．0．0．1 256.256.256.256 1.2.3.4.5
    99999999999 -1 127.0.0.1%00 127.0.0.1%0a 127.0.0.1%2f.example.org 127.0.0.1\\@example.org example.org\\@127.0.0.1
    user@127.0.0.1 user:word@127.0.0.1 example.org@127.0.0.1 127.0.0.1:22 127.0.0.1:8000 example.org:22 example.org:8080
    example.org:0 example.org:99999 example.org:080x [::1] [::] [0:0:0:0:0:0:0:1] [::ffff:127.0.0.1] [::ffff:7f00:1]
    [::127.0.0.1] [fe80::1%25eth0] [fe80::1] [fd00::1] [64:ff9b::7f00:1] [2002:7f00:1::] [2001:0:7f00:1::] [::1].
    [::1]x [v1.x] [127.0.0.1] [] localhost LOCALHOST localhost. ⓛⓞⓒⓐⓛⓗⓞⓢⓣ intranet printer foo.localhost foo.local
    metadata.google.internal router.lan router.home.arpa files.corp .example.org example..org -example.org exa_mple
    example.org%20 ex%61mple.org xn--a.b..c 1.0x7f 0.0.0.0 ::1 ::ffff:127.0.0.1 a,b.example.org a"b.example.org
""".split()

ADDRESSES = [
    "", "example.org", "//example.org/x", "ftp://example.org/", "file:///etc/passwd", "gopher://example.org/",
    "http:example.org", "http:/example.org", "http:///example.org", "http:\\\\example.org", "https://", "http://#",
    "http://?x", "http:// example.org/", "http://exa mple.org/", "http://example.org/\r\nHost: x", "http://example.org/\x00",
    "http://example.org/\t", "ｈttp://example.org/", "http://example.org?@127.0.0.1:22/\x7f", "javascript:alert(1)",
    "data:image/png;base64,AAAA", "http://" + "a" * 64 + ".org/", "http://" + "a." * 130 + "org/",
    "http://example.org/" + "a" * 5000, "jar:http://example.org!/", "http://[::1", "http://::1]/", "http://\ud800.org/",
]  # fmt: skip


class Recorder:
    """Ways that lead nowhere: what was asked for and called is written down."""

    def __init__(self, *numbers: str) -> None:
        self.numbers: Sequence[str] = numbers
        self.asked: list[str] = []
        self.called: list[tuple[str, int]] = []

    def resolve(self, host: str, port: int) -> Sequence[str]:
        self.asked.append(host)
        return self.numbers

    def connect(self, place: tuple[str, int], seconds: float) -> socket.socket:
        self.called.append(place)
        raise ConnectionRefusedError

    @property
    def ways(self) -> Ways:
        return Ways(self.resolve, self.connect)


@pytest.mark.parametrize("number", NUMBERS)
def test_no_private_number_is_connected_to_behind_any_name(number: str) -> None:
    recorder = Recorder(number)
    with pytest.raises(NotPublic):
        fetch("https://pictures.example.org/a.png", most=100, ways=recorder.ways)
    assert recorder.asked == ["pictures.example.org"] and not recorder.called


@pytest.mark.parametrize("number", NUMBERS)
def test_no_private_number_is_connected_to_as_an_address(number: str) -> None:
    recorder = Recorder(number)
    host = f"[{number}]" if ":" in number else number
    with pytest.raises((NotPublic, BadAddress)):
        fetch(f"http://{host}/a.png", most=100, ways=recorder.ways)
    assert not recorder.asked and not recorder.called


@pytest.mark.parametrize("number", NUMBERS)
def test_one_private_number_among_public_ones_is_enough(number: str) -> None:
    recorder = Recorder(PUBLIC, number)
    with pytest.raises(NotPublic):
        fetch("http://pictures.example.org/", most=100, ways=recorder.ways)
    assert not recorder.called


@pytest.mark.parametrize("host", NOTATIONS)
def test_no_odd_notation_of_a_host_leads_anywhere(host: str) -> None:
    recorder = Recorder("127.0.0.1")
    with pytest.raises((NotPublic, BadAddress)):
        fetch(f"http://{host}/latest/meta-data/", most=100, ways=recorder.ways)
    assert not recorder.called


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_is_no_plain_address_is_refused_before_anything_is_asked(address: str) -> None:
    recorder = Recorder(PUBLIC)
    with pytest.raises((NotPublic, BadAddress)):
        fetch(address, most=100, ways=recorder.ways)
    assert not recorder.asked and not recorder.called


def test_there_are_many_of_them() -> None:
    assert len({*NUMBERS, *NOTATIONS}) >= 160


@pytest.mark.parametrize(
    "number",
    ["1.1.1.1", "8.8.8.8", PUBLIC, "100.63.255.255", "100.128.0.1", "172.15.0.1", "172.32.0.1", "192.0.1.1", "198.17.0.1",
     "223.255.255.255", "168.63.129.17", "2606:4700:4700::1111", "2a00:1450::1", "2400:cb00::1"],
)  # fmt: skip
def test_public_numbers_are_public(number: str) -> None:
    found = number_of(number)
    assert found and is_public(found)


@pytest.mark.parametrize(
    ("address", "host", "port", "target"),
    [
        ("http://example.org", "example.org", 80, "/"),
        ("HTTPS://Example.ORG/A?b=c#d", "example.org", 443, "/A?b=c"),
        ("https://example.org:443/", "example.org", 443, "/"),
        ("http://example.org:443/", "example.org", 443, "/"),
        ("http://example.org./", "example.org", 80, "/"),
        ("http://example.org?a=b", "example.org", 80, "/?a=b"),
        ("https://例子.中国/图 1.png".replace(" ", "%20"), "xn--fsqu00a.xn--fiqs8s", 443, "/%E5%9B%BE%201.png"),
        ("http://my_pictures.example.org/a", "my_pictures.example.org", 80, "/a"),
        ("http://8.8.8.8/a", "8.8.8.8", 80, "/a"),
        ("http://[2606:4700::1111]/a", "2606:4700::1111", 80, "/a"),
        (
            "https://e.org/filters:no_upscale()?u=https%3A%2F%2Fx",
            "e.org",
            443,
            "/filters:no_upscale()?u=https%3A%2F%2Fx",
        ),
    ],
)
def test_honest_addresses_are_taken_apart(address: str, host: str, port: int, target: str) -> None:
    place = place_of(address)
    assert (place.host, place.port, place.target) == (host, port, target)


def test_the_number_that_was_checked_is_the_one_that_is_called_and_the_name_is_asked_once() -> None:
    recorder = Recorder(PUBLIC, "2606:4700::1111", PUBLIC)
    with pytest.raises(Unreachable):
        fetch("https://pictures.example.org/", most=100, ways=recorder.ways)
    assert recorder.asked == ["pictures.example.org"]
    assert recorder.called == [(PUBLIC, 443), ("2606:4700::1111", 443)]


def test_a_name_without_numbers_or_that_nobody_knows_cannot_be_reached() -> None:
    def unknown(host: str, port: int) -> Sequence[str]:
        raise socket.gaierror(socket.EAI_NONAME, "no such name")

    for ways in (Recorder().ways, Ways(unknown, Recorder().connect)):
        with pytest.raises(Unreachable):
            fetch("https://pictures.example.org/", most=100, ways=ways)


def test_proxies_of_the_environment_are_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    recorder = Recorder(PUBLIC)
    with pytest.raises(Unreachable):
        fetch("http://pictures.example.org/", most=100, ways=recorder.ways)
    assert recorder.called == [(PUBLIC, 80)]


@pytest.mark.parametrize("seed", range(40))
def test_whatever_stands_in_an_address_only_typed_reasons_come_out(seed: int) -> None:
    from random import Random

    dice = Random(seed)
    recorder: Any = Recorder("127.0.0.1")
    for _ in range(50):
        address = "http://" + "".join(
            dice.choice("a1.:[]@/\\%#?xn-。１٠\u202e\ud800 \n٫") for _ in range(dice.randint(0, 12))
        )
        with pytest.raises(NotFetched):
            fetch(address, most=10, ways=recorder.ways)
    assert not recorder.called
