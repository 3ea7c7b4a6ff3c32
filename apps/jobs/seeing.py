"""Which jobs a person sees: their own, those of kinds they look after, and administrators all. Who sees one may steer it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from apps.accounts.roles import is_administrator
from apps.core.models import Job
from apps.jobs.kinds import kinds

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def seen_by(user: User) -> QuerySet[Job]:
    jobs = Job.objects.select_related("user").defer("arguments")
    if is_administrator(user):
        return jobs
    theirs = [kind.name for kind in kinds().values() if kind.permission and user.has_perm(kind.permission)]
    return jobs.filter(Q(user=user) | Q(kind__in=theirs))
