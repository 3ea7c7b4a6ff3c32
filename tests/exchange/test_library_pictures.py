"""Pictures in a library's file: each is what its line says, or is named and left out; nothing else gets in with it."""

from __future__ import annotations

import base64
import hashlib
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from PIL import Image as Pillow
from PIL.PngImagePlugin import PngInfo

from apps.core.models import Job
from apps.exchange import services
from apps.exchange.library.reading import plan_library
from apps.exchange.library.writing import write_library
from apps.exchange.messages import sentence
from apps.notes.models import Image, Mirror, Note, NoteLink, NotePicture, NoteTemplate, Upload
from apps.notes.pictures import store
from apps.notes.rendering import keep
from apps.papers.models import Paper
from tests.exchange.test_library_hostile import HEADER, U
from tests.exchange.test_library_round_trip import apply, sample

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def drawn(kind: str = "PNG", size: tuple[int, int] = (3, 2), **options: Any) -> bytes:
    made = io.BytesIO()
    Pillow.new("RGB", size, "green").save(made, kind, **options)
    return made.getvalue()


def line(data: bytes, **other: Any) -> dict[str, Any]:
    record = {"type": "image", "sha256": hashlib.sha256(data).hexdigest(), "kind": "png", "width": 3, "height": 2}
    return {**record, "size": len(data), "bytes": base64.b64encode(data).decode(), **other}


def text_of(*records: dict[str, Any]) -> str:
    return "\n".join([HEADER, *map(json.dumps, records)]) + "\n"


def commented() -> PngInfo:
    info = PngInfo()
    info.add_text("Comment", "home address")
    return info


def exif() -> Pillow.Exif:
    made = Pillow.Exif()
    made[0x9286] = "home address"
    return made


