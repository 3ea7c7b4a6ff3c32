"""An address taken apart, strictly: what two programs could read differently is no address. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin

from apps.core.fetching.numbers import number_of
from apps.core.fetching.reasons import BadAddress, NotPublic

PORTS = {"http": 80, "https": 443}
_LONGEST = 4_000
_ADDRESS = re.compile(
    r"(?P<scheme>https?)://(?P<host>\[[0-9a-f:.]+\]|[^][:/?#@\\%\s]+)(?::(?P<port>[0-9]{1,5}))?(?P<rest>[/?].*)?\Z",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?=.{1,253}\Z)(?:(?!-)[a-z0-9_-]{1,63}(?<!-)\.)+(?!-)[a-z0-9_-]{1,63}(?<!-)\Z")
_NUMERIC = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)\Z")
_OUTSIDE_NO_NETWORK = ("localhost", "local", "internal", "intranet", "lan", "home", "corp", "private", "home.arpa")


@dataclass(frozen=True, slots=True)
class Place:
    """`target` is what the request line asks for."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def address(self) -> str:
        return f"{self.scheme}://{self.authority}{self.target}"

    @property
    def authority(self) -> str:
        """As it stands in an address and in the Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def place_of(address: str) -> Place:
    """Raises BadAddress, or NotPublic for names that no public network knows."""
    if len(address) > _LONGEST or any(ord(each) <= 0x20 or 0x7F <= ord(each) < 0xA0 for each in address):
        raise BadAddress(address[:200])
    found = _ADDRESS.match(address.split("#")[0])
    if not found:
        raise BadAddress(address[:200])
    scheme = found["scheme"].lower()
    port = int(found["port"] or PORTS[scheme])
    if port not in PORTS.values():
        raise BadAddress(address[:200])
    return Place(scheme, _host(found["host"]), port, _target(found["rest"] or ""))


def onward(place: Place, location: str) -> Place:
    """Where a redirect leads."""
    try:
        return place_of(urljoin(place.address, location))
    except ValueError as error:
        raise BadAddress(location[:200]) from error


def _host(said: str) -> str:
    if said.startswith("["):
        return _number(said[1:-1])
    try:
        host = said.encode("idna").decode("ascii").lower().removesuffix(".")  # full-width digits become digits here
    except UnicodeError as error:
        raise BadAddress(said[:200]) from error
    if _NUMERIC.match(host.rsplit(".", 1)[-1]):  # an IPv4 address, in whichever notation
        return _number(host)
    if "." not in host or host.endswith(tuple(f".{name}" for name in _OUTSIDE_NO_NETWORK)):
        raise NotPublic(host)
    if not _NAME.match(host):
        raise BadAddress(host)
    return host


def _number(said: str) -> str:
    """Only in the one notation that everybody reads alike."""
    number = number_of(said)
    if number is None:
        raise BadAddress(said)
    return str(number)


def _target(rest: str) -> str:
    path = rest if rest.startswith("/") else f"/{rest}"
    return quote(path, safe="/?%:@!$&'()*+,;=~-._[]|")
