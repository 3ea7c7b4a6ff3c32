"""A library that came in can go again, and leaves the base as it was before."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User

from apps.exchange import services
from apps.exchange.models import ImportJob
from apps.exchange.starter import load_starter
from apps.notes.models import Note
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
