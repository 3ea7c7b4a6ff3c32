"""The document that a large file is, beside arXiv's word; all that is read of it at one time is one edition."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from apps.papers.models import Source

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import User


@dataclass(frozen=True, slots=True)
class Edition:
    document: str
    title: str
    file_name: str
    format: str
    since: datetime
    user: User | None


class Voice:
    """An edition within one transaction: its source is there as soon as it has something to say."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition

    @cached_property
    def source(self) -> Source:
        edition = self.edition
        mine = Source.objects.filter(kind=Source.Kind.LIST, document=edition.document, at__gte=edition.since)
        return mine.order_by("-pk").first() or Source.objects.create(
            kind=Source.Kind.LIST,
            format=edition.format,
            document=edition.document,
            title=edition.title[:500],
            file_name=edition.file_name[:255],
            user=edition.user,
        )
