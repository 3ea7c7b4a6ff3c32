"""What nobody can see any more goes away, and nothing else does."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from apps.notes import rendering
from apps.notes.models import Draft, Image, Mirror, Note, NoteTemplate, Upload
from apps.notes.pictures import intake, names, store, tidying
from tests.notes import pictures_for_tests as files

pytestmark = pytest.mark.django_db
OLD = timedelta(days=100)


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


@pytest.fixture
def uploaded(writer: User) -> Image:
    return intake.take_upload(files.png(), "a.png", writer)[0]


def age(image: Image) -> None:
    Upload.objects.update(created=timezone.now() - OLD)
    Image.objects.update(created=timezone.now() - OLD)


def is_there(image: Image) -> bool:
    tidying.tidy()
    there = Image.objects.filter(pk=image.pk).exists()
    assert store.path_of(image).exists() is there
    return there


def test_a_picture_that_was_never_shown_goes_after_three_months(uploaded: Image) -> None:
    assert is_there(uploaded)
    age(uploaded)
    assert not is_there(uploaded)


@pytest.mark.parametrize("where", ["note", "earlier version", "draft", "template", "mirror"])
def test_a_picture_that_is_wanted_stays(uploaded: Image, writer: User, where: str) -> None:
    text = f"![]({names.address_of(uploaded)})"
    if where in {"note", "earlier version"}:
        note = Note.objects.create(body=text, author=writer)
        rendering.keep(note)
        if where == "earlier version":
            note.body = ""
            note.save()
            rendering.keep(note)
    elif where == "draft":
        Draft.objects.create(user=writer, key=uuid4(), fields={"body": text})
    elif where == "template":
        NoteTemplate.objects.create(name="Ours", body=text)
    else:
        Mirror.objects.create(url="https://example.org/a", key="1", state="kept", image=uploaded)
    age(uploaded)
    assert is_there(uploaded)


def test_pictures_of_a_note_that_is_gone_for_good_go_too(uploaded: Image, writer: User) -> None:
    note = Note.objects.create(body=f"![]({names.address_of(uploaded)})", author=writer)
    rendering.keep(note)
    Upload.objects.all().delete()
    age(uploaded)
    assert is_there(uploaded)
    note.delete()
    assert not is_there(uploaded)


def test_files_that_a_crash_left_behind_go_after_a_day(uploaded: Image, media: Path) -> None:
    orphan, fresh = media / f"images/ab/ab{'0' * 62}.png", media / f"images/cd/cd{'0' * 62}.png"
    left = media / "images/.new/tmp1/source"
    for path in (orphan, fresh, left):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"half")
    long_ago = time.time() - 2 * 86400
    for path in (orphan, left.parent, store.path_of(uploaded)):
        os.utime(path, (long_ago, long_ago))
    assert is_there(uploaded)
    assert not orphan.exists() and not left.exists() and fresh.exists()


def test_there_may_be_nothing_to_tidy() -> None:
    tidying.tidy()
