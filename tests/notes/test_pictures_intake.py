"""Files of all kinds come in: pictures are kept without anything else that was in them, the rest is refused."""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image as Reader

from apps.core import markup
from apps.notes.models import Image, Upload
from apps.notes.pictures import encoding, intake, names, store
from apps.notes.pictures.structure import is_bare
from tests.notes import pictures_for_tests as files
from tests.notes.pictures_for_tests import PLACE, REFUSED, SCRIPT, TAKEN

pytestmark = pytest.mark.django_db
ADDRESS = "/pictures/upload/"
LIES = ["image/png", "text/html", "image/svg+xml", "application/javascript", ""]


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings: Any) -> Iterator[Path]:
    settings.MEDIA_ROOT = tmp_path / "media"
    yield settings.MEDIA_ROOT


def upload(client: Client, data: bytes, name: str = "a.png", type: str = "image/png") -> Any:
    return client.post(ADDRESS, {"file": SimpleUploadedFile(name, data, type)})


def kept(media: Path) -> list[Path]:
    return [path for path in media.rglob("*") if path.is_file()]


@pytest.mark.parametrize("what", TAKEN)
def test_what_is_taken_holds_a_picture_and_nothing_else(
    what: str, client_of: Callable[..., Client], media: Path
) -> None:
    name, make, kind = TAKEN[what]
    lie = LIES[len(what) % len(LIES)]  # what a browser calls a file is never looked at
    writer = client_of("writer")
    answer = upload(writer, make(), name, lie)
    assert answer.status_code == 200, answer.content[:200]
    image = Image.objects.get()
    data = store.read(image)
    assert image.kind == kind and is_bare(data, kind)
    for secret in (SCRIPT, PLACE, b"alert", b"<?php", b"Evil.class", b"Photoshop"):
        assert secret not in data
    with Reader.open(io.BytesIO(data)) as picture:
        assert picture.size == (image.width, image.height) and not picture.getexif()
    shown = writer.get(answer.json()["url"])
    assert shown["Content-Type"] in {"image/png", "image/jpeg", "image/webp", "image/gif"}
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert shown["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert b"".join(shown.streaming_content) == data
    assert len(kept(media)) == 1


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_refused_leaves_nothing_but_a_sentence(
    what: str, client_of: Callable[..., Client], media: Path
) -> None:
    name, make, status = REFUSED[what]
    answer = upload(client_of("writer"), make(), name)
    assert answer.status_code == status, answer.content[:200]
    assert answer.json()["error"].endswith(".")
    assert not Image.objects.exists() and not Upload.objects.exists() and not kept(media)


def test_the_tables_are_long() -> None:
    assert len(TAKEN) + len(REFUSED) >= 60


@pytest.mark.parametrize("make", [files.png, files.jpeg, files.webp, files.gif, lambda: files.moving("GIF")])
def test_a_file_that_was_cut_is_refused_or_taken_whole_wherever_the_cut_is(make: Any, tmp_path: Path) -> None:
    """A decoder may make up for a missing end; what is kept is a sound picture then."""
    whole, source, made = make(), tmp_path / "source", tmp_path / "made"
    for length in {*range(0, len(whole), max(1, len(whole) // 60)), len(whole) - 1}:
        source.write_bytes(whole[:length])
        facts = encoding.encode(str(source), str(made))
        if "refused" in facts:
            assert facts["refused"] in {"broken", "type"}
        else:
            assert is_bare(made.read_bytes(), facts["kind"])
            Reader.open(made).load()


@pytest.mark.parametrize("orientation", range(1, 9))
def test_pictures_stand_upright(orientation: int, tmp_path: Path) -> None:
    lying = files.drawn()
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # what undoes the turn
    if orientation > 1:
        lying = lying.transpose(Reader.Transpose(back[orientation]))
    exif = Reader.Exif()
    exif[0x0112] = orientation
    (tmp_path / "source").write_bytes(files.saved(lying, "JPEG", exif=exif, quality=95))
    facts = encoding.encode(str(tmp_path / "source"), str(tmp_path / "made"))
    assert (facts["width"], facts["height"]) == files.SIZE
    red, green, blue = Reader.open(tmp_path / "made").convert("RGB").getpixel((5, 5))
    assert red > 200 and green > 150 and blue < 60


def test_a_large_picture_is_made_smaller_and_keeps_its_shape(tmp_path: Path) -> None:
    (tmp_path / "source").write_bytes(files.png((9000, 3000), "L"))
    facts = encoding.encode(str(tmp_path / "source"), str(tmp_path / "made"))
    assert 19_000_000 < facts["width"] * facts["height"] <= 20_000_000
    assert facts["width"] / facts["height"] == pytest.approx(3, rel=0.01)


def test_a_long_screenshot_stays_as_sharp_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "source").write_bytes(files.png((1080, 15_000), "P"))
    facts = encoding.encode(str(tmp_path / "source"), str(tmp_path / "made"))
    assert (facts["width"], facts["height"]) == (1080, 15_000)


def test_pictures_that_move_go_on_moving_unless_there_is_too_much_of_them(client_of: Callable[..., Client]) -> None:
    writer = client_of("writer")
    for data, frames in [(files.moving("GIF", 3), 3), (files.moving("WEBP", 4), 4), (files.many_frames(400, 8), 1)]:
        answer = upload(writer, data).json()
        image = Image.objects.get(sha256=answer["url"][10:74])
        assert getattr(Reader.open(store.path_of(image)), "n_frames", 1) == frames
        assert ("notice" in answer) is (frames == 1)


def test_see_through_pictures_stay_so(tmp_path: Path) -> None:
    for mode in ("RGBA", "LA", "P"):
        picture = files.drawn(mode="RGBA")
        picture.putalpha(0)
        (tmp_path / "source").write_bytes(files.saved(picture.convert(mode), "PNG"))
        encoding.encode(str(tmp_path / "source"), str(tmp_path / "made"))
        assert Reader.open(tmp_path / "made").convert("RGBA").getpixel((1, 1))[3] == 0


def test_sixteen_bits_become_eight_without_turning_white(tmp_path: Path) -> None:
    grey = Reader.new("I;16", (4, 4), 0x8080)
    (tmp_path / "source").write_bytes(files.saved(grey, "PNG"))
    encoding.encode(str(tmp_path / "source"), str(tmp_path / "made"))
    assert Reader.open(tmp_path / "made").convert("L").getpixel((1, 1)) == pytest.approx(0x80, abs=1)


def test_what_we_wrote_once_stays_the_same_bytes_when_it_is_brought_back() -> None:
    for data in (files.jpeg(), files.png(), files.webp(), files.gif(), files.moving("GIF")):
        image, _ = intake.take_in(data)
        again, _ = intake.take_in(store.read(image), as_it_is=True)
        assert again == image


def test_one_picture_brought_twice_is_kept_once(client_of: Callable[..., Client], writer: User, media: Path) -> None:
    first = upload(client_of("writer"), files.png(), "one.png").json()
    second = upload(client_of("editor"), files.png() + b"more", "two.png").json()
    assert first["url"] == second["url"] and len(kept(media)) == 1
    assert Image.objects.count() == 1 and Upload.objects.count() == 2


def test_files_are_only_for_the_account_that_runs_papernotes(client_of: Callable[..., Client], media: Path) -> None:
    upload(client_of("writer"), files.png())
    (path,) = kept(media)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.relative_to(media).parts[:2] == ("images", path.name[:2])


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("figure 1.png", "figure 1"),
        ("图 3（模型结构）.PNG", "图 3（模型结构）"),
        ("a]b[c.png", "a b c"),
        ("![x](javascript:alert(1)).png", "x (javascript:alert(1))"),
        ("../../up.png", "up"),
        ("C:\\up.png", "up"),
        ("\u202egnp.exe\u2066.png", "gnp.exe"),
        ("a\x00b\r\nc.png", "a b c"),
        ("<b onclick=x>.png", "b onclick=x"),
        ("$a$ {{cite}} [[P1]].png", "a cite P1"),
        ("….png", "…"),
        (".png", "picture"),
        ("", "picture"),
        ("\ud800.png", "?"),
        ("x" * 300 + ".png", "x" * 80),
    ],
)
def test_the_words_for_a_picture_come_from_its_file(name: str, words: str) -> None:
    image = Image(sha256="a" * 64, kind="png")
    said = names.markdown(image, name)
    assert said == f"![{words}](/pictures/{'a' * 64}.png)"
    (slot,) = markup.make(said).slots
    assert slot.kind == "picture" and slot.values["src"] == f"/pictures/{'a' * 64}.png"


@pytest.mark.parametrize("who", ["reader", "stranger"])
def test_only_those_who_write_bring_pictures(who: str, client_of: Callable[..., Client], media: Path) -> None:
    answer = upload(client_of(who), files.png())
    assert answer.status_code in {302, 404}
    assert not kept(media) and not Image.objects.exists()


def test_other_sites_cannot_have_a_writer_bring_pictures(writer: User, media: Path) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(writer)
    assert upload(client, files.png()).status_code == 403
    assert upload(client, bytes(11_000_000)).status_code == 413
    assert not kept(media)


def test_a_form_without_a_file_is_told_so(client_of: Callable[..., Client]) -> None:
    assert client_of("writer").post(ADDRESS, {"file": "text"}).status_code == 400
    assert client_of("writer").get(ADDRESS).status_code == 405


@pytest.mark.parametrize("code", [28, 122])  # no space left; over quota
@pytest.mark.parametrize("step", ["mkdir", "write_bytes", "replace", "fsync"])
def test_a_full_disk_is_a_sentence_and_leaves_nothing(
    code: int, step: str, client_of: Callable[..., Client], media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: Any, **kwargs: Any) -> None:
        raise OSError(code, "full")

    writer = client_of("writer")
    with monkeypatch.context() as patched:
        patched.setattr(os if step == "fsync" else Path, step, full)
        answer = upload(writer, files.png())
    assert answer.status_code == 507 and "disk" in answer.json()["error"]
    assert not kept(media) and not Image.objects.exists()
    assert upload(writer, files.png()).status_code == 200


def test_a_disk_that_fills_while_the_picture_is_written_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, client_of: Callable[..., Client], media: Path
) -> None:
    monkeypatch.setattr("apps.core.confined.call", lambda *args, **kwargs: {"refused": "room"})
    assert upload(client_of("writer"), files.png()).status_code == 507
    assert not kept(media)


