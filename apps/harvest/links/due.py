"""Which addresses are looked at next: second looks first, then what was never looked at, then what was so longest ago."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Min, Q, QuerySet

from apps.core.prepared import Prepared
from apps.harvest.links.verdicts import GONE, SECOND_LOOK, State
from apps.harvest.models import LinkCheck
from apps.papers.models import PaperLink
from apps.papers.querysets import among_texts

KINDS = (PaperLink.Kind.CODE, PaperLink.Kind.PROJECT, PaperLink.Kind.DATA)
SELDOM = timedelta(days=7)
_DEAD = Prepared(
    lambda keys: LinkCheck.objects.filter(among_texts("key", keys), state=State.DEAD).order_by().values_list("url")
)


def links() -> QuerySet[PaperLink]:
    """Those that are looked after."""
    return PaperLink.objects.filter(kind__in=KINDS)


def due(now: datetime, most: int) -> list[LinkCheck]:
    """At most so many; rows for addresses that have none yet are made."""
    known = LinkCheck.objects.filter(url__in=links().order_by().values("url"))
    gone_once = Q(state=State.GONE_ONCE, status__in=GONE, checked_at__lte=now - SECOND_LOOK)
    found = list(known.filter(gone_once).order_by("checked_at", "pk")[:most])
    found += known.filter(checked_at__isnull=True).order_by("pk")[: most - len(found)]
    found += _new(most - len(found))
    again = known.filter(checked_at__lte=now - SELDOM).exclude(pk__in=[check.pk for check in found])
    return found + list(again.order_by("checked_at", "pk")[: most - len(found)])


def _new(most: int) -> list[LinkCheck]:
    if not most:
        return []
    unknown = links().exclude(url__in=LinkCheck.objects.order_by().values("url")).order_by()
    urls = [url for url, _ in unknown.values_list("url").annotate(first=Min("pk")).order_by("first")[:most]]
    LinkCheck.objects.bulk_create([LinkCheck(url=url, key=key_of(url)) for url in urls], ignore_conflicts=True)
    return list(LinkCheck.objects.filter(key__in=map(key_of, urls)).order_by("pk"))


def key_of(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()


def dead_among(urls: Iterable[str]) -> set[str]:
    keys = [key_of(url) for url in set(urls)]
    return {url for (url,) in _DEAD(keys)} if keys else set()
