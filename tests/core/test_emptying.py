"""What the migrations made survives tests that really commit."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

ROLES = ["administrator", "editor", "reader", "writer"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_the_roles_are_there_before_and_after_a_test_that_commits(turn: int) -> None:
    assert sorted(Group.objects.values_list("name", flat=True)) == ROLES
    assert not User.objects.exists()
    User.objects.create_user("somebody")
    Group.objects.all().delete()


@pytest.mark.parametrize("role", ROLES)
def test_everyone_has_a_client(role: str, client_of: Callable[[str], Client]) -> None:
    assert client_of(role).session["_auth_user_id"]
