"""Notes rendered in the background: once, by one host, to the end, whatever dies in between."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from apps.core import doctor, jobs, markup
from apps.core.jobs import Lease, State
from apps.core.models import Job
from apps.notes import rendering, services, tasks
from apps.notes.models import Note, Rendering
from tests.papers.library import note

pytestmark = pytest.mark.django_db


@pytest.fixture
def notes() -> list[Note]:
    return [note(None, body=f"**{number}**") for number in range(3)]


def run_all() -> None:
    """Every queued job in its turn."""
    while job := Job.objects.filter(state=State.QUEUED).order_by("pk").first():
        jobs.run(job.pk)


def keys() -> list[str]:
    return list(Rendering.objects.order_by("pk").values_list("key", flat=True))


def test_notes_that_are_looked_after_are_rendered(notes: list[Note]) -> None:
    services.look_after(each.pk for each in notes[:2])
    run_all()
    assert keys() == [rendering.key_of(each) for each in notes[:2]]
    job = Job.objects.get()
    assert (job.state, job.done, job.total) == (State.DONE, 2, 2)


def test_nothing_to_look_after_is_no_job() -> None:
    services.look_after([])
    services.look_after(iter(()))
    assert not Job.objects.exists()


def test_a_job_does_what_is_stale_and_leaves_the_rest(notes: list[Note], monkeypatch: pytest.MonkeyPatch) -> None:
    rendering.keep(notes[0])
    rendered: list[int] = []
    real = rendering.keep_in_background
    monkeypatch.setattr(rendering, "keep_in_background", lambda each: (rendered.append(each.pk), real(each)))
    for _twice in range(2):
        services.look_after([each.pk for each in notes] + [10**9])
        run_all()
    assert rendered == [notes[1].pk, notes[2].pk]


def test_a_new_version_of_the_renderer_is_noticed_and_followed(
    notes: list[Note], monkeypatch: pytest.MonkeyPatch
) -> None:
    services.look_after(each.pk for each in notes)
    run_all()
    assert not services.look_for_stale()
    monkeypatch.setattr(markup, "VERSION", markup.VERSION + 1)
    tasks.look_for_stale()
    run_all()
    assert keys() == [rendering.key_of(each) for each in notes]
    assert not services.look_for_stale()


def test_two_hosts_that_notice_it_queue_one_job(notes: list[Note]) -> None:
    assert services.look_for_stale()
    assert not services.look_for_stale()
    assert Job.objects.count() == 1


def test_what_fails_is_asked_for_again_but_not_at_every_tick(notes: list[Note]) -> None:
    services.look_for_stale()
    Job.objects.update(state=State.FAILED)
    assert not services.look_for_stale()
    Job.objects.update(created=timezone.now() - timedelta(minutes=11))
    assert services.look_for_stale()


def test_a_job_for_certain_notes_does_not_stand_for_all(notes: list[Note]) -> None:
    services.look_after([notes[0].pk])
    assert services.look_for_stale()


@pytest.mark.parametrize("some", [True, False], ids=["some", "all"])
def test_long_work_makes_room_for_others_and_goes_on(
    notes: list[Note], monkeypatch: pytest.MonkeyPatch, some: bool
) -> None:
    monkeypatch.setattr(services, "_TURN", 0.0)
    if some:
        services.look_after(each.pk for each in notes)
    else:
        services.look_for_stale()
    run_all()
    assert keys() == [rendering.key_of(each) for each in notes]
    assert list(Job.objects.order_by("pk").values_list("state", "done")) == [("done", 1)] * 3


def test_the_lease_is_renewed_for_each_note(notes: list[Note], monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[dict[str, Any]] = []
    monkeypatch.setattr(Lease, "progress", lambda self, **values: told.append(values))
    services.look_after(each.pk for each in notes)
    run_all()
    assert told == [{"done": 0, "total": 3}, {"done": 1}, {"done": 2}, {"done": 3}]


def test_a_cancelled_job_stops_before_the_next_note(notes: list[Note], monkeypatch: pytest.MonkeyPatch) -> None:
    real = rendering.keep_in_background
    monkeypatch.setattr(rendering, "keep_in_background", lambda each: (real(each), jobs.cancel(Job.objects.get())))
    services.look_after(each.pk for each in notes)
    run_all()
    assert len(keys()) == 1
    assert Job.objects.get().state == State.CANCELLED


def test_the_background_has_more_time_than_a_page(notes: list[Note], monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[float] = []
    real = markup.make

    def make(body: str, hard_breaks: bool = False, *, seconds: float = 4.0) -> markup.Rendered:
        given.append(seconds)
        return real(body, hard_breaks)

    monkeypatch.setattr(markup, "make", make)
    services.look_after([notes[0].pk])
    run_all()
    assert given == [20.0]


def test_a_note_that_vanishes_meanwhile_is_no_trouble(notes: list[Note], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendering, "stale", lambda *_, **__: [10**9, notes[0].pk])
    services.look_after([notes[0].pk])
    run_all()
    assert Job.objects.get().state == State.DONE
    assert len(keys()) == 1


def test_the_doctor_counts_them_and_the_command_renders_them(notes: list[Note], capsys: Any) -> None:
    def counted() -> tuple[str, bool]:
        (finding,) = [each for each in doctor.rooms() if each.about == "notes to render again"]
        return finding.says, bool(finding.advice)

    assert counted() == ("3", True)
    call_command("render_notes")
    assert "3" in capsys.readouterr().out
    assert counted() == ("0", False)
