"""Fetches one file from another host: public addresses only, checked and then connected to, at every redirect anew."""

from __future__ import annotations

import contextlib
import http.client
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from apps.core.fetching.numbers import Number, is_public, number_of
from apps.core.fetching.places import Place, onward, place_of
from apps.core.fetching.reasons import (
    Answered,
    NotFetched,
    NotPublic,
    TooLarge,
    TooManyRedirects,
    TooSlow,
    Unreachable,
    WrongType,
)

SECONDS = 30.0  # for all of it, redirects included
MOST_REDIRECTS = 5
_TO_CONNECT = 8.0
_MOST_NUMBERS = 4  # of one host that are tried
_REDIRECTS = {301, 302, 303, 307, 308}
_CHUNK = 1 << 16
_AGENT = "papernotes"

# host, port -> its numbers; raises OSError. (number, port), seconds -> a socket that is connected.
Resolver = Callable[[str, int], Sequence[str]]
Connector = Callable[[tuple[str, int], float], socket.socket]


@dataclass(frozen=True, slots=True)
class Fetched:
    """`type` is what the host says it is, which need not be true; `address` where redirects led."""

    data: bytes
    type: str
    address: str


@dataclass(frozen=True, slots=True)
class Looked:
    """`onward` is the address to which a redirect leads; it was not asked yet."""

    status: int
    onward: str = ""


@dataclass(frozen=True, slots=True)
class Ways:
    """How hosts are found and reached. Only tests know others than these."""

    resolve: Resolver
    connect: Connector
    allows: Callable[[Number], bool] = is_public
    trusts: Callable[[], ssl.SSLContext] = ssl.create_default_context


def _resolve(host: str, port: int) -> Sequence[str]:
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def _connect(place: tuple[str, int], seconds: float) -> socket.socket:
    return socket.create_connection(place, timeout=seconds)


OUTSIDE = Ways(_resolve, _connect)


class _Clock:
    def __init__(self, seconds: float) -> None:
        self.end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        left = self.end - time.monotonic()
        if left <= 0:
            raise TooSlow
        return left


def fetch(
    address: str, *, most: int, types: Collection[str] = (), seconds: float = SECONDS, ways: Ways = OUTSIDE
) -> Fetched:
    """At most `most` bytes of one of the `types` (all, if none is named). Raises NotFetched, and nothing else."""
    clock = _Clock(seconds)
    place = place_of(address)
    for _ in range(MOST_REDIRECTS + 1):
        answer = _ask(place, clock, ways, most, types)
        if isinstance(answer, Fetched):
            return answer
        place = onward(place, answer)
    raise TooManyRedirects


def look(address: str, *, seconds: float = SECONDS, ways: Ways = OUTSIDE) -> Looked:
    """How a host answers to one address: not a byte of what is there is read, and a redirect is told, not followed.

    Raises NotFetched, and nothing else."""
    place = place_of(address)
    with _answer(place, _Clock(seconds), ways, ()) as answer:
        location = _location(answer)
        return Looked(answer.status, onward(place, location).address if location else "")


def _ask(place: Place, clock: _Clock, ways: Ways, most: int, types: Collection[str]) -> Fetched | str:
    """What is there, or where it says that it is."""
    with _answer(place, clock, ways, types) as answer:
        if location := _location(answer):
            return location
        _check(answer, most, types)
        data = _read(answer, most)
        _ = clock.left  # what was cut off in the middle looks whole where no length was said
        return Fetched(data, _type_of(answer), place.address)


@contextmanager
def _answer(place: Place, clock: _Clock, ways: Ways, types: Collection[str]) -> Iterator[http.client.HTTPResponse]:
    """Its head; the body may be read until the end of the block."""
    numbers = _numbers(place, clock, ways)
    try:
        with _connected(place, numbers, clock, ways) as connection:
            yield _request(connection, place, types)
    except NotFetched:
        raise
    except (OSError, http.client.HTTPException, ValueError) as error:
        _ = clock.left  # whoever was cut off was too slow
        raise Unreachable(type(error).__name__) from error


def _location(answer: http.client.HTTPResponse) -> str:
    said = answer.getheader("Location") if answer.status in _REDIRECTS else None
    return (said or "").encode("latin-1", "replace").decode("utf-8", "replace")


