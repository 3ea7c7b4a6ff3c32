"""A library that came in can go again, and leaves the base as it was before."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User

from apps.exchange import services, undoing
from apps.exchange.models import ImportJob
from apps.exchange.starter import load_starter
from apps.notes.models import Note
from apps.vocabulary.models import Venue
from tests.exchange.test_library_round_trip import sample, written

pytestmark = pytest.mark.django_db


def _brought_in(text: str) -> ImportJob:
    (job,) = services.take_in(files=[("library.jsonl", text.encode())], user=None)
    assert (job.format, job.problems) == ("jsonl", [])
    services.apply_now(job=job)
    return ImportJob.objects.get(pk=job.pk)


@pytest.mark.parametrize(
    "before", [lambda: None, load_starter], ids=["into an empty base", "beside the starter library"]
)
def test_a_library_goes_as_it_came(before: Callable[[], object]) -> None:
    before()
    was = written()
    job = _brought_in(sample())
    assert written() != was
    assert services.undo(job=job) == []
    assert written() == was
    assert not User.objects.exists()


def test_a_note_that_somebody_has_edited_since_stays() -> None:
    job = _brought_in(sample())
    note = Note.objects.get(pk=5)
    note.body = "My own words"
    note.changed_by = User.objects.get(username="ada")
    note.save()
    assert "note 5" in services.undo(job=job)
    assert Note.objects.get().body == "My own words"


def test_an_account_stays_as_long_as_a_note_of_it_does() -> None:
    job = _brought_in(sample())
    note = Note.objects.get(pk=5)
    note.changed_by = User.objects.get(username="ada")
    note.save()
    stayed = services.undo(job=job)
    assert [user.username for user in User.objects.all()] == ["ada"]
    assert f"auth.user {User.objects.get().pk}" in stayed


def test_what_is_in_the_way_of_a_value_before_is_told_and_stops_nothing() -> None:
    job = _brought_in(sample())
    venue = Venue.objects.first()
    assert venue
    job.changes = [*job.changes, ["changed", "vocabulary.venue", venue.pk, {"slug": Venue.objects.last().slug}]]  # type: ignore[union-attr]
    job.save()
    assert f"vocabulary.venue {venue.pk}" in services.undo(job=job)


def test_a_great_library_goes_below_the_limit_on_parameters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(undoing, "AT_ONCE", 2)
    was = written()
    assert services.undo(job=_brought_in(sample())) == []
    assert written() == was


def test_the_preview_shows_no_title_of_a_private_note() -> None:
    text = sample().replace('"body":"secret",', '"body":"secret","title":"My secret",')
    (job,) = services.take_in(files=[("library.jsonl", text.encode())], user=None)
    assert job.problems == []
    assert "My secret" not in str(job.plan)
