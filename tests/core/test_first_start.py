"""An empty base gets the starter library and one administrator, once."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User

from apps.core import first_start

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def data(settings: Any, tmp_path: Path) -> Path:
    settings.DATA = tmp_path
    return tmp_path


def test_the_first_login_is_kept_where_only_its_owner_reads_it_and_works(data: Path, client: Any) -> None:
    login = first_start.prepare()
    assert login and login.name == "admin" and len(login.password) >= 16
    assert login.kept_in.read_text() == f"name: admin\npassword: {login.password}\n"
    assert stat.S_IMODE(login.kept_in.stat().st_mode) == 0o600
    answer = client.post("/accounts/login/", {"username": "admin", "password": login.password})
    assert answer.status_code == 302


def test_the_second_start_makes_nobody(data: Path) -> None:
    first_start.prepare()
    assert first_start.prepare() is None
    assert User.objects.count() == 1


def test_a_password_from_a_file_is_neither_shown_nor_kept(data: Path, settings: Any) -> None:
    settings.PAPERNOTES_ADMIN_NAME, settings.PAPERNOTES_ADMIN_PASSWORD = "chief", "correct horse battery"
    assert first_start.prepare() is None
    assert User.objects.get(username="chief").check_password("correct horse battery")
    assert not (data / "first-login.txt").exists()


def test_a_starter_library_that_fails_does_not_stop_the_start(
    data: Path, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    monkeypatch.setattr(first_start, "call_command", lambda *_, **__: 1 / 0)
    assert first_start.prepare()
    assert "try again with: manage.py load_starter" in caplog.text
