"""`manage.py fetch_arxiv` says what became of each id, and a script can read it."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from apps.core import jobs
from apps.core.models import Job
from apps.harvest import waiting_for
from apps.harvest.models import ArxivRecord, Fetch
from apps.papers.models import Paper, Review
from tests.exchange.importing import bring, seed
from tests.harvest import fetched
from tests.standin import Standin, generated, of_seeds

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_publish", lambda job_id: None)
    fetched.without_waiting(monkeypatch)


@pytest.fixture
def arxiv(settings: Any) -> Iterator[Standin]:
    with Standin(generated(5)) as standin:
        settings.ARXIV_API_URL, settings.ARXIV_OAI_URL = standin.api, standin.oai
        settings.ARXIV_MIN_INTERVAL = 0.001
        yield standin


def fetch(*arguments: str, given: str = "", monkeypatch: Any = None) -> tuple[dict[str, Any], int]:
    """What it says, and its exit code."""
    out = io.StringIO()
    if monkeypatch:
        monkeypatch.setattr("sys.stdin", io.StringIO(given))
    try:
        call_command("fetch_arxiv", *arguments, "--json", stdout=out)
    except SystemExit as ended:
        return json.loads(out.getvalue()), int(ended.code or 0)
    return json.loads(out.getvalue()), 0


def test_ids_in_any_spelling_are_queued() -> None:
    said, code = fetch("2405.00001v1", "https://arxiv.org/abs/2405.00002", "arXiv:2405.00002")
    assert code == 0 and said["job"] == Job.objects.get().pk
    assert [(row["id"], row["state"]) for row in said["papers"]] == [
        ("2405.00001v1", "waiting"),
        ("2405.00002", "waiting"),
    ]


def test_with_wait_everything_is_settled_or_has_its_reason(arxiv: Standin, monkeypatch: pytest.MonkeyPatch) -> None:
    said, code = fetch("-", "--wait", given="2405.00001\n2405.99999 nonsense", monkeypatch=monkeypatch)
    rows = {row["id"]: row for row in said["papers"]}
    assert {name: row["state"] for name, row in rows.items()} == {
        "2405.00001": "found",
        "2405.99999": "notfound",
        "nonsense": "invalid",
    }
    assert code == 1 and rows["2405.99999"]["reason"] and rows["2405.00001"]["title"]


def test_with_wait_and_all_found_it_succeeds(arxiv: Standin) -> None:
    assert fetch("2405.00003", "--wait")[1] == 0


def test_patience_ends_and_the_job_goes_on_without_it(arxiv: Standin) -> None:
    arxiv.fail("503", times=9, retry_after=3600)
    said, code = fetch("2405.00001", "--wait", "--patience", "0")
    row = said["papers"][0]
    assert (code, row["state"]) == (1, "waiting") and "not available" in row["reason"]
    assert Job.objects.get().state == Job.State.QUEUED


def test_a_job_that_a_worker_is_at_is_waited_for(arxiv: Standin) -> None:
    fetch("2405.00001")
    job, looks = Job.objects.get(), []
    lease = jobs.claim(job.pk)
    assert lease

    def sleep(seconds: float) -> None:
        looks.append(seconds)
        lease.postpone(job.created)

    waiting_for.settle(list(Paper.objects.all()), patience=0, sleep=sleep)
    assert len(looks) == 1 and Fetch.objects.get().state == "found"


def test_all_ids_of_the_seeds_are_filled_a_hundred_a_request_and_the_wrong_link_surfaces(
    seeds: Path, expected: Any, settings: Any
) -> None:
    papers = of_seeds(seeds / "expected.json")
    with Standin(papers) as standin:
        settings.ARXIV_API_URL, settings.ARXIV_OAI_URL = standin.api, standin.oai
        settings.ARXIV_MIN_INTERVAL = 0.001
        for number in ("000", "001", "002", "003", "004"):
            bring(seed(seeds, number))
        Job.objects.all().delete()
        Fetch.objects.all().delete()
        said, code = fetch(*(paper.id for paper in papers), "--wait")
        assert code == 0 and {row["state"] for row in said["papers"]} == {"found"}
        assert len(standin.log.requests) == -(-len(papers) // 100) == 2
    assert ArxivRecord.objects.count() == len(papers) == expected["totals"]["arxiv_ids_distinct"] == 108
    with_id = Paper.objects.filter(arxiv_id__isnull=False)
    assert not with_id.filter(abstract="").exists() and not with_id.filter(authors__isnull=True).exists()
    asked = Review.objects.get(kind="disagree", field="title", state="open")
    assert asked.paper and asked.paper.arxiv_id == "1810.03993"
    for number in ("000", "001", "002", "003", "004"):
        bring(seed(seeds, number))
    assert Paper.objects.count() == 120
