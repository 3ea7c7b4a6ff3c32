"""Two people on one note: neither loses a word, and nobody saves over what they have not seen."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from apps.notes import trash
from apps.notes.meeting import version_of
from apps.notes.models import Note
from tests.papers.library import note, paper

ClientOf = Callable[[str | User], Client]
START = "One.\n\nTwo.\n\nThree.\n"
TRAVELLING = ("base", "base_papers", "draft")


def change(made: Note) -> str:
    return f"/admin/notes/note/{made.pk}/change/"


def opened(client: Client, made: Note) -> dict[str, Any]:
    """What the form holds that somebody opened."""
    form = client.get(change(made)).context["adminform"].form
    values = {name: form[name].value() or "" for name in (*TRAVELLING, "title", "body", "visibility")}
    return values | {"papers": [paper.pk for paper in made.papers.all()]}


def save(client: Client, made: Note, form: dict[str, Any], **changes: Any) -> Any:
    return client.post(change(made), {**form, **changes})


def held(answer: Any) -> dict[str, Any]:
    """What stands in the form that came back."""
    form = answer.context["adminform"].form
    return {name: form[name].value() for name in (*TRAVELLING, "title", "body", "visibility", "papers", "hard_breaks")}


@pytest.fixture
def made(writer: User) -> Note:
    return note(writer, paper("P"), body=START)


@pytest.fixture
def both(client_of: ClientOf, writer: User, editor: User) -> tuple[Client, Client]:
    return client_of(writer), client_of(editor)


def test_the_second_to_save_gets_both_changes_put_together(both: tuple[Client, Client], made: Note) -> None:
    first, second = both
    one, other = opened(first, made), opened(second, made)
    assert save(first, made, one, body="One, indeed.\n\nTwo.\n\nThree.").status_code == 302
    answer = save(second, made, other, body="One.\n\nTwo.\n\nThree, at last.")
    assert answer.status_code == 409
    made.refresh_from_db()
    assert made.body == "One, indeed.\n\nTwo.\n\nThree."
    merged = held(answer)
    assert merged["body"].strip() == "One, indeed.\n\nTwo.\n\nThree, at last."
    assert "writer" in answer.content.decode()
    again = {name: "" if value is None else value for name, value in merged.items() if name != "hard_breaks"}
    assert save(second, made, again).status_code == 302
    made.refresh_from_db()
    assert made.body == "One, indeed.\n\nTwo.\n\nThree, at last."


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("One.\n\nTwo cats.\n\nThree.", "One.\n\nTwo dogs.\n\nThree."),
        ("Ein\nZwei\n", "完全不同\n的文字\n"),
        ("One.", "One.\n\nTwo.\n\nThree.\n\nFour, five and 六。"),
        ("x", "y"),
    ],
)
def test_what_both_changed_stands_there_twice(both: tuple[Client, Client], made: Note, mine: str, theirs: str) -> None:
    first, second = both
    one, other = opened(first, made), opened(second, made)
    save(first, made, one, body=theirs)
    merged = held(save(second, made, other, body=mine))["body"]
    for word in re.findall(r"\w+", mine + " " + theirs):
        assert word in merged


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize(("mine", "theirs"), [("One, mine.", "One, theirs."), ("Ein\nZwei\n", "完全不同\n的文字\n")])
def test_who_saves_it_like_that_is_told_so(
    both: tuple[Client, Client], made: Note, language: str, mine: str, theirs: str
) -> None:
    first, second = both
    one, other = opened(first, made), opened(second, made)
    save(first, made, one, body=theirs)
    second.cookies["django_language"] = language
    merged = {name: value or "" for name, value in held(save(second, made, other, body=mine)).items()}
    untidy = second.post(change(made), merged, follow=True)
    made.refresh_from_db()
    assert "⟦" in made.body  # it is theirs to decide
    assert [message.level_tag for message in untidy.context["messages"]].count("warning") == 1
    tidy = second.post(change(made), {**opened(second, made), "body": "x ⟦y⟧ ¦ z"}, follow=True)
    assert [message.level_tag for message in tidy.context["messages"]].count("warning") == 0


def test_who_meets_themselves_is_told_so(client_of: ClientOf, made: Note, writer: User) -> None:
    client = client_of(writer)
    one, other = opened(client, made), opened(client, made)
    save(client, made, one, body="One, mine.")
    assert "You (elsewhere) saved this note" in save(client, made, other, body="One, also mine.").text


def test_fields_are_put_together_one_by_one(both: tuple[Client, Client], made: Note) -> None:
    first, second = both
    one, other = opened(first, made), opened(second, made)
    mine, theirs = paper("Mine"), paper("Theirs")
    kept = one["papers"][0]
    save(first, made, one, title="Their title", papers=[kept, theirs.pk])
    merged = held(save(second, made, other, body="New text", papers=[mine.pk]))
    assert merged["title"] == "Their title"
    assert merged["body"].strip() == "New text"
    assert set(map(int, merged["papers"])) == {mine.pk, theirs.pk}


def test_a_title_that_both_changed_is_shown_in_both_forms(both: tuple[Client, Client], made: Note) -> None:
    first, second = both
    one, other = opened(first, made), opened(second, made)
    save(first, made, one, title="Theirs")
    answer = save(second, made, other, title="Mine")
    assert held(answer)["title"] == "Mine"
    assert "Theirs" in answer.content.decode()


def test_saving_without_a_change_in_between_asks_nothing(both: tuple[Client, Client], made: Note) -> None:
    first, second = both
    one, other = opened(first, made), opened(second, made)
    assert save(first, made, one).status_code == 302
    assert save(second, made, other, body="changed").status_code == 302


@pytest.mark.parametrize("base", ["", "0", "999999", "nonsense", "9" * 40])
def test_without_the_version_that_both_began_with_nothing_is_lost_either(
    both: tuple[Client, Client], made: Note, base: str
) -> None:
    first, second = both
    one, other = opened(first, made), opened(second, made)
    save(first, made, one, body="One.\n\nTheirs.\n\nThree.\n")
    if base:
        answer = save(second, made, other | {"base": base}, body="One.\n\nMine.\n\nThree.\n")
    else:
        made.history.filter(history_id=other["base"]).delete()  # purged
        answer = save(second, made, other, body="One.\n\nMine.\n\nThree.\n")
    merged = held(answer)["body"]
    assert "Mine" in merged and "Theirs" in merged
    assert merged.count("One.") == merged.count("Three.") == 1


def test_a_version_that_was_private_is_not_put_to_use_for_others(
    both: tuple[Client, Client], writer: User, made: Note
) -> None:
    Note.objects.filter(pk=made.pk).delete()
    secret = note(writer, body="hidden words", private=True)
    private = secret.history.first().history_id
    first, second = both
    save(first, secret, opened(first, secret), body="for all", visibility="team")
    answer = save(second, secret, opened(second, secret) | {"base": private}, body="mine")
    assert "hidden words" not in answer.content.decode()


def test_a_note_thrown_away_meanwhile_can_be_brought_back_or_written_anew(
    both: tuple[Client, Client], made: Note, writer: User
) -> None:
    _, second = both
    form = opened(second, made)
    trash.throw_away(Note.objects.filter(pk=made.pk), user=writer)
    answer = save(second, made, form, body="my words")
    assert answer.status_code == 409
    assert held(answer)["body"] == "my words"
    assert 'action="/admin/notes/note/add/"' in answer.content.decode()
    back = {name: held(answer)[name] for name in TRAVELLING} | form | {"body": "my words"}
    assert save(second, made, back, _bring_back="1").status_code == 302
    made.refresh_from_db()
    assert (made.deleted, made.body) == (None, "my words")


def test_bringing_back_is_no_way_around_what_somebody_else_wrote(both: tuple[Client, Client], made: Note) -> None:
    first, second = both
    one, other = opened(first, made), opened(second, made)
    save(first, made, one, body="their words")
    trash.throw_away(Note.objects.filter(pk=made.pk), user=None)
    answer = save(second, made, other, body="my words", _bring_back="1")
    assert "their words" in held(answer)["body"] and "my words" in held(answer)["body"]


def test_a_note_that_became_private_meanwhile_gives_ones_words_back_and_nothing_else(
    both: tuple[Client, Client], made: Note
) -> None:
    first, second = both
    one, other = opened(first, made), opened(second, made)
    save(first, made, one, body="hidden words", visibility="private")
    never = second.post("/admin/notes/note/999999/change/", other | {"body": "my words"})
    answer = save(second, made, other, body="my words")
    for page in (answer, never):
        assert page.status_code == 409
        assert held(page)["body"] == "my words"
        assert "hidden words" not in page.content.decode()
        assert "_bring_back" not in page.content.decode()
    made.refresh_from_db()
    assert made.body == "hidden words"


def test_the_version_of_a_note_that_was_read_before_somebody_saved_is_the_older_one(made: Note) -> None:
    read = Note.objects.get(pk=made.pk)
    before = version_of(read)
    made.body = "saved in between"
    made.save()
    assert version_of(read) == before
    assert version_of(made) != before


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_the_same_moment_one_wins_and_the_other_is_told(
    both: tuple[Client, Client], made: Note
) -> None:
    forms = [opened(client, made) for client in both]
    together, answers = threading.Barrier(2), {}

    def work(number: int) -> None:
        try:
            together.wait(10)
            answers[number] = save(both[number], made, forms[number], body=f"by {number}").status_code
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(answers.values()) == [302, 409]
    winner = next(number for number, status in answers.items() if status == 302)
    made.refresh_from_db()
    assert made.body == f"by {winner}"
