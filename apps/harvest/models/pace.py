"""A Pace: whose turn it is to ask a service, and from when on the next one may."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q


class PaceQuerySet(models.QuerySet["Pace"]):
    def of(self, service: str) -> Self:
        return self.filter(service=service)

    def free(self, now: datetime) -> Self:
        """Nobody asks at the moment, or their time has run out, and the last request is long enough ago."""
        return self.filter(Q(lease="") | Q(lease_until__lte=now), free_at__lte=now)


class Pace(models.Model):
    """One row a service, written by conditional updates alone: it holds for all processes on all hosts."""

    service = models.CharField(max_length=40, primary_key=True)
    free_at = models.DateTimeField()
    lease = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    holder = models.CharField(max_length=200, blank=True)
    refusals = models.PositiveIntegerField(default=0)

    objects = PaceQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.service
