"""The log of changed papers that the index follows; database triggers write it (see apps/search/triggers)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Change(models.Model):
    """Some papers changed: `paper_id`, or all from it to `last`. No foreign key, as a paper that is gone changed, too.

    `mark` is random, so that a number which is given out again, after a backup was put back, is not taken for the same.
    `xid` is PostgreSQL's number of the transaction: numbers of rows become visible out of order there. A row with a
    time (`at`) is of no paper; it begins the log, or lets `changes.trim` tell how old the rows before it are.
    """

    id = models.BigAutoField(primary_key=True)
    paper_id = models.BigIntegerField(null=True)
    last = models.BigIntegerField(null=True)
    mark = models.BigIntegerField()
    xid = models.BigIntegerField(null=True)
    at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["xid", "id"], condition=Q(xid__isnull=False), name="change_xid"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.paper_id}"
