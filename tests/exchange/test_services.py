"""An import from its file to its undo: states, and what is told to whoever comes too late."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User

from apps.core import jobs
from apps.core.models import Job
from apps.exchange import services
from apps.exchange.models import ImportJob
from apps.papers.models import Classification, Paper, Review, Source, Statement
from tests.exchange.documents import POST, TABLE, table
from tests.exchange.importing import bring, differences, dump, take

pytestmark = pytest.mark.django_db
State = ImportJob.State


@pytest.fixture
def no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs stay queued until a test runs them."""
    monkeypatch.setattr(jobs, "_publish", lambda job_id: None)


def codes(job: ImportJob) -> list[str]:
    return [problem["code"] for problem in job.problems]


def test_taking_files_in_previews_each_and_writes_nothing() -> None:
    before = dump(ids=True)
    good, picture, empty = take(("good.md", TABLE), ("p.png", b"\x89PNG\r\n\x1a\n"), ("empty.md", b""))
    assert [job.state for job in (good, picture, empty)] == [State.PREVIEW, State.FAILED, State.FAILED]
    assert good.batch == picture.batch == empty.batch
    assert (codes(picture), codes(empty)) == (["file-binary"], ["file-empty"])
    assert good.counts["new"] == 3
    assert not differences(before, dump(ids=True))


def test_a_file_over_the_limit_is_told_by_its_size_without_being_read(settings: Any) -> None:
    settings.PAPERNOTES_UPLOAD_BYTES = 100
    job = services.take_in(files=[("large.md", 200_000_000)], user=None)[0]
    assert (job.state, codes(job)) == (State.FAILED, ["file-too-large"])
    assert job.problems[0]["values"] == {"size": "200000000", "limit": "100"}
    assert codes(take(("large.md", "x" * 101))[0]) == ["file-too-large"]


def test_a_file_that_breaks_its_parser_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    real = services.make_plan

    def breaks(document: Any, upload: Any) -> Any:
        if upload.file_name == "bad.md":
            raise RecursionError
        return real(document, upload)

    monkeypatch.setattr(services, "make_plan", breaks)
    bad, good = take(("bad.md", TABLE), ("good.md", TABLE))
    assert (bad.state, codes(bad)) == (State.FAILED, ["file-crashed"])
    assert good.state == State.PREVIEW


def test_a_format_can_be_insisted_on() -> None:
    job = services.take_in(files=[("t.md", TABLE.encode())], user=None, format="table")[0]
    assert (job.format, job.state) == ("table", State.PREVIEW)


def test_applying_writes_once_and_tells_the_second_click(editor: User, no_worker: None) -> None:
    job = take(("t.md", TABLE))[0]
    work = services.apply_later(job=job, user=editor)
    with pytest.raises(services.NotNow):
        services.apply_later(job=job, user=editor)
    assert Job.objects.count() == 1
    jobs.run(work.pk)
    job.refresh_from_db()
    work.refresh_from_db()
    assert (job.state, work.state, work.done) == (State.APPLIED, Job.State.DONE, work.total)
    assert Paper.objects.count() == 3
    jobs.run(work.pk)
    assert Paper.objects.count() == 3


def test_two_uploads_of_one_file_make_one_library() -> None:
    first, second = take(("t.md", TABLE), ("t.md", TABLE))
    services.apply_now(job=first)
    before = dump(ids=True)
    services.apply_now(job=second)
    assert not differences(before, dump(ids=True))
    assert (second.state, second.source, second.counts["new"]) == (State.APPLIED, None, 0)