@pytest.mark.parametrize(("reason", "status"), [("slow", 400), ("memory", 400), ("died", 400), ("busy", 503)])
def test_a_picture_that_takes_too_much_is_refused(
    reason: str, status: int, monkeypatch: pytest.MonkeyPatch, client_of: Callable[..., Client]
) -> None:
    def call(*args: Any, **kwargs: Any) -> None:
        raise intake.confined.TooMuch(reason)

    monkeypatch.setattr("apps.core.confined.call", call)
    assert upload(client_of("writer"), files.png()).status_code == status


def test_an_encoder_that_fails_is_a_sentence_too(
    monkeypatch: pytest.MonkeyPatch, client_of: Callable[..., Client], tmp_path: Path
) -> None:
    def fails(*args: Any, **kwargs: Any) -> None:
        raise ValueError("encoding error 1")

    (tmp_path / "source").write_bytes(files.png())
    with monkeypatch.context() as patched:
        patched.setattr(Reader.Image, "save", fails)
        assert encoding.encode(str(tmp_path / "source"), str(tmp_path / "made")) == {"refused": "broken"}

    def call(*args: Any, **kwargs: Any) -> None:
        raise intake.confined.ConfinedError("ValueError")

    monkeypatch.setattr("apps.core.confined.call", call)
    assert upload(client_of("writer"), files.png()).status_code == 400
