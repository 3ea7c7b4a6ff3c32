"""Tests cannot leave the machine."""

import socket

import pytest

from tests.fences import OutsideWorld


@pytest.mark.parametrize("host", ["192.0.2.1", "example.org"])
def test_a_connection_to_the_outside_is_an_error(host: str) -> None:
    with pytest.raises(OutsideWorld):
        socket.create_connection((host, 80), timeout=1)


def test_loopback_is_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()
