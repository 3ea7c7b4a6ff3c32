"""Pictures elsewhere are fetched in the background, once, politely; what cannot be had says why."""

from __future__ import annotations

import socket
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from apps.core import jobs
from apps.core.models import Job
from apps.notes import rendering
from apps.notes.models import Image, Mirror, Note
from apps.notes.pictures import fetching, intake, names
from apps.notes.pictures.shown import key_of
from tests.core.hosts_for_tests import PRIVATE, Host, host, plainly
from tests.notes import pictures_for_tests as files

pytestmark = pytest.mark.django_db
ONE = "http://pictures.example.org/one.png"


@pytest.fixture(autouse=True)
def quietly(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    monkeypatch.setattr(jobs, "_publish", lambda job_id: None)
    monkeypatch.setattr(fetching, "SPACING", 0.0)


def waiting(*urls: str, **fields: Any) -> list[Mirror]:
    return [Mirror.objects.create(url=url, key=key_of(url), **fields) for url in urls]


def fetch(other: Host) -> Job:
    fetching.fetch_later()
    lease = jobs.claim(Job.objects.filter(kind=fetching.KIND, state="queued").latest("pk").pk)
    assert lease
    fetching.fetch_pictures(lease, other.ways)
    return Job.objects.get(pk=lease.job.pk)


def test_a_picture_is_fetched_written_anew_and_shown(writer: User, client_of: Any) -> None:
    note = Note.objects.create(body=f"![one]({ONE})", author=writer)
    rendering.keep(note)
    with host(plainly(files.located(), "Content-Type: image/jpeg")) as other:
        job = fetch(other)
    mirror = Mirror.objects.get()
    assert (mirror.state, mirror.reason, mirror.attempts, job.state, job.failed) == ("kept", "", 1, "done", 0)
    assert mirror.image and (mirror.image.width, mirror.image.height) == (30, 40)  # upright
    page = client_of("reader").get(note.get_absolute_url()).content.decode()
    assert f'src="{names.address_of(mirror.image)}"' in page and "Copy of a picture on pictures.example.org" in page


Answer = Callable[[str, socket.socket], None]


@pytest.mark.parametrize(
    ("answer", "state", "reason"),
    [
        (plainly(b"", status="404 Gone"), "away", "The host answered that it is not there."),
        (plainly(b"", status="503 Busy"), "away", "The host answered that it is not there."),
        (lambda request, connection: connection.close(), "away", "The host cannot be reached."),
        (plainly(files.PAGE, "Content-Type: text/html"), "refused", "What is there is something else."),
        (plainly(files.SVG, "Content-Type: image/png"), "refused", "only PNG, JPEG, WebP and GIF."),
        (plainly(files.png()[:80], "Content-Type: image/png"), "refused", "damaged"),
        (plainly(files.bomb(30_000)), "refused", "40 megapixels"),
        (plainly(b"", length=11_000_000), "refused", "larger than 10 MB."),
        (plainly(b"", "Location: http://127.0.0.1/", status="302 Found"), "refused", "into a private network."),
    ],
)
def test_what_cannot_be_had_says_why(answer: Answer, state: str, reason: str) -> None:
    (mirror,) = waiting(ONE)
    with host(answer) as other:
        job = fetch(other)
    mirror.refresh_from_db()
    assert mirror.state == state and reason in mirror.reason
    assert (job.state, job.failed) == ("done", 1) and not Image.objects.exists()


def test_an_address_of_a_private_network_is_refused_and_never_called() -> None:
    waiting(
        "http://inside.example.org/a.png",
        "http://169.254.169.254/a.png",
        "http://localhost/a.png",
        "http://2130706433/a",
    )
    with host(plainly(files.png())) as other:
        other.names["inside.example.org"] = [(PRIVATE,)]
        fetch(other)
    assert set(Mirror.objects.values_list("state", flat=True)) == {"refused"} and not other.called


def test_a_host_that_is_away_is_asked_once_for_all_its_pictures() -> None:
    waiting(*(f"https://away.example.org/{number}.png" for number in range(19)), ONE)
    with host(plainly(files.png(), "Content-Type: image/png")) as other:
        other.names["away.example.org"] = [()]
        fetch(other)
        assert len(other.called) == 1
    assert Mirror.objects.filter(state="away", attempts=1).count() == 19
    assert Mirror.objects.get(url=ONE).state == "kept"


def test_one_host_is_asked_slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(fetching, "SPACING", 60.0)
    monkeypatch.setattr("apps.notes.pictures.fetching.time.sleep", slept.append)
    waiting(ONE, "http://pictures.example.org/two.png", "http://others.example.org/a.png")
    with host(plainly(files.png())) as other:
        fetch(other)
    assert len(slept) == 1 and 50 < slept[0] <= 60


def test_run_twice_it_fetches_nothing_twice() -> None:
    waiting(ONE)
    with host(plainly(files.png())) as other:
        fetch(other)
        fetch(other)
    assert len(other.requests) == 1


def test_what_somebody_is_at_is_left_to_them_until_they_seem_dead() -> None:
    (mirror,) = waiting(ONE, tried=timezone.now() - timedelta(seconds=30))
    with host(plainly(files.png())) as other:
        fetch(other)
        assert not other.requests
        Mirror.objects.update(tried=timezone.now() - timedelta(minutes=3))
        fetch(other)
    mirror.refresh_from_db()
    assert mirror.state == "kept"


def test_who_loses_the_job_stops() -> None:
    waiting(ONE, "http://pictures.example.org/two.png")
    fetching.fetch_later()
    lease = jobs.claim(Job.objects.get().pk)
    assert lease

    with host(plainly(files.png())) as other:
        Job.objects.update(state="cancelled")
        with pytest.raises(jobs.JobLost):
            fetching.fetch_pictures(lease, other.ways)
    assert not other.requests


def test_a_picture_put_by_hand_meanwhile_stays(writer: User) -> None:
    (mirror,) = waiting(ONE)
    image = intake.take_in(files.jpeg())[0]
    with host(plainly(files.png())) as other:
        turn = fetching._Turn(other.ways)
    original = turn._outcome

    def outcome(url: str) -> dict[str, Any]:
        assert fetching.replace(mirror, image, writer)
        return original(url)

    turn._outcome = outcome  # type: ignore[method-assign]
    turn.take(mirror)
    mirror.refresh_from_db()
    assert (mirror.state, mirror.image, mirror.replaced_by) == ("kept", image, writer)


def test_after_a_while_the_job_makes_room_for_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "_TURN", -1.0)
    waiting(ONE)
    with host(plainly(files.png())) as other:
        job = fetch(other)
    assert job.state == "done" and Job.objects.filter(kind=fetching.KIND, state="queued").count() == 1


