"""What becomes of notes when an account goes: nothing, for it cannot be deleted."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db.models import ProtectedError

from apps.notes.models import Note


@pytest.mark.parametrize("visibility", Note.Visibility.values)
def test_an_account_that_has_written_cannot_be_deleted(visibility: str, writer: User) -> None:
    note = Note.objects.create(body="kept", author=writer, visibility=visibility)
    with pytest.raises(ProtectedError):
        writer.delete()
    assert Note.objects.get(pk=note.pk).author == writer
