"""The doctor says what is wrong and what to do, and fails when there is something to do."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.utils import timezone

from apps.core import doctor
from apps.core.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def healthy(settings: Any, tmp_path: Path) -> Path:
    User.objects.create_superuser("chief")
    (tmp_path / "staticfiles.json").write_text("{}")
    tmp_path.chmod(0o700)
    settings.STATIC_ROOT = settings.DATA = tmp_path
    return tmp_path


def advice() -> dict[str, str]:
    return {finding.about: finding.advice for finding in doctor.examine() if finding.advice}


def test_a_healthy_installation_needs_nothing() -> None:
    said = io.StringIO()
    call_command("doctor", "--json", stdout=said)
    assert json.loads(said.getvalue())["ok"] is True


def test_what_is_wrong_is_said_with_what_to_do(healthy: Path, settings: Any) -> None:
    User.objects.all().delete()
    (healthy / "staticfiles.json").unlink()
    healthy.chmod(0o755)
    settings.DEBUG = True
    job = Job.objects.create(kind="import")
    Job.objects.filter(pk=job.pk).update(created=timezone.now() - timedelta(hours=1))
    found = advice()
    assert set(found) == {"administrators", "static files", "data folder", "debugging", "jobs that wait too long"}
    assert found["administrators"] == "Run: manage.py make_admin NAME"


@pytest.mark.parametrize(("minutes", "waits"), [(None, True), (-10, True), (-1, False), (60, False)])
def test_a_job_that_was_given_back_waits_from_the_time_that_it_named(minutes: int | None, waits: bool) -> None:
    now = timezone.now()
    job = Job.objects.create(
        kind="import", not_before=now + timedelta(minutes=minutes) if minutes is not None else None
    )
    Job.objects.filter(pk=job.pk).update(created=now - timedelta(hours=1))
    assert ("jobs that wait too long" in advice()) == waits


def test_it_fails_when_there_is_something_to_do(capsys: Any) -> None:
    User.objects.all().delete()
    with pytest.raises(SystemExit) as ended:
        call_command("doctor")
    assert ended.value.code == 1


def test_a_database_that_is_away_is_the_only_word_about_it(monkeypatch: pytest.MonkeyPatch) -> None:
    class Away:
        def ensure_connection(self) -> None:
            raise doctor.DatabaseError("password=hunter22")

    monkeypatch.setattr(doctor, "connection", Away())
    findings = doctor.examine()
    assert findings[0].advice and "hunter22" not in findings[0].says
    assert "tables" not in {finding.about for finding in findings}


def test_tables_that_are_behind_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "has_pending_migrations", lambda: True)
    User.objects.all().delete()
    assert advice() == {"tables": "Run: manage.py migrate"}
    assert "administrators" not in {finding.about for finding in doctor.examine()}