def test_what_is_away_is_tried_again_less_and_less_often_and_then_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    (mirror,) = waiting(ONE)
    hours: list[float] = []
    began = now = timezone.now()

    def clock() -> datetime:
        return now

    monkeypatch.setattr("django.utils.timezone.now", clock)
    with host(plainly(b"", status="404 Gone")) as other:
        for _ in range(24 * 40):
            if Mirror.objects.filter(state="waiting").exists():
                fetch(other)
                hours.append((now - began).total_seconds() / 3600)
            now += timedelta(hours=1, seconds=1)
            fetching.try_due()
    pauses = [later - earlier for earlier, later in pairwise(hours)]
    assert [round(pause) for pause in pauses] == [1, 24, 72, 168]
    mirror.refresh_from_db()
    assert (mirror.state, mirror.attempts) == ("away", 5)


def test_what_was_refused_is_tried_again_only_when_somebody_asks() -> None:
    (mirror,) = waiting(ONE, state="refused", attempts=1, tried=timezone.now() - timedelta(days=90))
    fetching.try_due()
    mirror.refresh_from_db()
    assert mirror.state == "refused"
    fetching.try_again(mirror)
    with host(plainly(files.png())) as other:
        fetch(other)
    mirror.refresh_from_db()
    assert (mirror.state, mirror.attempts) == ("kept", 1)


@pytest.mark.seeds
@pytest.mark.django_db(transaction=True)
def test_the_posts_pictures_are_labelled_places_once_their_host_is_away(
    seeds: Path, writer: User, editor: User, client_of: Any
) -> None:
    from apps.exchange import services

    (post,) = seeds.glob("001_*")
    (job,) = services.take_in(files=[("post.md", post.read_bytes())], user=editor)
    services.apply_now(job=job)
    for note in Note.objects.all():
        rendering.keep(note)
    with host(plainly(files.jpeg(), "Content-Type: image/jpeg")) as other:
        other.names["intranetproxy.alipay.com"] = [()]
        Job.objects.filter(kind=fetching.KIND).delete()
        fetch(other)
    assert Mirror.objects.filter(state="away").count() == 19
    pages = "".join(
        client_of("writer").get(note.get_absolute_url()).content.decode().split("<main")[1]
        for note in Note.objects.all()
    )
    assert pages.count("Picture on intranetproxy.alipay.com: image.png") == 19
    assert pages.count("The host cannot be reached.") == 19
    assert 'src="http' not in pages
