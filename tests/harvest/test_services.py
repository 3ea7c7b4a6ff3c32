"""Papers are wanted once, jobs that end leave no paper in between, and every id has its paper."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from apps.core import jobs
from apps.core.models import Job
from apps.harvest import services
from apps.harvest.arxiv.asking import asked_for
from apps.harvest.models import Fetch
from apps.papers.models import Paper
from apps.papers.say import say
from apps.papers.services.adding import add_paper
from tests.exchange.importing import bring
from tests.harvest.fetched import wanted
from tests.harvest.heard import hear, listed
from tests.papers.saying import fresh

pytestmark = pytest.mark.django_db
ONE, TWO = "2405.00001", "2405.00002"
LIST = "| Name | Paper | Venue |\n|---|---|---|\n" + "".join(
    f"| M{number} | [Paper number {number}](https://arxiv.org/abs/2405.{number:05}) | RecSys |\n"
    for number in range(1, 4)
)


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_publish", lambda job_id: None)


def states() -> dict[str, str]:
    return {str(paper.arxiv_id): paper.metadata for paper in Paper.objects.all()}


def test_adding_an_id_by_hand_wants_it_at_once(editor: User) -> None:
    paper = add_paper(text="https://arxiv.org/abs/2405.00001v2", user=editor).paper
    assert Fetch.objects.get().paper_id == paper.pk and paper.metadata == "pending"
    assert Job.objects.get().user == editor


def test_an_address_without_an_arxiv_id_waits_for_nobody(editor: User) -> None:
    paper = add_paper(text="10.1145/3604915.1234567", user=editor).paper
    assert not Job.objects.exists() and fresh(paper)


def test_an_import_wants_all_its_papers_in_one_job_and_again_nothing(editor: User) -> None:
    bring(("list.md", LIST), user=editor)
    job = Job.objects.get(kind="fetch_arxiv")
    assert (job.total, job.user, set(states().values())) == (3, editor, {"pending"})
    bring(("list.md", LIST), user=editor)
    assert Job.objects.filter(kind="fetch_arxiv").count() == 1


def test_a_paper_that_is_under_way_is_not_asked_for_twice() -> None:
    papers = wanted(ONE)
    assert services.want([papers[ONE].pk]) is None
    assert Job.objects.count() == 1


def test_a_paper_that_is_settled_can_be_wanted_again() -> None:
    paper = wanted(ONE)[ONE]
    hear(paper)
    job = services.want([paper.pk])
    assert job and Fetch.objects.get().job_id == job.pk and Fetch.objects.get().state == "waiting"


def test_an_id_that_a_person_puts_right_is_asked_for_at_once_also_where_the_old_one_was_not_found(editor: User) -> None:
    paper = wanted("2405.99999")["2405.99999"]
    services.settle(Fetch.objects.all(), "notfound", "not-found")
    Job.objects.all().delete()
    say(paper=fresh(paper), user=editor, values={"arxiv_id": ONE})
    fetch = Fetch.objects.get()
    assert (fetch.state, fetch.reason, fetch.asked, fresh(paper).metadata) == ("waiting", "", ONE, "pending")
    services.settle(Fetch.objects.all(), "failed", "crashed")
    assert services.want_unknown([paper.pk]) is None


def test_a_cancelled_job_leaves_its_papers_with_that_reason_and_again_waiting_when_restarted() -> None:
    papers = wanted(ONE, TWO)
    hear(papers[TWO])
    job = Job.objects.get()
    assert jobs.cancel(job)
    assert dict(Fetch.objects.values_list("paper__arxiv_id", "reason")) == {ONE: "cancelled", TWO: ""}
    assert states() == {ONE: "failed", TWO: ""}
    assert jobs.restart(job)
    assert states() == {ONE: "pending", TWO: ""} and Job.objects.get().total == 1


def test_papers_of_a_parked_job_get_another_one() -> None:
    wanted(ONE)
    Job.objects.update(state="failed")
    services.follow(Job.objects.get())
    assert Fetch.objects.get().job == Job.objects.get(state="queued")


def test_papers_that_came_pending_out_of_a_librarys_file_are_wanted() -> None:
    paper = listed(ONE)
    Paper.objects.update(metadata="pending")
    assert services.tend() is not None and Fetch.objects.get().paper_id == paper.pk
    assert services.tend() is None


def test_a_pending_paper_of_which_arxiv_spoke_before_is_wanted_too() -> None:
    paper = hear(listed(ONE))
    Fetch.objects.all().delete()  # it does not come along in a library's file
    Paper.objects.update(metadata="pending")
    assert services.tend() is not None and Fetch.objects.get().paper_id == paper.pk


def test_every_id_has_its_paper_made_once() -> None:
    here = listed(ONE)
    asked = asked_for([ONE, "arXiv:2405.00002v3", "https://arxiv.org/pdf/2405.00002"])[0]
    papers = services.papers_of(asked)
    assert papers[ONE] == here and papers[TWO].metadata == "pending" and papers[TWO].title == "arXiv:2405.00002"
    assert services.papers_of(asked) == papers and Paper.objects.count() == 2


def test_what_arxiv_said_does_not_keep_a_paper_whose_import_is_undone(editor: User) -> None:
    from apps.exchange.services import undo

    job = bring(("list.md", LIST), user=editor)[0]
    for paper in Paper.objects.all():
        hear(paper)
    undo(job=job)
    assert not Paper.objects.exists() and not Fetch.objects.exists()
