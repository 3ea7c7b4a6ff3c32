"""Who may enter the admin: whoever may write, whether or not somebody ticked "staff"."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "status"), [("reader", 302), ("writer", 200), ("editor", 200), ("administrator", 200)]
)
def test_a_role_opens_the_admin_without_the_tick(role: str, status: int, client: Client) -> None:
    user = User.objects.create_user("somebody", is_staff=False)
    user.groups.add(Group.objects.get(name=role))
    client.force_login(user)
    assert client.get(reverse("admin:index")).status_code == status
    assert client.get(reverse("admin:notes_note_add")).status_code == status
