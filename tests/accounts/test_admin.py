"""Accounts in the admin."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from apps.notes.models import Note

ClientOf = Callable[[Any], Client]


@pytest.mark.parametrize("who", ["administrator", "superuser"])
def test_who_deletes_an_account_reads_no_title_of_a_private_note(
    who: str, client_of: ClientOf, administrator: User, writer: User
) -> None:
    administrator.is_superuser = who == "superuser"
    administrator.save()
    Note.objects.create(title="A secret title", body="x", author=writer, visibility="private")
    page = client_of(administrator).get(f"/admin/auth/user/{writer.pk}/delete/").text
    assert "secret" not in page
    assert "active" in page


def test_an_account_that_wrote_nothing_can_be_deleted(client_of: ClientOf, administrator: User, reader: User) -> None:
    client_of(administrator).post(f"/admin/auth/user/{reader.pk}/delete/", {"post": "yes"})
    assert not User.objects.filter(pk=reader.pk).exists()
