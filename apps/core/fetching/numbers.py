"""Which internet addresses are everybody's. Pure; Python's own `is_global` lets several pass that are not."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

Number = IPv4Address | IPv6Address

_NOT_V4 = [
    ip_network(each)
    for each in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",
        "100.64.0.0/10",  # carriers' own; clouds keep their secrets here too
        "127.0.0.0/8",
        "169.254.0.0/16",  # link-local, where clouds tell machines who they are
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # AMT
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "168.63.129.16/32",  # looks public, but is what each machine in Azure asks about itself
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
    )
]
_V6 = ip_network("2000::/3")  # all that was ever given out; mapped, NAT64, private, local and multicast lie outside
_NOT_V6 = [
    ip_network(each)
    for each in (
        "2001::/23",  # protocols: Teredo, ORCHID, benchmarks, anycast
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: holds any IPv4 address
        "2620:4f:8000::/48",  # AS112
        "3ffe::/16",  # the first tests
        "3fff::/20",  # documentation
    )
]


def is_public(number: Number) -> bool:
    if isinstance(number, IPv4Address):
        return number.is_global and not any(number in network for network in _NOT_V4)
    if number.scope_id or number not in _V6 or _holds_isatap(number):
        return False
    return number.is_global and not any(number in network for network in _NOT_V6)


def _holds_isatap(number: IPv6Address) -> bool:
    """A tunnel to the IPv4 address in its last bytes."""
    return (int(number) >> 32) & 0xFDFFFFFF == 0x5EFE


def number_of(text: str) -> Number | None:
    try:
        return ip_address(text)
    except ValueError:
        return None
