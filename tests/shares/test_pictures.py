"""Pictures behind share links: those that the shared thing shows now, and no others."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from apps.notes import rendering
from apps.notes.models import Image, Mirror, Note
from apps.notes.pictures import intake, names
from apps.shares.models import ShareLink
from tests.notes import pictures_for_tests as files
from tests.shares.test_visits import KINDS, UNKNOWN, whole


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def picture(user: User, width: int = 10) -> Image:
    return intake.take_upload(files.png((width, 10)), "a.png", user)[0]


def show(note: Note, *images: Image) -> None:
    note.body = " ".join(f"![]({names.address_of(image)})" for image in images)
    note.save()
    rendering.keep(note)


@pytest.fixture
def shown(library: Any, writer: User) -> Image:
    image = picture(writer)
    show(library.note, image)
    return image


def address(path: str, image: Image) -> str:
    return f"{path}pictures/{image.sha256}.{image.kind}"


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_of_what_is_shared_is_shown_without_cookies(
    kind: str, library: Any, share: Any, stranger: Client, shown: Image
) -> None:
    _, path = share(kind)
    answer = stranger.get(address(path, shown), headers={"Cookie": "sessionid=x"})
    assert answer.status_code == 200 and answer["Content-Type"] == "image/png"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "no-store, private" and not answer.cookies
    page = path if kind in {"note", "paper"} else f"{path}papers/{library.paper.pk}/"
    html = stranger.get(page).content.decode()
    assert f'src="{address(path, shown)}"' in html
    assert not re.search(r'(?:src|href)="/pictures/', html)


@pytest.mark.parametrize("kind", KINDS)
def test_no_other_picture_is_shown(
    kind: str, library: Any, share: Any, stranger: Client, shown: Image, writer: User
) -> None:
    private, elsewhere, unused = (picture(writer, width) for width in (11, 12, 13))
    show(library.private, private)
    another = Note.objects.create(title="Of another paper", author=writer)
    another.papers.add(library.other)
    show(another, elsewhere)
    _, path = share(kind)
    nothing = whole(stranger.get(UNKNOWN))
    for image in (private, elsewhere, unused):
        assert whole(stranger.get(address(path, image))) == nothing
    assert whole(stranger.get(f"{path}pictures/{shown.sha256}.gif")) == nothing
    assert whole(stranger.get(f"{path}pictures/{'0' * 64}.png")) == nothing
    assert whole(stranger.get(address(UNKNOWN, shown))) == nothing


def _revoke(link: ShareLink) -> None:
    ShareLink.objects.filter(pk=link.pk).revoke()


def _expire(link: ShareLink) -> None:
    ShareLink.objects.filter(pk=link.pk).update(expires=timezone.now())


def _take_out(link: ShareLink) -> None:
    note = Note.objects.get(title="What we think")
    show(note)


def _hide(link: ShareLink) -> None:
    Note.objects.filter(title="What we think").update(visibility="private")


def _throw_away(link: ShareLink) -> None:
    Note.objects.filter(title="What we think").update(deleted=timezone.now())


def _lose_file(link: ShareLink) -> None:
    from apps.notes.pictures import store

    store.path_of(Image.objects.get()).unlink()


@pytest.mark.parametrize("end", [_revoke, _expire, _take_out, _hide, _throw_away, _lose_file])
@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_goes_with_what_showed_it(kind: str, end: Any, share: Any, stranger: Client, shown: Image) -> None:
    link, path = share(kind)
    assert stranger.get(address(path, shown)).status_code == 200
    end(link)
    assert whole(stranger.get(address(path, shown))) == whole(stranger.get(UNKNOWN))


def test_our_copy_of_a_picture_elsewhere_is_shown_too(library: Any, share: Any, stranger: Client) -> None:
    library.note.body = "![](https://pictures.example.org/a.png)"
    library.note.save()
    rendering.keep(library.note)
    image = intake.take_in(files.png())[0]
    _, path = share("note")
    html = stranger.get(path).content.decode()
    assert "Picture on pictures.example.org" in html and "/pictures/elsewhere/" not in html
    Mirror.objects.update(state="kept", image=image)
    assert f'src="{address(path, image)}"' in stranger.get(path).content.decode()
    assert stranger.get(address(path, image)).status_code == 200


def test_a_look_at_a_picture_is_no_look_at_the_page(share: Any, stranger: Client, shown: Image) -> None:
    link, path = share("note")
    stranger.get(address(path, shown))
    link.refresh_from_db()
    assert link.views == 0
    assert stranger.head(address(path, shown)).status_code == 200
    assert stranger.post(address(path, shown)).status_code == 405
