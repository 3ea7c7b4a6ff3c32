"""The history of a note, as its author, a teammate and a stranger see it; and nothing in it is ever lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from apps.notes import history
from apps.notes.models import Note
from tests.papers.library import note, paper

ClientOf = Callable[[str | User], Client]
SECRET = "a secret thought"


def save(made: Note, user: User | None = None, reason: str = "", **values: Any) -> int:
    """The number of the version that this leaves."""
    for name, value in values.items():
        setattr(made, name, value)
    made._history_user = user  # type: ignore[attr-defined]
    made._change_reason = reason  # type: ignore[attr-defined]
    made.save()
    history.settle(made)
    return history.newest_of(made)


def page(client: Client, made: Note, more: str = "") -> str:
    answer = client.get(f"/notes/{made.pk}/history/{more}")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def opened(writer: User) -> tuple[Note, int, int]:
    """A note that was private first, with the numbers of its private and of its open version."""
    made = note(writer, body=f"{SECRET}\ncommon\n", private=True)
    hidden = history.newest_of(made)
    return made, hidden, save(made, writer, body="for all\ncommon\n", visibility="team")


def everything(made: Note, hidden: int, shown: int) -> list[str]:
    base = f"/notes/{made.pk}/history/"
    return [
        base,
        f"{base}{shown}/",
        f"{base}{shown}/raw/",
        f"{base}difference/",
        f"{base}difference/?new={shown}",
        f"{base}difference/?old={hidden}&new={shown}",
        f"{base}difference/?old={shown}&new={hidden}",
        f"{base}difference/?old={hidden}",
        f"{base}{hidden}/",
        f"{base}{hidden}/raw/",
    ]


@pytest.mark.parametrize("who", ["editor", "administrator", "reader", "superuser"])
def test_a_version_from_when_it_was_private_is_its_authors_only(
    client_of: ClientOf, opened: tuple[Note, int, int], administrator: User, who: str
) -> None:
    if who == "superuser":
        administrator.is_superuser = True
        administrator.save()
    client = client_of(administrator if who == "superuser" else who)
    made, hidden, shown = opened
    for address in everything(made, hidden, shown):
        answer = client.get(address, follow=True)
        assert SECRET not in answer.content.decode(), address
        if f"{hidden}" in address.partition("history/")[2]:
            assert answer.status_code == 404, address
    assert client.post(f"/notes/{made.pk}/history/{hidden}/restore/", {"newest": shown}).status_code == 404


def test_its_author_sees_it(client_of: ClientOf, opened: tuple[Note, int, int], writer: User) -> None:
    made, hidden, shown = opened
    client = client_of(writer)
    assert SECRET in page(client, made, f"{hidden}/")
    assert SECRET in page(client, made, f"difference/?old={hidden}&new={shown}")
    assert page(client, made).count('name="old"') == 2


def test_its_author_is_told_that_restoring_it_opens_it(
    client_of: ClientOf, opened: tuple[Note, int, int], writer: User
) -> None:
    made, hidden, _shown = opened
    client, warning = client_of(writer), "This version was for you alone."
    assert warning in page(client, made, f"{hidden}/")
    Note.objects.filter(pk=made.pk).update(visibility=Note.Visibility.PRIVATE)
    assert warning not in page(client, made, f"{hidden}/")


def test_a_hidden_version_between_two_is_skipped(client_of: ClientOf, writer: User) -> None:
    made = note(writer, body="first words\n")
    first = history.newest_of(made)
    save(made, writer, body=f"{SECRET}\n", visibility="private")
    last = save(made, writer, body="last words\n", visibility="team")
    client = client_of("editor")
    html = page(client, made)
    assert f"old={first}&amp;new={last}" in html
    assert html.count('name="old"') == 2
    difference = client.get(f"/notes/{made.pk}/history/difference/?new={last}")
    assert difference.context["old"].history_id == first
    assert SECRET not in difference.content.decode()


@pytest.mark.parametrize("more", ["", "difference/", "{}/", "{}/raw/"])
def test_strangers_see_no_history_even_where_all_is_public(stranger: Client, settings: Any, more: str) -> None:
    settings.PAPERNOTES_PUBLIC = True
    made = note(None)
    assert stranger.get(f"/notes/{made.pk}/history/{more.format(history.newest_of(made))}").status_code == 302


@pytest.mark.parametrize("more", ["", "difference/", "{}/", "{}/raw/"])
def test_a_private_note_has_no_history_for_others(client_of: ClientOf, writer: User, more: str) -> None:
    made = note(writer, body=SECRET, private=True)
    address = f"/notes/{made.pk}/history/{more.format(history.newest_of(made))}"
    assert client_of(writer).get(address).status_code == 200
    for other in ("editor", "administrator", "reader"):
        assert client_of(other).get(address).status_code == 404


def test_versions_of_another_note_are_not_this_ones(client_of: ClientOf, writer: User) -> None:
    one, other = note(writer), note(writer, body="other")
    client = client_of(writer)
    number = history.newest_of(other)
    for more in (f"{number}/", f"{number}/raw/", f"difference/?new={number}", f"difference/?old={number}"):
        assert client.get(f"/notes/{one.pk}/history/{more}").status_code == 404


@pytest.mark.parametrize(
    "query", ["?new=x", "?new=99999999999999999999999", "?old=-1", "?old=0", "?new=%00", "?new=１"]
)
def test_what_is_no_version_is_not_there(client_of: ClientOf, query: str) -> None:
    assert client_of("reader").get(f"/notes/{note(None).pk}/history/difference/{query}").status_code == 404


def test_a_save_that_changes_nothing_leaves_no_version(writer: User) -> None:
    made = note(writer, paper("P"))
    save(made, writer, body="new")
    before = list(made.history.values_list("history_id", flat=True))
    save(made, writer)
    assert list(made.history.values_list("history_id", flat=True)) == before


def test_papers_are_part_of_a_version(client_of: ClientOf, writer: User) -> None:
    one, other = paper("One paper"), paper("Other paper")
    made = note(writer, one)
    history.settle(made)
    first = history.newest_of(made)
    made.save()
    made.papers.set([other])
    history.settle(made)
    html = page(client_of("reader"), made, f"difference/?old={first}")
    assert "One paper</del>" in html
    assert "Other paper</ins>" in html
    client_of(writer).post(f"/notes/{made.pk}/history/{first}/restore/", {"newest": history.newest_of(made)})
    assert list(made.papers.all()) == [one]


def test_the_difference_of_two_versions_shows_words(client_of: ClientOf, writer: User) -> None:
    made = note(writer, body="它很快。 <b>&\n")
    save(made, writer, body="它很慢。 <b>&\n")
    html = page(client_of("reader"), made, "difference/")
    assert "快</del>" in html
    assert "慢</ins>" in html
    assert "&lt;b&gt;&amp;" in html
    assert "removed:" in html


def test_chosen_the_wrong_way_round_it_is_the_same_difference(client_of: ClientOf, writer: User) -> None:
    made = note(writer)
    first = history.newest_of(made)
    last = save(made, writer, body="other")
    client = client_of(writer)
    answer = client.get(f"/notes/{made.pk}/history/difference/?old={last}&new={first}")
    assert answer["Location"] == f"/notes/{made.pk}/history/difference/?old={first}&new={last}"
    assert client.get(f"/notes/{made.pk}/history/difference/?old={first}&new={first}").status_code == 302


def test_going_back_makes_a_version_and_loses_none(client_of: ClientOf, writer: User, editor: User) -> None:
    made = note(writer, body="first words")
    first = history.newest_of(made)
    newest = save(made, writer, body="second words", title="Second")
    answer = client_of(editor).post(f"/notes/{made.pk}/history/{first}/restore/", {"newest": newest})
    assert answer["Location"] == f"/notes/{made.pk}/"
    made.refresh_from_db()
    assert (made.body, made.title, made.author, made.changed_by) == ("first words", "A note", writer, editor)
    assert list(made.history.order_by("history_id").values_list("body", flat=True)) == [
        "first words",
        "second words",
        "first words",
    ]
    line = client_of(editor).get(f"/notes/{made.pk}/history/").context["lines"][0]
    assert (line.kind, line.version.history_user) == ("restored", editor)
    assert "first words" in client_of(editor).get(f"/notes/{made.pk}/").content.decode()


def test_who_may_read_it_is_not_restored(client_of: ClientOf, opened: tuple[Note, int, int], writer: User) -> None:
    made, hidden, shown = opened
    assert "for you alone" in page(client_of(writer), made, f"{hidden}/")
    client_of(writer).post(f"/notes/{made.pk}/history/{hidden}/restore/", {"newest": shown})
    made.refresh_from_db()
    assert (made.body, made.visibility) == (f"{SECRET}\ncommon\n", "team")


def test_a_change_in_the_meantime_is_told_and_stays(client_of: ClientOf, writer: User, editor: User) -> None:
    made = note(writer, body="first words")
    first = history.newest_of(made)
    seen = save(made, writer, body="second words")
    save(made, editor, body="third words")
    answer = client_of(writer).post(f"/notes/{made.pk}/history/{first}/restore/", {"newest": seen}, follow=True)
    assert "somebody has changed the note" in answer.content.decode()
    made.refresh_from_db()
    assert made.body == "third words"


def test_what_was_written_past_the_history_is_kept_too(client_of: ClientOf, writer: User) -> None:
    made = note(writer, body="first words")
    first = history.newest_of(made)
    Note.objects.filter(pk=made.pk).update(body="by a script")
    client_of(writer).post(f"/notes/{made.pk}/history/{first}/restore/", {"newest": first})
    assert "by a script" in made.history.values_list("body", flat=True)
    made.refresh_from_db()
    assert made.body == "first words"


@pytest.mark.parametrize("who", ["reader", "stranger"])
def test_who_may_not_write_restores_nothing(client_of: ClientOf, writer: User, who: str) -> None:
    made = note(writer, body="first")
    first = history.newest_of(made)
    newest = save(made, writer, body="second")
    address = f"/notes/{made.pk}/history/{first}/restore/"
    assert client_of(who).post(address, {"newest": newest}).status_code in (302, 404)
    assert client_of(writer).get(address).status_code == 405
    made.refresh_from_db()
    assert made.body == "second"
    if who == "reader":
        assert "Restore" not in page(client_of(who), made, f"{first}/")


def test_a_version_is_text_and_a_file(client_of: ClientOf, writer: User) -> None:
    made = note(writer, body="<script>旧</script>")
    first = history.newest_of(made)
    save(made, writer, body="new", title="标题")
    client = client_of("reader")
    raw = client.get(f"/notes/{made.pk}/history/{first}/raw/")
    assert (raw.content.decode(), raw["Content-Type"]) == ("<script>旧</script>", "text/plain; charset=utf-8")
    assert raw["X-Content-Type-Options"] == "nosniff"
    file = client.get(f"/notes/{made.pk}/history/{first}/raw/?download")
    assert file["Content-Disposition"] == 'attachment; filename="A note.md"'


def test_the_admins_addresses_lead_here(client_of: ClientOf, writer: User) -> None:
    made = note(writer)
    number = history.newest_of(made)
    client = client_of(writer)
    base = f"/admin/notes/note/{made.pk}/history/"
    assert client.get(base)["Location"] == f"/notes/{made.pk}/history/"
    assert client.get(f"{base}{number}/")["Location"] == f"/notes/{made.pk}/history/{number}/"
    client.post(f"{base}{number}/", {"title": "overwritten"})
    made.refresh_from_db()
    assert made.title == "A note"


def test_the_admin_names_no_version_of_others(client_of: ClientOf, opened: tuple[Note, int, int]) -> None:
    made, hidden, _shown = opened
    answer = client_of("editor").get(f"/admin/notes/note/{made.pk}/history/{hidden}/", follow=True)
    assert answer.status_code == 404


def test_texts_that_are_too_different_both_stand(client_of: ClientOf, writer: User) -> None:
    made = note(writer, body="甲 " * 400_000)
    save(made, writer, body="乙\n" * 400_000)
    answer = client_of(writer).get(f"/notes/{made.pk}/history/difference/")
    assert answer.status_code == 200
    assert "too different" in answer.content.decode()
    assert answer.context["difference"].rows is None
