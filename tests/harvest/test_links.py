"""Links of papers are looked at slowly: only what is gone twice is dead, and no host is asked often."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from apps.core import jobs
from apps.core.fetching import Looked, NotPublic, TooManyRedirects, TooSlow, Unreachable
from apps.core.models import Job
from apps.harvest import tasks
from apps.harvest.links import checking
from apps.harvest.links.checking import MOST, check_links, host_of
from apps.harvest.links.due import dead_among, due
from apps.harvest.links.verdicts import Verdict, verdict
from apps.harvest.models import LinkCheck, News
from apps.papers.models import PaperLink
from tests.core.hosts_for_tests import host, plainly
from tests.papers.library import paper

State = LinkCheck.State
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
EARLIER = NOON - timedelta(hours=21)
JUST_NOW = NOON - timedelta(hours=19)


@pytest.mark.parametrize(
    ("state", "since", "status", "then"),
    [
        *(("", None, gone, Verdict(State.GONE_ONCE, NOON)) for gone in (404, 410)),
        *((State.ALIVE, None, gone, Verdict(State.GONE_ONCE, NOON)) for gone in (404, 410)),
        *((State.GONE_ONCE, EARLIER, gone, Verdict(State.DEAD, EARLIER)) for gone in (404, 410)),
        (State.GONE_ONCE, JUST_NOW, 404, Verdict(State.GONE_ONCE, JUST_NOW)),
        (State.DEAD, EARLIER, 404, Verdict(State.DEAD, EARLIER)),
        *(("", None, odd, Verdict("", None)) for odd in (0, 400, 401, 403, 405, 408, 418, 429, 451, 500, 502, 503, 504)),
        *((State.GONE_ONCE, EARLIER, odd, Verdict(State.GONE_ONCE, EARLIER)) for odd in (0, 403, 429, 500, 503)),
        *((State.DEAD, EARLIER, odd, Verdict(State.DEAD, EARLIER)) for odd in (0, 403, 429, 500)),
        *((State.ALIVE, None, odd, Verdict(State.ALIVE, None)) for odd in (0, 403, 429, 500)),
        *((before, EARLIER, fine, Verdict(State.ALIVE, None)) for before in ("", State.DEAD, State.GONE_ONCE) for fine in (200, 204, 302, 304)),
    ],
)  # fmt: skip
def test_what_an_answer_says_of_an_address(state: str, since: datetime | None, status: int, then: Verdict) -> None:
    assert verdict(state, since, status, NOON) == then


class World:
    """Hosts that answer by address, and a clock that moves only when it is told to."""

    def __init__(self) -> None:
        self.time = NOON
        self.answers: dict[str, Looked | Exception] = {}
        self.asked: list[tuple[datetime, str]] = []

    def look(self, address: str, **_: Any) -> Looked:
        self.asked.append((self.time, address))
        found = self.answers.get(address, Looked(200))
        if isinstance(found, Exception):
            raise found
        return found

    @property
    def addresses(self) -> list[str]:
        return [address for _, address in self.asked]

    def run(self, job: Job | None = None) -> Job:
        """One job until it is over; whenever it waits, time goes by."""
        job = job or Job.objects.create(kind=checking.KIND)
        for _ in range(1000):
            jobs.run(job.pk)
            job.refresh_from_db()
            if job.is_over:
                return job
            self.time = max(self.time, job.not_before or self.time)
        raise AssertionError("it never ends")

    def gaps(self, host: str) -> list[timedelta]:
        times = [time for time, address in self.asked if host_of(address) == host]
        return [later - earlier for earlier, later in itertools.pairwise(times)]

    def later(self, **time: float) -> World:
        self.time += timedelta(**time)
        return self


@pytest.fixture
def world(db: None, monkeypatch: pytest.MonkeyPatch) -> World:
    made = World()
    monkeypatch.setattr("django.utils.timezone.now", lambda: made.time)
    monkeypatch.setattr("apps.harvest.daily.database_now", lambda: made.time)
    monkeypatch.setattr("apps.core.fetching.look", made.look)
    monkeypatch.setattr(jobs, "_publish", lambda job_id: None)
    return made


def check(url: str) -> LinkCheck:
    return LinkCheck.objects.get(url=url)


def links(*urls: str) -> None:
    paper("P", code=urls)


def test_gone_twice_is_dead_and_news_once(world: World) -> None:
    url = "https://code.example.org/a"
    one, two = paper("One", code=[url]), paper("Two", code=[url])
    world.answers[url] = Looked(404)
    world.run()
    assert (check(url).state, check(url).status, News.objects.count()) == (State.GONE_ONCE, 404, 0)
    world.later(hours=19).run()
    assert len(world.asked) == 1, "too early for a second look"
    world.later(hours=2).run()
    assert check(url).state == State.DEAD and dead_among([url, "https://x"]) == {url}
    assert sorted(News.objects.values_list("paper", "kind", "key")) == [(p.pk, "dead-link", url) for p in (one, two)]
    assert News.objects.all()[0].detail == {"url": url, "status": 404, "link": "code"}
    world.later(days=8).run()
    world.answers[url] = Looked(200)
    world.later(days=8).run()
    assert (check(url).state, check(url).gone_since) == (State.ALIVE, None)
    world.answers[url] = Looked(410)
    world.later(days=8).run()
    world.later(days=1).run()
    assert check(url).state == State.DEAD and News.objects.count() == 2


@pytest.mark.parametrize("trouble", [Looked(403), Looked(429), Looked(503), TooSlow(), Unreachable(), NotPublic(), TooManyRedirects()])  # fmt: skip
def test_trouble_is_no_verdict(world: World, trouble: Any) -> None:
    url = "https://code.example.org/a"
    links(url)
    world.answers[url] = Looked(404)
    world.run()
    world.answers[url] = trouble
    world.later(days=1).run()
    assert (check(url).state, check(url).checked_at) == (State.GONE_ONCE, world.time)
    world.later(days=1).run()
    assert len(world.asked) == 2, "who is in trouble is not asked every day"
    assert not News.objects.exists()


def test_an_address_is_looked_at_once_a_week(world: World) -> None:
    links("https://code.example.org/a")
    world.run()
    world.later(days=6, hours=23).run()
    assert len(world.asked) == 1
    world.later(hours=1).run()
    assert len(world.asked) == 2


def test_a_host_is_asked_once_in_ten_seconds_and_others_meanwhile(world: World) -> None:
    links(*(f"https://{name}.example.org/{n}" for name in ("a", "b") for n in range(4)), "https://www.a.example.org/x")
    job = world.run()
    assert (job.state, job.done, job.total, len(world.asked)) == (Job.State.DONE, 9, 9, 9)
    for name in ("a.example.org", "b.example.org"):
        assert min(world.gaps(name)) >= timedelta(seconds=10)
    assert world.time - NOON == timedelta(seconds=40), "both hosts were asked at the same time"


def test_a_run_has_an_end_and_the_next_one_goes_on(world: World) -> None:
    links(*(f"https://h{n}.example.org/" for n in range(MOST + 7)))
    world.run()
    assert len(world.asked) == MOST
    world.later(days=1).run()
    assert len(set(world.addresses)) == len(world.asked) == MOST + 7


def test_second_looks_come_first_then_new_ones_then_the_oldest(world: World) -> None:
    ago = {"https://old.example.org/": 30, "https://older.example.org/": 40, "https://twice.example.org/": 2}
    links("https://new.example.org/", *ago)
    for url, days in ago.items():
        gone = url.startswith("https://twice")
        LinkCheck.objects.create(
            url=url,
            key=url,
            state=State.GONE_ONCE if gone else "",
            status=404 if gone else 200,
            checked_at=NOON - timedelta(days=days),
        )
    names = ["twice", "new", "older", "old"]
    assert [each.url for each in due(NOON, 9)] == [f"https://{name}.example.org/" for name in names]
    assert [each.url for each in due(NOON, 2)] == [f"https://{name}.example.org/" for name in names[:2]]


def test_pictures_and_pdfs_are_not_looked_at_and_neither_is_what_no_paper_links_to(world: World) -> None:
    made = paper("P", code=["https://c.example.org/"])
    for kind in PaperLink.Kind.values:
        PaperLink.objects.create(paper=made, kind=kind, url=f"https://{kind}.example.org/")
    LinkCheck.objects.create(url="https://gone.example.org/", key="x")
    world.run()
    assert sorted(map(host_of, world.addresses)) == sorted(f"{k}.example.org" for k in ("c", "code", "project", "data"))


def test_redirects_are_followed_at_the_pace_of_their_hosts(world: World) -> None:
    url = "http://code.example.org/a"
    links(url)
    world.answers = {
        url: Looked(301, "https://code.example.org/a"),
        "https://code.example.org/a": Looked(301, "https://else.example.org/a"),
        "https://else.example.org/a": Looked(404),
    }
    world.run()
    assert world.addresses == list(world.answers)
    assert (check(url).state, check(url).status) == (State.GONE_ONCE, 404), "what stands at the end counts"
    assert [time - NOON for time, _ in world.asked] == [timedelta(0), timedelta(seconds=10), timedelta(seconds=10)]


def test_who_is_sent_in_circles_has_learnt_nothing(world: World) -> None:
    url = "https://code.example.org/a"
    links(url)
    world.answers[url] = Looked(302, url)
    world.run()
    assert (len(world.asked), check(url).state, check(url).status) == (6, State.UNKNOWN, 0)


@pytest.mark.parametrize("trouble", [TooSlow(), Unreachable(), Looked(429), Looked(503)])
def test_a_host_that_is_away_is_asked_nothing_more_that_day(world: World, trouble: Any) -> None:
    urls = [f"https://a.example.org/{n}" for n in range(3)]
    links(*urls, "https://b.example.org/")
    world.answers = dict.fromkeys(urls, trouble)
    job = world.run()
    assert world.addresses == [urls[0], "https://b.example.org/"]
    assert (job.done, job.total) == (4, 4) and not due(world.time, 9)


def test_killed_in_the_middle_it_asks_nobody_twice_and_no_host_too_soon(world: World, monkeypatch: Any) -> None:
    urls = [f"https://{name}.example.org/{n}" for n in range(2) for name in "abc"]
    links(*urls)
    job = Job.objects.create(kind=checking.KIND)
    look = world.look

    def die(address: str, **_: Any) -> Looked:
        if len(world.asked) == 2:
            world.asked.append((world.time, address))
            raise KeyboardInterrupt  # goes through everything, as a kill does
        return look(address)

    monkeypatch.setattr("apps.core.fetching.look", die)
    with pytest.raises(KeyboardInterrupt):
        jobs.run(job.pk)
    monkeypatch.setattr("apps.core.fetching.look", look)
    Job.objects.filter(pk=job.pk).update(lease_until=world.time - timedelta(seconds=1))
    assert world.run(job).state == Job.State.DONE
    assert sorted(world.addresses) == sorted([*urls, urls[2]])  # the one that was under way is asked again
    for name in "abc":
        assert min(world.gaps(f"{name}.example.org")) >= timedelta(seconds=10)


def test_one_run_a_day_however_many_clocks_tick(world: World, django_capture_on_commit_callbacks: Any) -> None:
    for _ in range(3):
        tasks.check_links()
    assert Job.objects.filter(kind=checking.KIND).count() == 1
    world.later(hours=25)
    tasks.check_links()
    assert Job.objects.count() == 1, "the last one is still open"
    world.run(Job.objects.get())
    tasks.check_links()
    assert Job.objects.count() == 2
    world.later(hours=23, minutes=59)
    world.run(Job.objects.get(state=Job.State.QUEUED))
    tasks.check_links()
    assert Job.objects.count() == 2


def test_a_second_run_beside_an_older_one_ends_at_once(world: World) -> None:
    links("https://code.example.org/a")
    Job.objects.create(kind=checking.KIND, state=Job.State.RUNNING)
    assert world.run().state == Job.State.DONE and not world.asked


def test_it_can_be_switched_off(world: World, settings: Any) -> None:
    settings.PAPERNOTES_CHECK_LINKS = False
    links("https://code.example.org/a")
    tasks.check_links()
    assert not Job.objects.exists()
    assert world.run().state == Job.State.DONE and not world.asked


def test_a_long_address_has_its_news_too(world: World) -> None:
    url = "https://code.example.org/" + "a" * 900
    links(url)
    world.answers[url] = Looked(404)
    world.run()
    world.later(days=1).run()
    assert News.objects.get().detail["url"] == url and len(News.objects.get().key) <= 200


def test_the_job_asks_through_the_one_gateway(db: None) -> None:
    links("http://code.example.org/a", "http://127.0.0.1/")
    lease = jobs.claim(Job.objects.create(kind=checking.KIND).pk)
    assert lease is not None
    with host(plainly(b"", status="410 Gone")) as other:
        check_links(lease, ways=other.ways)
    assert len(other.requests) == 1
    assert check("http://code.example.org/a").status == 410 and check("http://127.0.0.1/").status == 0