def _numbers(place: Place, clock: _Clock, ways: Ways) -> list[str]:
    """All that the host has, if every one of them is public. They are asked for once: who is checked is called."""
    said = [place.host] if number_of(place.host) else _resolved(place, clock, ways)
    numbers = [number_of(each) for each in said]
    if not numbers:
        raise Unreachable
    if any(number is None or not ways.allows(number) for number in numbers):
        raise NotPublic(place.host)
    return list(dict.fromkeys(str(number) for number in numbers))


def _resolved(place: Place, clock: _Clock, ways: Ways) -> Sequence[str]:
    """In a thread, because nothing else ends a resolver that waits."""
    answers: queue.Queue[Sequence[str] | Exception] = queue.Queue()

    def resolve() -> None:
        try:
            answers.put(ways.resolve(place.host, place.port))
        except Exception as error:  # told to whoever waits for it
            answers.put(error)

    threading.Thread(target=resolve, name="resolve", daemon=True).start()
    try:
        found = answers.get(timeout=clock.left)
    except queue.Empty:
        raise TooSlow from None
    if isinstance(found, (OSError, UnicodeError)):
        raise Unreachable(type(found).__name__) from found
    if isinstance(found, Exception):
        raise found
    return found


@contextmanager
def _connected(place: Place, numbers: Sequence[str], clock: _Clock, ways: Ways) -> Iterator[http.client.HTTPConnection]:
    connection = http.client.HTTPConnection(place.host, place.port)
    sock = _first_that_answers(place, numbers, clock, ways)
    if place.scheme == "https":
        # The number is connected to; the certificate must be that of the name.
        sock = ways.trusts().wrap_socket(sock, server_hostname=place.host, do_handshake_on_connect=False)
    connection.sock = sock
    try:
        with _ended_in_time(sock, clock):
            if isinstance(sock, ssl.SSLSocket):
                sock.do_handshake()
            yield connection
    finally:
        connection.close()
        sock.close()


def _first_that_answers(place: Place, numbers: Sequence[str], clock: _Clock, ways: Ways) -> socket.socket:
    for number in numbers[:_MOST_NUMBERS]:
        try:
            return ways.connect((number, place.port), min(_TO_CONNECT, clock.left))
        except OSError:
            continue
    raise Unreachable(place.host)


@contextmanager
def _ended_in_time(sock: socket.socket, clock: _Clock) -> Iterator[None]:
    """A host that sends a byte now and then would never run into a time limit of the socket."""

    def end() -> None:
        with contextlib.suppress(OSError):  # it is over already
            socket.socket.shutdown(sock, socket.SHUT_RDWR)

    sock.settimeout(clock.left)
    timer = threading.Timer(clock.left, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _request(connection: http.client.HTTPConnection, place: Place, types: Collection[str]) -> http.client.HTTPResponse:
    connection.putrequest("GET", place.target, skip_host=True, skip_accept_encoding=True)
    connection.putheader("Host", place.authority)
    connection.putheader("User-Agent", _AGENT)
    connection.putheader("Accept", ", ".join(types) or "*/*")
    connection.putheader("Accept-Encoding", "identity")
    connection.putheader("Connection", "close")
    connection.endheaders()
    return connection.getresponse()


def _check(answer: http.client.HTTPResponse, most: int, types: Collection[str]) -> None:
    if answer.status != 200:
        raise Answered(answer.status)
    if answer.getheader("Content-Encoding", "identity").strip().lower() not in {"", "identity"}:
        raise WrongType  # packed although it was asked not to: what it unpacks to has no limit
    if types and _type_of(answer) not in types:
        raise WrongType(_type_of(answer))
    if (answer.length or 0) > most:
        raise TooLarge


def _type_of(answer: http.client.HTTPResponse) -> str:
    return answer.getheader("Content-Type", "").split(";")[0].strip().lower()[:100]


def _read(answer: http.client.HTTPResponse, most: int) -> bytes:
    got = bytearray()
    while chunk := answer.read(_CHUNK):
        got += chunk
        if len(got) > most:
            raise TooLarge
    if answer.length:
        raise Unreachable("cut")
    return bytes(got)
