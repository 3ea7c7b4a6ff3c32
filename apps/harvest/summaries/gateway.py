"""The one way to the machine: a chat endpoint of the administrator's choice, asked about one paper at a time.

The address may well be a private one: the best machine to ask is one's own. Neither the key nor a word of what the
service says of a failure gets into a log or an error."""

from __future__ import annotations

import ipaddress
import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings

from apps.harvest.arxiv import waiting
from apps.harvest.arxiv.failures import NoAnswer
from apps.harvest.arxiv.failures import Reason as Transport
from apps.harvest.arxiv.transport import Answered, Limits, OneRequest, Ways, session
from apps.harvest.summaries.failures import NoChinese, Reason
from apps.harvest.summaries.wording import Chinese, messages, read

# A model on a small machine writes a few words a second.
LIMITS = Limits(connect=10.0, read=110.0, total=120.0, most=1024 * 1024)
_STATUSES = {
    401: Reason.WRONG_KEY,
    402: Reason.NO_MONEY,
    403: Reason.WRONG_KEY,
    404: Reason.NO_MODEL,
    405: Reason.NO_MODEL,
    408: Reason.UNAVAILABLE,
    429: Reason.TOO_MANY,
    **dict.fromkeys((400, 413, 415, 422), Reason.NOT_ACCEPTED),
}
_TRANSPORT = {
    Transport.TOO_SLOW: Reason.TOO_SLOW,
    Transport.NO_HOST: Reason.NO_HOST,
    Transport.NO_TRUST: Reason.NO_TRUST,
    Transport.TOO_LARGE: Reason.TOO_LARGE,
}


@dataclass(frozen=True, slots=True)
class Machine:
    """Where it is and which model answers."""

    ways: Ways
    model: str
    key: str = field(default="", repr=False)


def machine() -> Machine | None:
    """As the settings name it; None where nobody wants one."""
    if not settings.PAPERNOTES_SUMMARY_URL:
        return None
    address = f"{settings.PAPERNOTES_SUMMARY_URL}/chat/completions"
    ways = Ways(address, f"papernotes/{settings.PAPERNOTES_VERSION}", LIMITS)
    return Machine(ways, settings.PAPERNOTES_SUMMARY_MODEL, settings.PAPERNOTES_SUMMARY_KEY)


def ask(whom: Machine, title: str, abstract: str) -> Chinese:
    """The Chinese texts of one paper. Raises NoChinese, and nothing else."""
    question: dict[str, Any] = {"model": whom.model, "messages": messages(title, abstract), "stream": False}
    try:
        body = _post(whom, {**question, "response_format": {"type": "json_object"}})
    except NoChinese as said:
        if said.failure.status not in {400, 422}:
            raise
        body = _post(whom, question)  # not every service knows that it can be asked for a form
    return read(_json(body))


class _Question(OneRequest):
    def check(self, request: requests.PreparedRequest, answered: Answered) -> None:
        status = answered.status
        if status == 200:
            return
        after = waiting.seconds(answered.headers.get("Retry-After"), answered.headers.get("Date"), self.ways.now())
        raise NoChinese(_reason(status, answered.body), retry_after=after, status=status)


def _post(whom: Machine, question: dict[str, Any]) -> bytes:
    headers = {"Authorization": f"Bearer {whom.key}"} if whom.key else {}
    try:
        with session(_Question(whom.ways)) as asking:
            # A model on this machine is not behind the proxy that leads to others.
            asking.trust_env = not is_here(whom.ways.address)
            content: bytes = asking.post(
                whom.ways.address, json=question, headers=headers, allow_redirects=False
            ).content
            return content
    except NoAnswer as error:
        raise NoChinese(_TRANSPORT.get(error.failure.reason, Reason.CUT_OFF)) from None


def _reason(status: int, body: bytes) -> Reason:
    if 300 <= status < 400:
        return Reason.MOVED
    if status == 429 and b"insufficient_quota" in body:
        return Reason.NO_MONEY
    return _STATUSES.get(status, Reason.UNAVAILABLE if status >= 500 else Reason.OTHER_ANSWER)


def _json(body: bytes) -> object:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise NoChinese(Reason.OTHER_ANSWER) from None


def is_here(address: str) -> bool:
    host = urlsplit(address).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
