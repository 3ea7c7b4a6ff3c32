"""The job that looks after links: slowly, one request to a host in ten seconds, and nobody's worker is kept waiting."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from apps.core import fetching
from apps.core.fetching.gateway import MOST_REDIRECTS, OUTSIDE, Ways
from apps.core.jobs import Lease
from apps.core.models import Job
from apps.harvest import daily
from apps.harvest.links.due import due, key_of, links
from apps.harvest.links.verdicts import State, verdict
from apps.harvest.models import LinkCheck, News

KIND = "check_links"
MOST = 50  # addresses a run
SPACING = timedelta(seconds=10)  # between two requests to one host
_SECONDS = 15.0  # for one answer
_NOBODY = -1
_AWAY = frozenset({_NOBODY, 429, 503})  # asks us to stay away: then all its other addresses wait for another day, too
WAITING = gettext_noop("Links on the same host are looked at one after the other, with pauses.")


def is_on() -> bool:
    return bool(settings.PAPERNOTES_CHECK_LINKS)


@dataclass
class Run:
    """How far one run is; kept in the job, so that whoever takes it over asks no host too soon and nothing twice."""

    total: int = 0
    left: list[int] = field(default_factory=list)  # checks by number
    onward: dict[str, list[str]] = field(default_factory=dict)  # by number: the addresses that led to the next one
    asked: dict[str, str] = field(default_factory=dict)  # by host: when it was asked last
    away: list[str] = field(default_factory=list)  # hosts that are asked nothing more today

    def address(self, check: LinkCheck) -> str:
        return self.steps(check)[-1]

    def steps(self, check: LinkCheck) -> list[str]:
        return self.onward.get(str(check.pk), [check.url])

    def free_at(self, check: LinkCheck, now: datetime) -> datetime:
        host = host_of(self.address(check))
        said = None if host in self.away else self.asked.get(host)
        return max(now, datetime.fromisoformat(said) + SPACING) if said else now

    def over(self, check: LinkCheck) -> None:
        self.left.remove(check.pk)
        self.onward.pop(str(check.pk), None)


def host_of(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def check_links(lease: Lease, ways: Ways = OUTSIDE) -> None:
    """The job. Run twice, it asks nobody twice."""
    if not is_on() or daily.is_second(lease.job):
        return lease.finish(Job.State.DONE)
    run = _begun(lease)
    checks = LinkCheck.objects.in_bulk(run.left)
    run.left = [pk for pk in run.left if pk in checks]
    while run.left:
        now = timezone.now()
        # The host that is free first: so that hosts take turns by themselves.
        check = min((checks[pk] for pk in run.left), key=lambda check: run.free_at(check, now))
        if (free := run.free_at(check, now)) > now:
            return lease.postpone(free, WAITING)
        _look_at(lease, run, check, ways)
        if run.left and lease.step_back():
            return None
    return lease.finish(Job.State.DONE)


def _begun(lease: Lease) -> Run:
    if lease.job.arguments:
        return Run(**lease.job.arguments)
    with transaction.atomic():
        left = [check.pk for check in due(timezone.now(), MOST)]
        run = Run(len(left), left)
        _keep(lease, run)
    return run


def _keep(lease: Lease, run: Run) -> None:
    lease.progress(done=run.total - len(run.left), total=run.total)
    Job.objects.filter(pk=lease.job.pk, lease=lease.token).update(arguments=asdict(run))


def _look_at(lease: Lease, run: Run, check: LinkCheck, ways: Ways) -> None:
    """One request; that the host was asked is written down before it, and once more after it."""
    address, host = run.address(check), host_of(run.address(check))
    looked = fetching.Looked(0)  # as it counts at a host that is away: it comes behind others the next time
    if host not in run.away:
        run.asked[host] = timezone.now().isoformat()
        _keep(lease, run)
        looked = _looked(address, ways)
        run.asked[host] = timezone.now().isoformat()
        run.away += [host] if looked.status in _AWAY else []
    with transaction.atomic():
        steps = run.steps(check)
        if looked.onward and len(steps) <= MOST_REDIRECTS:
            run.onward[str(check.pk)] = [*steps, looked.onward]
        else:
            run.over(check)
            _conclude(check, 0 if looked.onward else max(looked.status, 0))  # who is sent on and on has learnt nothing
        _keep(lease, run)


def _looked(address: str, ways: Ways) -> fetching.Looked:
    try:
        return fetching.look(address, seconds=_SECONDS, ways=ways)
    except (fetching.Unreachable, fetching.TooSlow):
        return fetching.Looked(_NOBODY)
    except fetching.NotFetched:
        return fetching.Looked(0)


def _conclude(check: LinkCheck, status: int) -> None:
    now = timezone.now()
    found = verdict(check.state, check.gone_since, status, now)
    stands = LinkCheck.objects.filter(pk=check.pk, checked_at=check.checked_at)
    written = stands.update(state=found.state, gone_since=found.gone_since, status=status, checked_at=now)
    if written and found.state == State.DEAD != check.state:
        _tell(check.url, status)


def _tell(url: str, status: int) -> None:
    """News for each paper that leads there, once."""
    kinds = {link.paper_id: link.kind for link in links().filter(url=url).order_by("-position")}
    key = url if len(url) <= 200 else key_of(url)
    detail = {"url": url, "status": status}
    news = [
        News(paper_id=pk, kind=News.Kind.DEAD_LINK, key=key, detail={**detail, "link": kind})
        for pk, kind in kinds.items()
    ]
    News.objects.bulk_create(news, ignore_conflicts=True)
