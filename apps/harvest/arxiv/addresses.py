"""Where arXiv is and who we say we are, from the settings."""

from __future__ import annotations

from django.conf import settings

from apps.harvest.arxiv.transport import Limits, Ways

_LISTS = Limits(read=45.0, total=90.0, most=32 * 1024 * 1024)  # OAI-PMH sends thousands of records at once


def api() -> Ways:
    return Ways(settings.ARXIV_API_URL, agent())


def oai() -> Ways:
    return Ways(settings.ARXIV_OAI_URL, agent(), _LISTS)


def feeds() -> Ways:
    return Ways(settings.ARXIV_RSS_URL, agent())


def agent() -> str:
    contact = f"; mailto:{settings.PAPERNOTES_CONTACT}" if settings.PAPERNOTES_CONTACT else ""
    return f"papernotes/{settings.PAPERNOTES_VERSION} (+{settings.PAPERNOTES_URL}{contact})"
