"""Where there are too many papers to ask for each, changes are read by date: every one once, whatever happens between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone

from apps.core import jobs
from apps.core.models import Job
from apps.harvest.arxiv.failures import SENTENCES, Reason
from apps.harvest.models import ArxivRecord, News
from apps.harvest.watching import job as watching
from apps.harvest.watching import steps
from apps.papers.models import Paper
from tests.harvest import watched
from tests.harvest.watched import LONG_AGO, asked, begun, change, have_bare, time_goes_by, watch
from tests.standin import Standin, generated

MANY = 2_500
FEW = 40
NEW, TAKEN_AWAY = "2405.00007", "2405.00011"


@pytest.fixture
def arxiv(db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Standin]:
    """Every paper of arXiv's changed yesterday, ours and as many others."""
    monkeypatch.setattr(watching, "MOST_HISTORIES", 0)
    with watched.arxiv(settings, monkeypatch) as standin:
        yield standin


def know(standin: Standin, number: int, *, changed: timedelta = timedelta(days=1)) -> None:
    """arXiv has `number` papers, all of which were touched lately."""
    day = (timezone.now() - changed).date()
    standin.library.add(replace(paper, changed=day) for paper in generated(number))


def first_days(standin: Standin) -> list[str]:
    queries = [parse_qs(urlsplit(path).query) for path in asked(standin, "ListRecords")]
    return [query["from"][0] for query in queries if "from" in query]


@pytest.fixture
def few(arxiv: Standin, monkeypatch: pytest.MonkeyPatch) -> Standin:
    """A base that counts as large, with FEW papers of our own."""
    monkeypatch.setattr(watching, "MOST_BY_ID", 10)
    know(arxiv, 2 * FEW)
    arxiv.service.size = 15
    have_bare([paper.id for paper in generated(FEW)])
    return arxiv


def test_2500_papers_by_date(arxiv: Standin) -> None:
    know(arxiv, MANY + 300)
    arxiv.service.size = 1000
    have_bare([paper.id for paper in generated(MANY)])
    change(arxiv, NEW, lambda paper: replace(paper.with_version(timezone.now()), changed=timezone.now().date()))
    change(arxiv, TAKEN_AWAY, lambda paper: replace(paper, deleted=True))
    job = watch()
    assert job.state == Job.State.DONE and not asked(arxiv, "/api/query")
    assert len(asked(arxiv, "ListRecords")) == 3 and first_days(arxiv) == [
        str((timezone.now() - LONG_AGO).date() - timedelta(days=1))
    ]
    assert ArxivRecord.objects.filter(fetched_at__gte=job.created).count() == MANY
    assert Paper.objects.count() == MANY, "papers of others do not become ours"
    assert ArxivRecord.objects.get(arxiv_id=NEW).version == arxiv.library.papers[NEW].newest.number
    gone = ArxivRecord.objects.get(arxiv_id=TAKEN_AWAY)
    assert gone.deleted and gone.paper.status == "withdrawn"
    assert News.objects.filter(kind="withdrawn").count() == 1


def test_the_next_watch_reads_from_the_day_before_the_last_one(few: Standin) -> None:
    watch()
    few.log.clear()
    assert watch().state == Job.State.DONE
    assert first_days(few) == [str(timezone.now().date() - timedelta(days=1))]


def test_what_changes_by_nobody_is_still_heard_of(few: Standin) -> None:
    know(few, 2 * FEW, changed=timedelta(days=99))
    job = watch()
    assert len(asked(few, "ListRecords")) == 1 and not asked(few, "/api/query")
    assert ArxivRecord.objects.filter(fetched_at__gte=job.created).count() == FEW


def test_papers_unheard_of_for_longer_than_changes_are_read_are_asked_for(few: Standin) -> None:
    old = [paper.id for paper in generated(3)]
    ArxivRecord.objects.filter(arxiv_id__in=old).update(fetched_at=timezone.now() - timedelta(days=300))
    know(few, 2 * FEW, changed=timedelta(days=99))
    watch()
    (query,) = asked(few, "/api/query")
    assert all(each in query for each in old) and query.count("2405.") == 3
    assert first_days(few) == [str(timezone.now().date() - timedelta(days=30))]


def test_a_lost_place_is_begun_again_where_it_was_sure(few: Standin) -> None:
    few.service.lifetime = timedelta(seconds=-1)  # tokens run out at once
    job = begun()
    while not job.is_over:
        jobs.run(job.pk)
        time_goes_by()
        job.refresh_from_db()
    assert (job.state, job.message) == (Job.State.FAILED, SENTENCES[Reason.LOST_PLACE])
    assert len(first_days(few)) == steps.MOST_RESTARTS + 1
    assert not ArxivRecord.objects.filter(version__gt=9).exists()
    few.service.lifetime = timedelta(days=1)
    few.log.clear()
    assert watch().state == Job.State.DONE
    assert first_days(few) == [str((timezone.now() - LONG_AGO).date() - timedelta(days=1))], (
        "nothing in between is lost"
    )


def test_lost_once_it_goes_on_and_takes_nothing_in_twice(few: Standin, monkeypatch: Any) -> None:
    for paper in generated(FEW):
        change(few, paper.id, lambda each: replace(each.with_version(timezone.now()), changed=timezone.now().date()))
    resumed, lost = few.service._resumed, []

    def lose_once(token: str) -> Any:
        if not lost:
            lost.append(token)
            token = "nonsense"
        return resumed(token)

    monkeypatch.setattr(few.service, "_resumed", lose_once)
    assert watch().state == Job.State.DONE and lost
    assert len(first_days(few)) == 2
    assert News.objects.filter(kind="version").count() == FEW


def test_killed_between_two_pages_it_goes_on_with_the_next(few: Standin, monkeypatch: Any) -> None:
    take, taken = steps.Changes.take, []

    def die_once(self: Any, answer: Any) -> None:
        take(self, answer)
        taken.append(self.progress.token)
        if len(taken) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(steps.Changes, "take", die_once)
    job = begun()
    with pytest.raises(KeyboardInterrupt):
        jobs.run(job.pk)
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    assert watch(job).state == Job.State.DONE
    assert len(first_days(few)) == 1 and len(asked(few, "ListRecords")) == 6 + 1, "one page was asked for again"
    assert ArxivRecord.objects.filter(fetched_at__gte=job.created).count() == FEW


def test_what_could_not_be_read_is_asked_for_by_its_id_the_next_time(few: Standin) -> None:
    title = few.library.papers[NEW].title
    change(few, NEW, lambda paper: replace(paper, title=""))
    watch()
    assert ArxivRecord.objects.get(arxiv_id=NEW).fetched_at < timezone.now() - timedelta(days=1)
    change(few, NEW, lambda paper: replace(paper, title=title))
    few.log.clear()
    watch()
    assert NEW in asked(few, "/api/query")[0]
    assert ArxivRecord.objects.get(arxiv_id=NEW).title == title
