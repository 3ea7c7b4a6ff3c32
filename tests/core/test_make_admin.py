"""`manage.py make_admin NAME` makes or promotes an account."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db


def make(*arguments: str) -> dict[str, Any]:
    said = io.StringIO()
    call_command("make_admin", *arguments, "--json", stdout=said)
    result: dict[str, Any] = json.loads(said.getvalue())
    return result


def test_a_new_account_gets_a_password_that_is_shown_once() -> None:
    said = make("chief")
    user = User.objects.get(username="chief")
    assert said["created"] and user.is_superuser and user.is_staff and user.check_password(said["password"])


def test_an_account_that_exists_keeps_its_password() -> None:
    User.objects.create_user("chief", password="correct horse battery", is_active=False)
    assert make("chief") == {"name": "chief", "created": False, "password": None}
    user = User.objects.get()
    assert user.is_superuser and user.is_active and user.check_password("correct horse battery")


def test_a_forgotten_password_is_replaced() -> None:
    User.objects.create_user("chief")
    password = make("chief", "--new-password")["password"]
    assert User.objects.get().check_password(password)


@pytest.mark.parametrize("name", ["a b", "", "x" * 151, "a\nb"])
def test_a_name_that_nobody_can_have_is_refused(name: str) -> None:
    with pytest.raises(CommandError):
        make(name)
    assert not User.objects.exists()
