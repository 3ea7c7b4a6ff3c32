"""What `manage.py doctor` asks of arXiv's room."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from apps.core.doctor import Finding
from apps.harvest.models import ArxivQuery, Fetch, Pace
from apps.harvest.pace import ARXIV
from apps.papers.models import Paper

FAR = timedelta(minutes=1)  # what is shorter is the pace of every day
OFTEN = 3  # refusals in a row


def arxiv() -> Iterator[Finding]:
    yield _contact()
    yield from _papers()
    yield from _held_off()


def _contact() -> Finding:
    """Who asks arXiv nothing needs none."""
    asks = not settings.PAPERNOTES_CONTACT and (
        Fetch.objects.exists() or ArxivQuery.objects.filter(active=True).exists()
    )
    advice = _("Set PAPERNOTES_CONTACT to a mail address, so that arXiv can write instead of shutting you out.")
    return Finding(
        gettext_noop("contact for arXiv"), settings.PAPERNOTES_CONTACT or _("not set"), advice if asks else ""
    )


def _papers() -> Iterator[Finding]:
    """An id that arXiv does not know is for people to decide about; what failed can be tried again."""
    counts = dict(Paper.objects.order_by().exclude(metadata="").values_list("metadata").annotate(Count("pk")))
    states = Paper.Metadata
    yield Finding(gettext_noop("papers that wait for arXiv"), str(counts.get(states.PENDING, 0)))
    yield Finding(gettext_noop("papers that arXiv does not know"), str(counts.get(states.NOT_FOUND, 0)))
    failed = counts.get(states.FAILED, 0)
    address = f"{settings.PAPERNOTES_URL}{reverse('paper_list')}?metadata={states.FAILED}"
    advice = _("See why, and try again: %(address)s") % {"address": address} if failed else ""
    yield Finding(gettext_noop("papers that could not be fetched"), str(failed), advice)


def _held_off() -> Iterator[Finding]:
    pace = Pace.objects.of(ARXIV).first()
    if pace is None:
        return
    later = pace.free_at - timezone.now() > FAR
    says = _("not before %(when)s") % {"when": f"{pace.free_at:%Y-%m-%d %H:%M} UTC"} if later else _("may be asked")
    advice = _("It turned us away %(times)s times in a row. Check PAPERNOTES_CONTACT and ARXIV_MIN_INTERVAL.")
    yield Finding("arXiv", says, advice % {"times": pace.refusals} if pace.refusals >= OFTEN else "")
