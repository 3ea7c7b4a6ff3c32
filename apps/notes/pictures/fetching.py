"""Pictures on other hosts are fetched once and kept here: one after the other, in the background, never for a page."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_noop

from apps.core import fetching, jobs
from apps.core.fetching import NotFetched
from apps.core.fetching.gateway import OUTSIDE, Ways
from apps.core.jobs import Lease
from apps.core.models import Job
from apps.notes.models import Image, Mirror
from apps.notes.pictures import intake
from apps.notes.pictures.limits import MOST_BYTES

if TYPE_CHECKING:
    from django.contrib.auth.models import User

KIND = "fetch_pictures"
TYPES = ("image/png", "image/jpeg", "image/webp", "image/gif", "image/jpg", "application/octet-stream", "")
PAUSES = (timedelta(hours=1), timedelta(days=1), timedelta(days=3), timedelta(days=7))  # before each new attempt
SPACING = 1.0  # seconds between two questions to one host
_TURN = 60.0  # seconds after which the job makes room for others and queues up again
_MINE = timedelta(minutes=2)  # as long as the lease of a job: whoever began a picture earlier is dead
State = Mirror.State

TOO_LARGE = gettext_noop("What is there is larger than 10 MB.")


def is_on() -> bool:
    """A site without a way to other hosts, or that shall call none, says so once; what waits goes on waiting."""
    return bool(settings.PAPERNOTES_FETCH_PICTURES)


def fetch_later() -> None:
    """Queue one job for all that waits, unless one is queued."""
    if is_on() and not Job.objects.filter(kind=KIND, state=Job.State.QUEUED).exists():
        jobs.enqueue(KIND, {})


def try_again(mirror: Mirror) -> None:
    """Because somebody asks for it: attempts count from nothing."""
    with transaction.atomic():
        again = Mirror.objects.filter(pk=mirror.pk, state__in=(State.AWAY, State.REFUSED))
        if again.update(state=State.WAITING, attempts=0, tried=None, reason=""):
            fetch_later()


def try_due() -> None:
    """What could not be reached is tried again, less and less often, and then no more."""
    now, due = timezone.now(), Q(pk__in=[])
    for attempts, pause in enumerate(PAUSES, start=1):
        due |= Q(state=State.AWAY, attempts=attempts, tried__lt=now - pause)
    with transaction.atomic():
        Mirror.objects.filter(due).update(state=State.WAITING)
        if _waiting().exists():
            fetch_later()


def replace(mirror: Mirror, image: Image, user: User) -> bool:
    """By hand, whatever was there: none could be fetched, or a wrong one, or not the one that is meant any more."""
    stands = Mirror.objects.filter(pk=mirror.pk)
    return bool(stands.update(state=State.KEPT, image=image, replaced_by=user, reason=""))


def fetch_pictures(lease: Lease, ways: Ways = OUTSIDE) -> None:
    """The job. Run twice, it fetches nothing twice."""
    # What was tried before comes last: a picture that ends every run keeps no other from its turn.
    waiting = list(_waiting().order_by("attempts", "pk")) if is_on() else []
    lease.progress(done=0, total=len(waiting))
    turn, end = _Turn(ways), time.monotonic() + _TURN
    for done, mirror in enumerate(waiting):
        if time.monotonic() > end:
            break
        lease.progress(done=done, failed=turn.failed)
        turn.take(mirror)
    with transaction.atomic():
        if is_on() and _waiting().exists():
            jobs.enqueue(KIND, {})
        lease.progress(failed=turn.failed)
        lease.finish(Job.State.DONE)


def _waiting() -> models.QuerySet[Mirror]:
    """And nobody is at it."""
    free = Q(tried__isnull=True) | Q(tried__lt=timezone.now() - _MINE)
    return Mirror.objects.filter(free, state=State.WAITING)


class _Turn:
    """One run over many pictures: it knows which hosts are away, and when it last asked one."""

    def __init__(self, ways: Ways) -> None:
        self.ways, self.failed = ways, 0
        self.away: dict[str, str] = {}
        self.asked: dict[str, float] = {}

    def take(self, mirror: Mirror) -> None:
        claimed = {"tried": timezone.now(), "attempts": models.F("attempts") + 1}
        if not _waiting().filter(pk=mirror.pk).update(**claimed):
            return  # somebody else is at it, or it was replaced
        outcome = self._outcome(mirror.url)
        self.failed += outcome["state"] != State.KEPT
        Mirror.objects.filter(pk=mirror.pk, state=State.WAITING).update(**outcome)

    def _outcome(self, url: str) -> dict[str, Any]:
        host = urlsplit(url).netloc.lower()
        if host in self.away:
            return {"state": State.AWAY, "reason": self.away[host]}
        try:
            self._wait_for(host)
            found = fetching.fetch(url, most=MOST_BYTES, types=TYPES, ways=self.ways)
            image, _still = intake.take_in(found.data)
        except (fetching.Unreachable, fetching.TooSlow) as error:
            self.away[host] = error.reason
            return {"state": State.AWAY, "reason": error.reason}
        except (NotFetched, intake.Refused) as error:
            reason = TOO_LARGE if isinstance(error, fetching.TooLarge) else error.reason
            return {"state": State.AWAY if error.passing else State.REFUSED, "reason": reason}
        return {"state": State.KEPT, "reason": "", "image": image}

    def _wait_for(self, host: str) -> None:
        since = time.monotonic() - self.asked.get(host, float("-inf"))
        if since < SPACING:
            time.sleep(SPACING - since)
        self.asked[host] = time.monotonic()
