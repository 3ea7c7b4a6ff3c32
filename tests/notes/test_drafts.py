"""What somebody types is kept for them, and for nobody else, until it is saved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from apps.core.markup import MOST_BYTES
from apps.notes import drafts, trash
from apps.notes.models import Draft, Note
from tests.conftest import Queries
from tests.papers.library import note, paper

ClientOf = Callable[[str | User], Client]
ADD = "/admin/notes/note/add/"
WORDS = "Words nobody has saved: 中文 <i>"


def keep(client: Client, key: Any = None, **fields: Any) -> Any:
    return client.post(f"/notes/drafts/{key or uuid4()}/", {"body": WORDS, "visibility": "team", **fields})


def change(made: Note) -> str:
    return f"/admin/notes/note/{made.pk}/change/"


def form_of(answer: Any) -> Any:
    return answer.context["adminform"].form


def test_a_draft_is_kept_as_it_stands_in_the_form(client_of: ClientOf, writer: User) -> None:
    of, made, key = paper("P"), note(writer), uuid4()
    for body in ("first", WORDS):
        answer = keep(client_of(writer), key, title="T", body=body, papers=[of.pk], note=made.pk, base="7")
        assert answer.status_code == 200
    draft = Draft.objects.get()
    assert (draft.user, draft.key, draft.note, draft.base) == (writer, key, made, 7)
    assert draft.fields["body"] == WORDS
    assert draft.fields["papers"] == [of.pk]


@pytest.mark.parametrize(
    "odd",
    [
        {"papers": ["x", "-1", "9" * 40]},
        {"note": "x"},
        {"note": "9" * 40},
        {"base": "nonsense"},
        {"title": "t" * 5_000},
        {"body": "NUL \x00 here"},
        {"visibility": "everybody"},
        {"body": ""},
    ],
)
def test_whatever_a_form_holds_is_kept(client_of: ClientOf, odd: dict[str, Any]) -> None:
    assert keep(client_of("writer"), **odd).status_code == 200
    assert Draft.objects.count() == 1


def test_more_than_a_note_holds_is_refused(client_of: ClientOf) -> None:
    assert keep(client_of("writer"), body="x" * (MOST_BYTES + 1)).status_code == 413


def test_strangers_keep_nothing(stranger: Client) -> None:
    assert keep(stranger).status_code == 302
    assert stranger.get("/notes/drafts/").status_code == 302
    assert Draft.objects.count() == 0


@pytest.mark.parametrize("who", ["editor", "administrator", "superuser"])
def test_nobody_else_sees_a_draft(client_of: ClientOf, writer: User, administrator: User, who: str) -> None:
    administrator.is_superuser = who == "superuser"
    administrator.save()
    made, key = note(None), uuid4()
    keep(client_of(writer), key, note=made.pk)
    other = client_of(administrator if who == "superuser" else who)
    for address in ("/notes/drafts/", ADD, change(made), f"/notes/{made.pk}/", "/admin/"):
        assert "Words nobody" not in other.get(address).content.decode()
    for address in (f"/notes/drafts/{key}/", f"{ADD}?draft={key}", f"{change(made)}?draft={key}"):
        assert other.get(address).status_code == 404
    other.post(f"/notes/drafts/{key}/discard/")
    keep(other, key, body="somebody else's")
    assert Draft.objects.get(user=writer).fields["body"] == WORDS


@pytest.mark.parametrize("fresh", [True, False], ids=["new", "standing"])
def test_it_is_offered_where_it_was_typed_taken_and_gone_when_saved(
    client_of: ClientOf, writer: User, fresh: bool
) -> None:
    client, made, key = client_of(writer), note(writer), uuid4()
    of = paper("P")
    base = made.history.first().history_id
    keep(client, key, title="T", papers=[of.pk], **({} if fresh else {"note": made.pk, "base": base}))
    address, elsewhere = (ADD, change(made)) if fresh else (change(made), ADD)
    assert f"?draft={key}" in client.get(address).content.decode()
    assert f"?draft={key}" not in client.get(elsewhere).content.decode()
    form = form_of(client.get(f"{address}?draft={key}"))
    assert (form["body"].value(), form["title"].value(), form["draft"].value()) == (WORDS, "T", str(key))
    assert list(map(int, form["papers"].value())) == [of.pk]
    typed = {name: form[name].value() or "" for name in ("base", "base_papers", "draft", "body", "title")}
    saved = client.post(f"{address}?draft={key}", typed | {"visibility": "team", "papers": [of.pk]})
    assert saved.status_code == 302
    assert not drafts.of(writer).exists()
    assert f"?draft={key}" not in client.get(address).content.decode()


def test_what_arrives_after_saving_is_no_draft_any_more(client_of: ClientOf, writer: User) -> None:
    client, key = client_of(writer), uuid4()
    client.post(ADD, {"body": "saved", "visibility": "team", "draft": str(key)})
    assert keep(client, key).json() == {"settled": True}
    assert not drafts.of(writer).exists()


def test_a_draft_of_an_older_version_meets_what_was_saved_since(client_of: ClientOf, writer: User) -> None:
    client, made, key = client_of(writer), note(writer, body="One.\n\nTwo."), uuid4()
    keep(client, key, note=made.pk, base=made.history.first().history_id, body="One, mine.\n\nTwo.")
    made.body = "One.\n\nTwo, theirs."
    made.save()
    form = form_of(client.get(f"{change(made)}?draft={key}"))
    typed = {name: form[name].value() or "" for name in ("base", "base_papers", "draft", "body")}
    answer = client.post(change(made), typed | {"visibility": "team"})
    assert form_of(answer)["body"].value().strip() == "One, mine.\n\nTwo, theirs."


def test_ones_own_words_stay_readable_when_the_note_is_not(client_of: ClientOf, writer: User, editor: User) -> None:
    client, made, key = client_of(editor), note(writer, body="the note's own words"), uuid4()
    keep(client, key, note=made.pk)
    Note.objects.filter(pk=made.pk).update(visibility="private")
    page = client.get(f"/notes/drafts/{key}/").content.decode()
    assert "Words nobody has saved" in page and "own words" not in page
    assert form_of(client.get(f"{ADD}?draft={key}"))["body"].value() == WORDS
    keep(client, key, note=made.pk, body="typed on")
    assert Draft.objects.get().fields["body"] == "typed on"


def test_ones_words_outlive_the_note(client_of: ClientOf, writer: User, editor: User) -> None:
    client, made, key = client_of(editor), note(writer), uuid4()
    keep(client, key, note=made.pk)
    trash.throw_away(Note.objects.filter(pk=made.pk), user=writer)
    trash.delete_for_good(Note.objects.filter(pk=made.pk))
    assert "Words nobody has saved" in client.get("/notes/drafts/").content.decode()


def test_the_difference_to_the_note_is_shown(client_of: ClientOf, writer: User) -> None:
    made, key = note(writer, body="One two."), uuid4()
    keep(client_of(writer), key, note=made.pk, body="One three.")
    page = client_of(writer).get(f"/notes/drafts/{key}/").content.decode()
    assert "<del>" in page and "<ins>" in page


def test_the_page_of_a_draft_holds_nothing_active(client_of: ClientOf) -> None:
    key = uuid4()
    client = client_of("writer")
    keep(client, key, title="<script>a</script>", body="</textarea><script>b</script>")
    for address in (f"/notes/drafts/{key}/", "/notes/drafts/", f"{ADD}?draft={key}", ADD):
        page = client.get(address).content.decode()
        assert "<script>a" not in page and "<script>b" not in page


def test_a_draft_can_be_thrown_away(client_of: ClientOf, writer: User) -> None:
    client, key = client_of(writer), uuid4()
    keep(client, key)
    assert client.post(f"/notes/drafts/{key}/discard/", {"note": "new"})["Location"] == ADD
    assert not Draft.objects.exists()


def test_of_too_many_the_oldest_go(client_of: ClientOf, writer: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "MOST", 3)
    for number in range(5):
        keep(client_of(writer), body=str(number))
    assert [draft.fields["body"] for draft in drafts.of(writer)] == ["4", "3", "2"]


def test_old_drafts_are_purged(client_of: ClientOf, writer: User) -> None:
    keep(client_of(writer), body="old")
    Draft.objects.update(changed=timezone.now() - drafts.KEPT - timedelta(hours=1))
    keep(client_of(writer), body="new")
    drafts.purge()
    assert [draft.fields["body"] for draft in Draft.objects.all()] == ["new"]


def test_drafts_change_no_page_of_notes_and_no_search(client_of: ClientOf, writer: User) -> None:
    of = paper("P")
    client = client_of(writer)
    keep(client, body="zanzibarium", papers=[of.pk])
    for address in ("/notes/", "/papers/?q=zanzibarium", of.get_absolute_url(), "/"):
        page = client.get(address).content.decode()
        assert (
            "zanzibarium" not in page.replace('value="zanzibarium"', "").replace("q=zanzibarium", "")
            or "?q=" in address
        )
    assert "paper-row" not in client.get("/papers/?q=zanzibarium").content.decode()


def test_ten_more_drafts_cost_no_more_queries(client_of: ClientOf, writer: User, queries: Queries) -> None:
    client = client_of(writer)

    def more() -> None:
        for number in range(10):
            keep(client, body=str(number), note=note(writer).pk)

    more()
    queries.stay_equal(lambda: client.get("/notes/drafts/"), when=more)