HOSTILE: dict[str, Callable[[], dict[str, Any]]] = {
    "another picture's name": lambda: line(drawn(), sha256="ab" * 32),
    "a path for a name": lambda: line(drawn(), sha256="../../../../etc/passwd"),
    "no base64": lambda: line(drawn(), bytes="<script>"),
    "a number": lambda: line(drawn(), bytes=5),
    "nothing": lambda: line(drawn(), bytes=""),
    "another kind": lambda: line(drawn(), kind="jpg"),
    "another width": lambda: line(drawn(), width=30_000),
    "another size": lambda: line(drawn(), size=1),
    "a page": lambda: line(b"<html><script>alert(1)</script>"),
    "SVG": lambda: line(b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
    "cut off": lambda: line(drawn()[:-20]),
    "a page behind its end": lambda: line(drawn() + b"<script>alert(1)</script>"),
    "an archive behind its end": lambda: line(drawn("JPEG") + b"PK\x03\x04", kind="jpg"),
    "a comment within": lambda: line(drawn(pnginfo=commented())),
    "where it was taken": lambda: line(drawn("JPEG", exif=exif()), kind="jpg"),
    "BMP": lambda: line(drawn("BMP")),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_plain_picture_is_named_and_left_out(name: str, media: Path) -> None:
    text = text_of(HOSTILE[name](), {"type": "note", "uid": U[1], "body": "The good line"})
    planned = plan_library(text)
    outcome, _ = apply(text)
    assert [(p.line, p.code) for p in outcome.problems] == [(2, "record-picture-wrong")]
    assert planned.problems == outcome.problems and planned.counts == outcome.counts
    assert len(sentence(outcome.problems[0])) < 400
    assert Note.objects.get().body == "The good line"
    assert not Image.objects.exists() and files(media) == []


@pytest.mark.parametrize(("kind", "format"), [("png", "PNG"), ("jpg", "JPEG"), ("webp", "WEBP"), ("gif", "GIF")])
def test_a_plain_picture_of_each_kind_comes_in_and_goes_out_the_same(kind: str, format: str, media: Path) -> None:
    data = drawn(format)
    outcome, _ = apply(text_of(line(data, kind=kind)))
    assert outcome.problems == []
    assert store.read(Image.objects.get()) == data
    (written,) = [json.loads(each) for each in write_library() if '"type":"image"' in each]
    assert base64.b64decode(written["bytes"]) == data


def test_a_plan_keeps_no_file(media: Path) -> None:
    assert plan_library(sample()).problems == []
    assert files(media) == []


def test_a_picture_whose_file_somebody_took_away_stops_no_export(media: Path) -> None:
    apply(sample())
    store.path_of(Image.objects.all()[0]).unlink()
    lines = [json.loads(each) for each in write_library() if '"type":"image"' in each]
    assert sorted("bytes" in each for each in lines) == [False, True]


def test_a_library_without_its_pictures_goes_with_a_copied_folder(media: Path, settings: Any) -> None:
    apply(sample())
    without = "".join(write_library(pictures=False))
    assert '"bytes"' not in without and len(without) < len(sample())
    assert plan_library(without).problems == []
    settings.MEDIA_ROOT = media / "empty"
    assert {p.code for p in plan_library(without).problems} == {"record-picture-wrong"}


@pytest.mark.parametrize("name", ["ab" * 32, "../../../../../../etc/passwd", "/etc/passwd", ""])
def test_a_picture_without_bytes_reads_no_other_file(name: str) -> None:
    record = line(drawn(), sha256=name)
    del record["bytes"]
    assert plan_library(text_of(record)).counts == {}


def test_a_lost_file_comes_back_with_the_library(media: Path) -> None:
    apply(sample())
    path = store.path_of(Image.objects.all()[0])
    path.unlink()
    apply(sample())
    assert path.exists()


@pytest.mark.parametrize(
    "record",
    [
        {"type": "mirror", "url": "https://example.org/a", "key": "ab" * 32},
        {"type": "mirror", "url": "file:///etc/passwd", "key": hashlib.sha256(b"file:///etc/passwd").hexdigest()},
        {"type": "mirror", "url": "javascript:1", "key": hashlib.sha256(b"javascript:1").hexdigest()},
    ],
)
def test_a_picture_elsewhere_has_an_address_and_its_key(record: dict[str, Any]) -> None:
    outcome, _ = apply(text_of(record))
    assert [p.code for p in outcome.problems] == ["record-value-wrong"]
    assert not Mirror.objects.exists()


@pytest.mark.parametrize("pictures", [[{}], [{"current": False}], [{"image": "ab" * 32}], [{"mirror": "ab" * 32}]])
def test_a_picture_of_a_note_that_is_none_stops_nothing(pictures: list[Any]) -> None:
    outcome, _ = apply(text_of({"type": "note", "uid": U[1], "body": "x", "pictures": pictures}))
    assert outcome.problems and Note.objects.exists() and not NotePicture.objects.exists()


def test_our_copy_comes_to_a_picture_elsewhere_that_could_not_be_fetched_here() -> None:
    url = "https://example.org/a.png"
    key = hashlib.sha256(url.encode()).hexdigest()
    Mirror.objects.create(url=url, key=key, state="away", attempts=3)
    data = drawn()
    apply(
        text_of(line(data), {"type": "mirror", "url": url, "key": key, "state": "kept", "image": line(data)["sha256"]})
    )
    mirror = Mirror.objects.get()
    assert (mirror.state, mirror.image) == ("kept", Image.objects.get())
    apply(text_of({"type": "mirror", "url": url, "key": key, "state": "away"}))
    assert Mirror.objects.get().state == "kept"


def test_a_paper_that_a_reference_once_meant_is_still_meant_after_the_move() -> None:
    apply(sample().replace('"title":"P5: One paper","title_zh"', '"title":"Called otherwise","title_zh"'))
    note = Note.objects.get(pk=5)
    keep(note)
    found = {link.raw: link.paper_id for link in NoteLink.objects.filter(note=note)}
    assert found["P5"] == 3 and found["nothing"] is None


def test_a_rendering_after_the_move_changes_nothing_of_the_pictures() -> None:
    apply(sample())
    keep(Note.objects.get(pk=5))
    shown = NotePicture.objects.filter(note=5).order_by("pk")
    assert [(p.mirror and p.mirror.url, bool(p.image), p.current) for p in shown] == [
        ("https://example.org/a.png", False, True),
        (None, True, False),
    ]


def test_every_note_has_a_version_that_names_the_file_and_is_rendered_afterwards() -> None:
    (job,) = services.take_in(files=[("library.jsonl", sample().encode())], user=None)
    services.apply_now(job=job)
    versions = Note.history.values_list("id", "history_type", "history_user", "history_change_reason").order_by("id")
    assert list(versions) == [(pk, "+", None, "import: library.jsonl") for pk in (5, 6, 7)]
    assert Job.objects.get(kind="render_notes").arguments == {"notes": [5, 6, 7]}


def test_undo_leaves_pictures_that_others_show_by_now(editor: User) -> None:
    (job,) = services.take_in(files=[("library.jsonl", sample().encode())], user=None)
    services.apply_now(job=job)
    used = NotePicture.objects.get(image__isnull=False).image
    own = Note.objects.create(body="mine", author=editor)
    NotePicture.objects.create(note=own, image=used)
    services.undo(job=job)
    assert [image.pk for image in Image.objects.all()] == [used.pk]  # type: ignore[union-attr]
    assert not Mirror.objects.exists() and not Upload.objects.exists()
    assert NotePicture.objects.get().note == own


def test_a_note_that_stays_keeps_its_references_and_pictures() -> None:
    (job,) = services.take_in(files=[("library.jsonl", sample().encode())], user=None)
    services.apply_now(job=job)
    note = Note.objects.get(pk=5)
    note.changed_by = User.objects.get(username="ada")
    note.save()
    services.undo(job=job)
    assert NoteLink.objects.filter(note=5).count() == 2
    assert NotePicture.objects.filter(note=5).count() == 2


def test_a_part_of_a_library_holds_what_its_notes_show_and_nothing_from_the_trash() -> None:
    apply(sample())
    lines = [json.loads(each) for each in write_library(Paper.objects.filter(pk=3))]
    kinds = {each["type"]: [e for e in lines if e["type"] == each["type"]] for each in lines}
    assert len(kinds["image"]) == 2 and len(kinds["mirror"]) == 1
    assert not {"template", "upload"} & kinds.keys()
    Note.objects.filter(pk=5).update(deleted=Note.objects.get(pk=5).created)
    kinds = {json.loads(each)["type"] for each in write_library(Paper.objects.filter(pk=3))}  # type: ignore[assignment]
    assert not {"image", "mirror"} & set(kinds)


def test_a_template_of_the_same_name_is_the_same_one() -> None:
    NoteTemplate.objects.all().delete()
    NoteTemplate.objects.create(name="Reading", name_zh="阅读", body="ours")
    part = sample().replace(',"complete":true', "", 1)
    apply(part)
    assert NoteTemplate.objects.get().body == "ours"
