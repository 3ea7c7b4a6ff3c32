"""How the gateway gets along with hosts: honest ones, and such as lead astray, never end, or say what is not so."""

from __future__ import annotations

import socket
import ssl
import subprocess
import time
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from apps.core import fetching
from apps.core.fetching import fetch
from tests.core.hosts_for_tests import OTHER, PRIVATE, PUBLIC, Host, host, plainly

A_PICTURE = "http://pictures.example.org/a.png"
PNG = "Content-Type: image/png"


def test_a_file_comes_with_what_its_host_says_it_is() -> None:
    with host(plainly(b"bytes", "Content-Type: Image/PNG; charset=x")) as other:
        found = fetch(A_PICTURE, most=5, types=("image/png",), ways=other.ways)
    assert found == fetching.Fetched(b"bytes", "image/png", A_PICTURE)


def test_a_request_tells_nothing_about_us() -> None:
    with host(plainly(b"x", "Set-Cookie: a=b")) as other:
        for _ in range(2):
            fetch("http://pictures.example.org:443/%E5%9B%BE?q=1#part", most=5, ways=other.ways)
    assert other.requests[0] == other.requests[1]
    first, *headers = other.requests[0].strip().split("\r\n")
    assert first == "GET /%E5%9B%BE?q=1 HTTP/1.1"
    assert sorted(headers) == [
        "Accept-Encoding: identity",
        "Accept: */*",
        "Connection: close",
        "Host: pictures.example.org:443",
        "User-Agent: papernotes",
    ]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(status: int) -> None:
    def answer(request: str, connection: socket.socket) -> None:
        if "/a.png" in request:
            plainly(
                b"", "Location: //cdn.example.org/图.png".encode().decode("latin-1"), status=f"{status} Over there"
            )(request, connection)
        else:
            plainly(b"here")(request, connection)

    with host(answer) as other:
        other.names["cdn.example.org"] = [(OTHER,)]
        found = fetch(A_PICTURE, most=5, ways=other.ways)
    assert (found.data, found.address) == (b"here", "http://cdn.example.org/%E5%9B%BE.png")
    assert other.called == [(PUBLIC, 80), (OTHER, 80)]


PRIVATE_PLACES = [
    "http://127.0.0.1/", "http://[::1]/", "http://2130706433/", "http://0x7f.1/", "http://localhost/", "//169.254.169.254/",
    "http://inside.example.org/", "https://inside.example.org/", "http://10.0.0.1:8000/", "file:///etc/passwd",
    "ftp://pictures.example.org/", "http://user@pictures.example.org/", "http://pictures.example.org:22/", "http://[::",
    "http:\\\\127.0.0.1/", "/\\127.0.0.1/", "http://127.0.0.1\\@pictures.example.org/", "gopher://x/", "http://mixed.example.org/",
    "http://１２７.0.0.1/", "http://[::ffff:127.0.0.1]/", "javascript:alert(1)", "///127.0.0.1/",
]  # fmt: skip


@pytest.mark.parametrize("location", PRIVATE_PLACES)
@pytest.mark.parametrize("after", [0, 2])
def test_no_redirect_leads_into_a_private_network(location: str, after: int) -> None:
    def answer(request: str, connection: socket.socket) -> None:
        step = len(other.requests)
        where = location if step > after else f"/{step}"
        plainly(b"", f"Location: {where}".encode().decode("latin-1"), status="302 Found")(request, connection)

    with host(answer) as other:
        other.names["inside.example.org"] = [(PRIVATE,)]
        other.names["mixed.example.org"] = [(PUBLIC, PRIVATE)]
        with pytest.raises((fetching.NotPublic, fetching.BadAddress, fetching.TooManyRedirects)):
            fetch(A_PICTURE, most=5, ways=other.ways)
    # `/\` is a path for us; the host is asked about it, and nobody else.
    assert set(other.called) == {(PUBLIC, 80)}
    assert all("Host: pictures.example.org\r\n" in request for request in other.requests)


def test_a_name_that_changes_its_number_between_two_questions_gains_nothing() -> None:
    with host(plainly(b"", "Location: /again", status="302 Found")) as other:
        other.names["pictures.example.org"] = [(PUBLIC,), (PRIVATE,)]
        with pytest.raises(fetching.NotPublic):
            fetch(A_PICTURE, most=5, ways=other.ways)
    assert other.called == [(PUBLIC, 80)]
    with host(plainly(b"once")) as other:
        other.names["pictures.example.org"] = [(PUBLIC,), (PRIVATE,)]
        assert fetch(A_PICTURE, most=5, ways=other.ways).data == b"once"  # asked once: there is no second answer


def test_redirects_end() -> None:
    with host(plainly(b"", "Location: /x", status="302 Found")) as other, pytest.raises(fetching.TooManyRedirects):
        fetch(A_PICTURE, most=5, ways=other.ways)
    assert len(other.requests) == 6


