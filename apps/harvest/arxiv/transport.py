"""One request to arXiv: in limits of time and size, led to no other address, and an answer or a reason why not."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol

import requests
import urllib3
from requests.adapters import HTTPAdapter

from apps.harvest.arxiv import statuses
from apps.harvest.arxiv.failures import Broken, NoAnswer, Reason, Unreachable
from apps.harvest.arxiv.watch import Watch, watched_pools

_CHUNK = 1 << 16


class Alarm(Protocol):
    def start(self) -> None: ...

    def cancel(self) -> None: ...


def _alarm(seconds: float, ring: Callable[[], None]) -> Alarm:
    timer = threading.Timer(seconds, ring)
    timer.daemon = True
    return timer


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds to connect, between two bytes, and for all of it; and the bytes, unpacked, that are taken at most."""

    connect: float = 10.0
    read: float = 30.0
    total: float = 60.0
    most: int = 24 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Ways:
    """The address, who we say we are, and what only tests replace."""

    address: str
    agent: str
    limits: Limits = field(default_factory=Limits)
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    alarm: Callable[[float, Callable[[], None]], Alarm] = _alarm


@dataclass(frozen=True, slots=True)
class Answered:
    status: int
    body: bytes
    headers: Mapping[str, str]


class OneRequest(HTTPAdapter):
    """Sends one request and no second: each must wait for its turn, and a library that pages by itself would not."""

    def __init__(self, ways: Ways, read: Callable[[Answered], bytes] | None = None) -> None:
        self.ways, self._read, self._watch, self._sent = ways, read, Watch(), False
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        watched_pools(self.poolmanager, self._watch)

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> urllib3.ProxyManager:
        manager: urllib3.ProxyManager = super().proxy_manager_for(*args, **kwargs)
        watched_pools(manager, self._watch)
        return manager

    def send(self, request: requests.PreparedRequest, **kwargs: Any) -> requests.Response:  # type: ignore[override]
        if self._sent:
            raise SecondRequest
        self._sent = True
        request.headers["User-Agent"] = self.ways.agent
        limits = self.ways.limits
        kwargs |= {"stream": True, "timeout": (limits.connect, limits.read)}
        with self._in_time(), _reasons(self._watch), contextlib.closing(self._watch):
            response = super().send(request, **kwargs)
            body = _body(response, limits.most)
            if self._watch.ended:
                raise Unreachable(Reason.TOO_SLOW)
        answered = Answered(response.status_code, body, response.headers)
        self.check(request, answered)
        response._content = self._read(answered) if self._read else body
        return response

    def check(self, request: requests.PreparedRequest, answered: Answered) -> None:
        """Raises NoAnswer for a status that is no answer."""
        conditional = bool({"If-None-Match", "If-Modified-Since"} & set(request.headers))
        statuses.check(answered.status, answered.headers, answered.body, self.ways.now(), conditional=conditional)

    @contextmanager
    def _in_time(self) -> Iterator[None]:
        """A host that sends a byte now and then would never run into a time limit of the socket."""
        alarm = self.ways.alarm(self.ways.limits.total, self._watch.end)
        alarm.start()
        try:
            yield
        finally:
            alarm.cancel()


class SecondRequest(Exception):
    """Somebody wanted another page."""


def session(adapter: OneRequest) -> requests.Session:
    """Passes only through the adapter. Proxies of the environment count, its passwords do not."""
    made = requests.Session()
    made.auth = _nobody
    made.mount("http://", adapter)
    made.mount("https://", adapter)
    return made


def get(ways: Ways, params: Mapping[str, str], headers: Mapping[str, str] | None = None) -> Answered:
    """Raises NoAnswer, and nothing else."""
    with session(OneRequest(ways)) as asking:
        response = asking.get(ways.address, params=params, headers=dict(headers or {}), allow_redirects=False)
        return Answered(response.status_code, response.content, response.headers)


def _nobody(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def _body(response: requests.Response, most: int) -> bytes:
    got = bytearray()
    while chunk := response.raw.read(_CHUNK, decode_content=True):
        got += chunk
        if len(got) > most:
            response.close()
            raise Broken(Reason.TOO_LARGE)
    response.raw.release_conn()
    return bytes(got)


@contextmanager
def _reasons(watch: Watch) -> Iterator[None]:
    try:
        yield
    except NoAnswer:
        raise
    except urllib3.exceptions.DecodeError as error:
        raise Broken(Reason.CUT_XML, type(error).__name__) from error
    except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError) as error:
        raise Unreachable(Reason.TOO_SLOW if watch.ended else _reason(error), type(error).__name__) from error


def _reason(error: BaseException) -> Reason:
    if isinstance(error, requests.exceptions.SSLError):
        return Reason.NO_TRUST
    if isinstance(error, (requests.Timeout, urllib3.exceptions.TimeoutError)):
        return Reason.TOO_SLOW
    causes = list(_causes(error))
    if any(isinstance(each, (urllib3.exceptions.NewConnectionError, ConnectionRefusedError)) for each in causes):
        return Reason.NO_HOST
    return Reason.CUT_OFF


def _causes(error: BaseException) -> Iterator[BaseException]:
    """urllib3 keeps what happened in `reason`, requests in its first argument, Python in the cause."""
    seen: list[BaseException] = []
    waiting: list[object] = [error]
    while waiting:
        each = waiting.pop()
        if isinstance(each, BaseException) and each not in seen:
            seen.append(each)
            waiting += [getattr(each, "reason", None), each.__cause__, *each.args]
    yield from seen
