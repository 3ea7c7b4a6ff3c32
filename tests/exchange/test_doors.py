"""What may come in by which door: a whole library speaks in other people's names."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from apps.exchange.models import ImportJob
from apps.notes.models import Note

pytestmark = pytest.mark.django_db
LIBRARY = b'{"type":"papernotes","version":1}\n'


@pytest.mark.parametrize(("who", "state"), [("editor", "failed"), ("administrator", "preview")])
def test_only_administrators_upload_a_library(who: str, state: str, client_of: Callable[[str], Client]) -> None:
    upload = SimpleUploadedFile("library.jsonl", LIBRARY)
    client_of(who).post(reverse("import_new"), {"files": [upload], "format": "auto"})
    assert ImportJob.objects.get().state == state
    assert not Note.objects.exists()