def endless(request: str, connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n")
    while True:
        connection.sendall(b"x" * 65536)


CHUNKED = b"6\r\n012345\r\n0\r\n\r\n"


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (plainly(b"123456", PNG), fetching.TooLarge),
        (plainly(b"", PNG, length=10**12), fetching.TooLarge),
        (endless, fetching.TooLarge),
        (plainly(CHUNKED, PNG, "Transfer-Encoding: chunked"), fetching.TooLarge),
        (plainly(b"1", "Content-Type: text/html"), fetching.WrongType),
        (plainly(b"1", "Content-Type: image/svg+xml"), fetching.WrongType),
        (plainly(b"1"), fetching.WrongType),
        (plainly(zlib.compress(bytes(4)), PNG, "Content-Encoding: deflate"), fetching.WrongType),
        (plainly(b"1", PNG, "Content-Encoding: gzip, br"), fetching.WrongType),
        (plainly(b"no", PNG, status="404 Not Found"), fetching.Answered),
        (plainly(b"no", PNG, status="500 Oh"), fetching.Answered),
        (plainly(b"1", PNG, status="206 Partial Content"), fetching.Answered),
        (plainly(b"1", PNG, status="302 Found"), fetching.Answered),  # without a place
        (plainly(b"12", PNG, length=4), fetching.Unreachable),  # cut
        (plainly(b"3\r\nab", PNG, "Transfer-Encoding: chunked"), fetching.Unreachable),
        (plainly(b"zz\r\nab", PNG, "Transfer-Encoding: chunked"), fetching.Unreachable),
        (lambda request, connection: connection.close(), fetching.Unreachable),
        (lambda request, connection: connection.sendall(b"hello\r\n\r\n"), fetching.Unreachable),
        (lambda request, connection: connection.sendall(b"HTTP/1.1 200 OK\r\nA: " + b"a" * 99999), fetching.Unreachable),
        (lambda request, connection: connection.sendall(b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 999), fetching.Unreachable),
    ],
)  # fmt: skip
def test_what_is_not_as_it_should_be_has_a_reason(answer: object, reason: type[Exception]) -> None:
    with host(answer) as other, pytest.raises(reason) as raised:  # type: ignore[arg-type]
        fetch(A_PICTURE, most=5, types=("image/png",), ways=other.ways)
    assert type(raised.value) is reason


def drips(start: bytes) -> object:
    def answer(request: str, connection: socket.socket) -> None:
        connection.sendall(start)
        for _ in range(200):
            connection.sendall(b"a")
            time.sleep(0.02)

    return answer


@pytest.mark.parametrize(
    "start", [b"", b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n"]
)
def test_a_host_that_sends_a_byte_now_and_then_is_left_in_time(start: bytes) -> None:
    began = time.monotonic()
    with host(drips(start)) as other, pytest.raises(fetching.TooSlow):  # type: ignore[arg-type]
        fetch(A_PICTURE, most=5000, ways=other.ways, seconds=0.3)
    assert time.monotonic() - began < 2


def test_a_resolver_that_never_answers_is_left_in_time() -> None:
    def wait(name: str, port: int) -> list[str]:
        time.sleep(3)
        return [PUBLIC]

    with pytest.raises(fetching.TooSlow):
        fetch(A_PICTURE, most=5, seconds=0.1, ways=fetching.gateway.Ways(wait, Host.connect))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of pictures.example.org, signed by itself."""
    made = tmp_path_factory.mktemp("tls") / "both.pem"
    name = ["-subj", "/CN=pictures.example.org", "-addext", "subjectAltName=DNS:pictures.example.org"]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *name]
    subprocess.run([*command, "-keyout", made, "-out", made], check=True, capture_output=True)
    return made


@pytest.mark.openssl
@pytest.mark.parametrize(
    ("name", "is_trusted", "believed"),
    [("pictures", True, True), ("pictures", False, False), ("others", True, False), ("8.8.8.8", True, False)],
)
def test_a_host_is_believed_with_a_trusted_certificate_of_its_name(
    certificate: Path, name: str, is_trusted: bool, believed: bool
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    def trusts() -> ssl.SSLContext:
        return ssl.create_default_context(cafile=certificate if is_trusted else None)

    address = "https://8.8.8.8/" if name == "8.8.8.8" else f"https://{name}.example.org/"
    with host(plainly(b"kept secret"), context) as other:
        ways = replace(other.ways, trusts=trusts)
        if believed:
            assert fetch(address, most=50, ways=ways).data == b"kept secret"
        else:
            with pytest.raises(fetching.Unreachable):
                fetch(address, most=50, ways=ways)
    assert [place[1] for place in other.called] == [443]
    assert bool(other.requests) is believed