def test_what_fails_in_the_middle_leaves_nothing_and_can_be_tried_again(
    editor: User, no_worker: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = take(("t.md", TABLE))[0]
    work = services.apply_later(job=job, user=editor)
    before = dump(ids=True)

    def breaks(*args: Any, **kwargs: Any) -> None:
        raise OSError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr("apps.exchange.apply.writing.write_reviews", breaks)
        jobs.run(work.pk)
    work.refresh_from_db()
    job.refresh_from_db()
    assert (work.state, job.state) == (Job.State.FAILED, State.QUEUED)
    assert not differences(before, dump(ids=True))
    services.retry(job=job)
    jobs.run(work.pk)
    job.refresh_from_db()
    assert (job.state, Paper.objects.count()) == (State.APPLIED, 3)


def test_a_queued_import_is_stopped_and_its_preview_is_back(editor: User, no_worker: None) -> None:
    job = take(("t.md", TABLE))[0]
    work = services.apply_later(job=job, user=editor)
    services.cancel(job=job)
    job.refresh_from_db()
    assert job.state == State.PREVIEW
    jobs.run(work.pk)
    assert not Paper.objects.exists()
    services.apply_now(job=job)
    with pytest.raises(services.NotNow):
        services.cancel(job=job)


def test_a_worker_that_comes_after_the_stop_writes_nothing(editor: User, no_worker: None) -> None:
    """The job was taken up, and then stopped by a person."""
    job = take(("t.md", TABLE))[0]
    work = services.apply_later(job=job, user=editor)
    lease = jobs.claim(work.pk)
    assert lease is not None
    services.cancel(job=job)
    with pytest.raises((jobs.JobLost, services.NotNow)):
        services.run_import(lease)
    assert not Paper.objects.exists()


@pytest.mark.parametrize(
    ("state", "verbs"),
    [
        (State.PREVIEW, {"apply", "dismiss"}),
        (State.APPLIED, {"undo"}),
        (State.UNDONE, {"reopen"}),
        (State.DISMISSED, {"reopen"}),
        (State.FAILED, {"dismiss"}),
        (State.QUEUED, set()),
    ],
)
def test_each_state_allows_what_it_allows(state: str, verbs: set[str], editor: User, no_worker: None) -> None:
    job = take(("t.md", TABLE))[0]
    job.job = Job.objects.create(kind="import", arguments={"import": job.pk})
    job.state = state
    job.save()
    actions = {
        "apply": lambda: services.apply_later(job=job, user=editor),
        "dismiss": lambda: services.dismiss(job=job),
        "undo": lambda: services.undo(job=job),
        "reopen": lambda: services.reopen(job=job),
        "retry": lambda: services.retry(job=job),
    }
    for name, action in actions.items():
        ImportJob.objects.filter(pk=job.pk).update(state=state)
        job.refresh_from_db()
        if name in verbs:
            action()
        else:
            with pytest.raises(services.NotNow):
                action()


def test_a_preview_made_anew_never_turns_an_applied_import_back() -> None:
    job = take(("t.md", TABLE))[0]
    stale = ImportJob.objects.get(pk=job.pk)
    services.apply_now(job=job)
    for action in (
        lambda: services.plan_again(job=stale),
        lambda: services.decide(job=stale, decisions={"date": "2024-01-01"}),
    ):
        with pytest.raises(services.NotNow):
            action()
    job.refresh_from_db()
    assert job.state == State.APPLIED


def test_the_library_may_change_between_preview_and_apply() -> None:
    first, second = take(("one.md", TABLE), ("two.md", TABLE.replace("Papers we like", "Others")))
    services.apply_now(job=first)
    services.apply_now(job=second)
    assert second.counts["new"] == 0
    assert Paper.objects.count() == 3
    assert Classification.objects.count() == 6


def test_a_digests_day_and_category_are_decided_in_the_preview(seeds: Any) -> None:
    path = next(seeds.glob("000_*"))
    job = services.take_in(files=[("no-date.md", path.read_bytes())], user=None)[0]
    services.decide(job=job, decisions={"date": "2023-10-17", "category": "cs.IR"})
    job.refresh_from_db()
    assert (job.plan["list"]["date"], job.plan["list"]["category"]) == ("2023-10-17", "cs.IR")
    services.apply_now(job=job)
    made = job.source.lists.get()  # type: ignore[union-attr]
    assert (str(made.date), made.category) == ("2023-10-17", "cs.IR")


def test_undo_brings_back_the_state_before_and_can_be_done_once(editor: User) -> None:
    bring(("post.md", POST))
    before = dump()
    job = bring(("t.md", TABLE), user=editor)[0]
    assert services.undo(job=job) == []
    assert not differences(before, dump())
    with pytest.raises(services.NotNow):
        services.undo(job=job)


def test_a_later_edition_changes_what_it_changes_and_deletes_nothing() -> None:
    bring(("t.md", TABLE))
    before = dump()
    edition = TABLE.replace("ConfX'24", "KDD").replace("| LoudRank |", "| LouderRank |").replace("10003", "10004")
    job = bring(("t.md", edition))[0]
    assert (job.counts["new"], Classification.objects.count()) == (1, 4)
    vanished = [title for t in job.plan["tables"] for s in t["sections"] for title in s["vanished"]]
    assert vanished == ["PlainRank"]
    assert str(Paper.objects.get(arxiv_id="2401.10001").venue) == "KDD"
    assert Classification.objects.filter(name="LouderRank").count() == 1
    services.undo(job=job)
    assert not differences(before, dump())


def test_an_import_of_1300_rows_costs_a_bounded_number_of_queries(queries: Any) -> None:
    job: list[ImportJob] = []
    planning = queries.of(lambda: job.extend(take(("long.md", table(1300)))))
    applying = queries.of(lambda: services.apply_now(job=job[0]))
    assert job[0].counts["new"] == Paper.objects.count() == Classification.objects.count() == 1300
    # Thousands of records, and never one query for each.
    assert len(planning) < 80, len(planning)
    assert len(applying) < 700, len(applying)
    undoing = queries.of(lambda: services.undo(job=job[0]))
    # One for each paper: its history notes that it is deleted, before that goes as well.
    assert len(undoing) < 1300 + 200, len(undoing)
    assert not Paper.objects.exists() and not Source.objects.exists() and not Statement.objects.exists()


def test_ten_more_rows_cost_no_more_queries(queries: Any) -> None:
    few = queries.of(lambda: bring(("few.md", table(10, title="Few"))))
    many = queries.of(lambda: bring(("many.md", table(24, start=10, title="Many"))))
    assert len(many) <= len(few) + 4
    assert not Review.objects.exists()
