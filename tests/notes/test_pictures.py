"""Who sees a picture: whoever may read a note with it, and who brought it; for all others there is none."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from apps.core.models import Job
from apps.notes import rendering
from apps.notes.models import Image, Mirror, Note, NotePicture, Upload
from apps.notes.pictures import fetching, intake, names, shown
from tests.notes import pictures_for_tests as files

pytestmark = pytest.mark.django_db
ELSEWHERE = "https://pictures.example.org/one.png"


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def theirs(writer: User) -> Image:
    """A picture that the writer has brought and not shown yet."""
    return intake.take_upload(files.png(), "a.png", writer)[0]


def note_with(body: str, author: User, **fields: Any) -> Note:
    note = Note.objects.create(title="A note", body=body, author=author, changed_by=author, **fields)
    rendering.keep(note)
    return note


def change(note: Note, by: User, **fields: Any) -> None:
    note = Note.objects.get(pk=note.pk)
    for name, value in {**fields, "changed_by": by}.items():
        setattr(note, name, value)
    note.save()
    rendering.keep(note)


def showing(image: Image) -> str:
    return f"text ![alt]({names.address_of(image)}) text"


def statuses(client_of: Callable[..., Client], image: Image) -> dict[str, int]:
    return {
        who: client_of(who).get(names.address_of(image)).status_code
        for who in ("writer", "editor", "reader", "stranger")
    }


def test_a_picture_that_nobody_shows_is_seen_by_who_brought_it(client_of: Any, theirs: Image) -> None:
    assert statuses(client_of, theirs) == {"writer": 200, "editor": 404, "reader": 404, "stranger": 302}


def test_a_picture_in_a_note_for_the_team_is_seen_by_the_team(client_of: Any, theirs: Image, writer: User) -> None:
    note_with(showing(theirs), writer)
    assert statuses(client_of, theirs) == {"writer": 200, "editor": 200, "reader": 200, "stranger": 302}


def test_a_picture_in_a_private_note_is_its_authors(client_of: Any, theirs: Image, writer: User) -> None:
    note_with(showing(theirs), writer, visibility="private")
    Upload.objects.all().delete()
    assert statuses(client_of, theirs) == {"writer": 200, "editor": 404, "reader": 404, "stranger": 302}


def test_strangers_see_what_the_team_shows_where_the_installation_is_public(
    client_of: Any, theirs: Image, writer: User, settings: Any
) -> None:
    settings.PAPERNOTES_PUBLIC = True
    stranger = client_of("stranger")
    assert stranger.get(names.address_of(theirs)).status_code == 404
    note = note_with(showing(theirs), writer, visibility="private")
    assert stranger.get(names.address_of(theirs)).status_code == 404
    change(note, writer, visibility="team")
    assert stranger.get(names.address_of(theirs)).status_code == 200


def test_a_picture_that_is_not_yours_answers_like_one_that_never_was(
    client_of: Any, theirs: Image, settings: Any
) -> None:
    settings.PAPERNOTES_PUBLIC = True
    never = f"/pictures/{'0' * 64}.png"
    for who in ("editor", "stranger"):
        client = client_of(who)
        ours, none = client.get(names.address_of(theirs)), client.get(never)
        assert ours.status_code == none.status_code == 404
        if who == "stranger":  # members read a number of their own on each
            asked = theirs.sha256.encode(), b"0" * 64  # the switch of languages leads back to it
            assert _without_token(ours.content).replace(*asked) == _without_token(none.content)
            assert ours.headers == none.headers


def _without_token(page: bytes) -> bytes:
    """Forms hold a token that is another one on each page."""
    return re.sub(rb'(csrfmiddlewaretoken" value=")\w+', rb"\1", page)


@pytest.mark.parametrize("kind", ["jpg", "gif", "svg", "html", "PNG", "png/", "png%0a", "png.html"])
def test_a_picture_has_one_name_only(client_of: Any, theirs: Image, kind: str) -> None:
    assert client_of("writer").get(f"/pictures/{theirs.sha256}.{kind}").status_code == 404


def test_a_note_in_the_trash_hides_its_pictures(client_of: Any, theirs: Image, writer: User) -> None:
    from apps.notes import trash

    note_with(showing(theirs), writer)
    trash.throw_away(Note.objects.all(), user=writer)
    assert statuses(client_of, theirs)["reader"] == 404


def test_guessing_the_address_of_a_picture_opens_it_to_nobody(
    client_of: Any, theirs: Image, editor: User, writer: User
) -> None:
    guessed = note_with(showing(theirs), editor)
    assert statuses(client_of, theirs)["editor"] == 404 and not NotePicture.objects.exists()
    page = client_of("editor").get(guessed.get_absolute_url()).content.decode()
    assert "<img" not in page.split("<main")[1] and "not yours to see" in page
    note_with(showing(theirs), writer)
    change(guessed, editor, title="Again")  # now they see it, and may show it
    assert NotePicture.objects.filter(note=guessed).exists()


def test_somebody_who_changes_a_note_keeps_its_pictures_without_having_brought_them(
    client_of: Any, theirs: Image, writer: User, editor: User
) -> None:
    note = note_with(showing(theirs), writer)
    change(note, editor, body=showing(theirs) + " more")
    Upload.objects.all().delete()
    assert statuses(client_of, theirs)["reader"] == 200


def test_earlier_versions_keep_their_pictures_for_those_who_could_read_them(
    client_of: Any, theirs: Image, writer: User
) -> None:
    note = note_with(showing(theirs), writer)
    change(note, writer, body="without")
    assert not NotePicture.objects.get().current
    assert statuses(client_of, theirs)["reader"] == 200


def test_what_an_earlier_private_version_showed_stays_private(client_of: Any, theirs: Image, writer: User) -> None:
    note = note_with(showing(theirs), writer, visibility="private")
    change(note, writer, body="without")
    change(note, writer, visibility="team")
    Upload.objects.all().delete()
    assert statuses(client_of, theirs) == {"writer": 200, "editor": 404, "reader": 404, "stranger": 302}


def test_a_picture_stays_in_the_readers_browser_and_in_no_shared_cache(client_of: Any, theirs: Image) -> None:
    client, address = client_of("writer"), names.address_of(theirs)
    first = client.get(address)
    assert first["Cache-Control"] == "private, max-age=31536000, immutable"
    assert first["Content-Disposition"] == f'inline; filename="{theirs.sha256}.png"'
    assert first["Content-Type"] == "image/png" and first["Content-Length"] == str(theirs.size)
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304 and not again.content and again["ETag"] == first["ETag"]
    assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200
    head = client.head(address)
    assert head.status_code == 200 and not head.getvalue() and head["Content-Length"] == str(theirs.size)
    assert client.post(address).status_code == 405
    assert client_of("editor").get(address, headers={"If-None-Match": first["ETag"]}).status_code == 404


def test_a_picture_whose_file_is_gone_is_not_there(client_of: Any, theirs: Image) -> None:
    from apps.notes.pictures import store

    store.path_of(theirs).unlink()
    assert client_of("writer").get(names.address_of(theirs)).status_code == 404


@pytest.mark.parametrize("prefix", ["", "http://testserver.example"])
def test_our_pictures_stand_in_the_page(
    client_of: Any, theirs: Image, writer: User, prefix: str, settings: Any
) -> None:
    settings.PAPERNOTES_URL = "http://testserver.example"
    note = note_with(f'![<b>"alt"]({prefix}{names.address_of(theirs)} "a \\"title")', writer)
    page = client_of("reader").get(note.get_absolute_url()).content.decode()
    assert (
        f'<a class="picture-link" href="{names.address_of(theirs)}"><img class="picture" '
        f'src="{names.address_of(theirs)}" alt="&lt;b&gt;&quot;alt&quot;" width="40" height="30" '
        'loading="lazy" decoding="async" title="a &quot;title"></a>'
    ) in page


def test_pictures_on_other_hosts_wait_to_be_fetched_by_one_job(
    writer: User, django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from apps.core.models import Job

    with django_capture_on_commit_callbacks():
        note = note_with(
            f"![]({ELSEWHERE}) ![]({ELSEWHERE}) ![](http://other.example/b.png) ![](data:image/png;base64,AA)", writer
        )
        note_with(f"![]({ELSEWHERE})", writer)
    assert Mirror.objects.count() == 2 and note.pictures.count() == 2
    assert Job.objects.filter(kind=fetching.KIND).count() == 1
    rendering.keep(note)
    assert note.pictures.count() == 2


def test_ten_more_pictures_cost_no_more_queries(client_of: Any, writer: User, queries: Any) -> None:
    def one(number: int) -> str:
        image = intake.take_upload(files.png((10 + number, 10)), "a.png", writer)[0]
        return f"{showing(image)} ![](https://pictures.example.org/{number}.png)"

    note = note_with(one(0), writer)
    reader = client_of("reader")
    queries.stay_equal(
        lambda: reader.get(note.get_absolute_url()),
        when=lambda: change(note, writer, body="\n\n".join(one(number) for number in range(11))),
    )


def mirror_in(note_author: User, **fields: Any) -> Mirror:
    note_with(f"![the model]({ELSEWHERE})", note_author, **fields)
    return Mirror.objects.get()


def test_what_is_not_here_is_named_with_its_host_and_the_reason(client_of: Any, writer: User) -> None:
    mirror = mirror_in(writer)
    Mirror.objects.update(state="away", reason="The host cannot be reached.")
    note = Note.objects.get()
    for who in ("writer", "reader"):
        page = client_of(who).get(note.get_absolute_url()).content.decode().split("<main")[1]
        assert "<img" not in page and ELSEWHERE in page
        assert "Picture on pictures.example.org: the model" in page and "The host cannot be reached." in page
        assert (f"/pictures/elsewhere/{mirror.pk}/" in page) is (who == "writer")


def test_one_puts_a_picture_in_its_place_by_hand(client_of: Any, writer: User) -> None:
    mirror = mirror_in(writer)
    Mirror.objects.update(state="away", reason="The host cannot be reached.")
    client, address = client_of("editor"), f"/pictures/elsewhere/{mirror.pk}/"
    page = client.get(address).content.decode()
    assert ELSEWHERE in page and "A note" in page and "The host cannot be reached." in page
    refused = client.post(address, {"file": _file(files.SVG)})
    assert refused.status_code == 400 and "only PNG, JPEG, WebP and GIF" in refused.content.decode()
    assert client.post(address, {"file": _file(bytes(11_000_000))}).status_code == 413
    assert client.post(address, {"file": _file(files.png())}).status_code == 302
    mirror.refresh_from_db()
    assert mirror.state == "kept" and mirror.replaced_by and mirror.image
    shown_page = client_of("reader").get(Note.objects.get().get_absolute_url()).content.decode()
    assert (
        f'src="{names.address_of(mirror.image)}"' in shown_page
        and "Copy of a picture on pictures.example.org" in shown_page
    )
    assert client_of("reader").get(names.address_of(mirror.image)).status_code == 200
    assert client.post(address, {"file": _file(files.jpeg())}).status_code == 302  # the wrong one: once more
    mirror.refresh_from_db()
    assert mirror.image and mirror.image.kind == "jpg"


def test_what_was_fetched_can_be_replaced_by_hand(client_of: Any, writer: User) -> None:
    mirror, address = mirror_in(writer), Note.objects.get().get_absolute_url()
    Mirror.objects.update(state="kept", image=intake.take_in(files.jpeg())[0])
    place = f"/pictures/elsewhere/{mirror.pk}/"
    assert place in client_of("editor").get(address).text and place not in client_of("reader").get(address).text
    client_of("editor").post(place, {"file": _file(files.png())})
    mirror.refresh_from_db()
    assert mirror.image and mirror.image.kind == "png" and mirror.replaced_by
    assert names.address_of(mirror.image) in client_of("reader").get(address).text


def test_a_site_that_fetches_nothing_says_so_and_queues_nothing(client_of: Any, writer: User, settings: Any) -> None:
    settings.PAPERNOTES_FETCH_PICTURES = False
    mirror = mirror_in(writer)
    fetching.try_due()
    assert not Job.objects.filter(kind=fetching.KIND).exists()
    for address in (Note.objects.get().get_absolute_url(), f"/pictures/elsewhere/{mirror.pk}/"):
        assert "This site fetches no pictures from elsewhere." in client_of("editor").get(address).text
    settings.PAPERNOTES_FETCH_PICTURES = True
    fetching.try_due()
    assert Job.objects.filter(kind=fetching.KIND).count() == 1


def _file(data: bytes) -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile("a.png", data)


@pytest.mark.parametrize(("who", "status"), [("writer", 200), ("editor", 404), ("reader", 404), ("stranger", 302)])
def test_pictures_of_private_notes_are_mended_by_their_author(
    client_of: Any, writer: User, who: str, status: int
) -> None:
    mirror = mirror_in(writer, visibility="private")
    assert client_of(who).get(f"/pictures/elsewhere/{mirror.pk}/").status_code == status
    assert client_of(who).post(f"/pictures/elsewhere/{mirror.pk}/again/").status_code == (
        302 if status == 200 else status
    )


def test_readers_do_not_mend(client_of: Any, writer: User) -> None:
    assert client_of("reader").get(f"/pictures/elsewhere/{mirror_in(writer).pk}/").status_code == 404


def test_what_somebody_put_by_hand_into_a_private_note_is_not_opened_by_its_address(
    client_of: Any, writer: User, editor: User
) -> None:
    mirror = mirror_in(writer, visibility="private")
    image = intake.take_upload(files.png(), "a.png", writer)[0]
    assert fetching.replace(mirror, image, writer)
    guess = note_with(f"![]({ELSEWHERE})", editor)
    assert statuses(client_of, image)["editor"] == 404
    assert "<img" not in client_of("editor").get(guess.get_absolute_url()).content.decode().split("<main")[1]


def test_pictures_brought_together_with_their_notes_are_linked_without_a_question(
    client_of: Any, theirs: Image, editor: User
) -> None:
    note = note_with(showing(theirs), editor)
    shown.link(note, [theirs])
    assert statuses(client_of, theirs)["reader"] == 200
