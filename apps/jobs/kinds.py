"""What the page of jobs says of each kind: rooms name theirs in the setting JOB_WORDS, beside JOB_KINDS."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.module_loading import import_string

from apps.core.models import Job

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True)
class Kind:
    """`permission`: whoever holds it sees and steers everybody's jobs of this kind, as administrators do."""

    name: str
    label: StrPromise | str
    permission: str = ""
    # The page that says more and has verbs of its own; such a job is stopped and started again there.
    page: Callable[[Job], str] | None = None


def kinds() -> dict[str, Kind]:
    rooms: list[tuple[Kind, ...]] = [import_string(path) for path in settings.JOB_WORDS]
    return {kind.name: kind for room in rooms for kind in room}


def kind_of(job: Job) -> Kind:
    """A kind that nobody named is shown by its name, to its owner and to administrators."""
    return kinds().get(job.kind) or Kind(job.kind, job.kind)
