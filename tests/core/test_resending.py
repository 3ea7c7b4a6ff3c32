"""A form that could not be taken comes back to who sent it: all of it, to them only, and never a secret."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from apps.notes.models import Note
from tests.papers.library import note, paper

OURS = {"Origin": "http://testserver", "Accept": "text/html,*/*"}
ADD = "/admin/notes/note/add/"
TYPED = {"title": 'A "title" <b>', "body": "\n  Words\n</textarea><script>x</script> 中文", "visibility": "private"}


def fields(html: str) -> dict[str, list[str]]:
    """What the page would send."""
    from html import unescape

    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input[^>]* name="([^"]*)" value="([^"]*)"', html):
        found.setdefault(unescape(name), []).append(unescape(value))
    for name, value in re.findall(r'<textarea[^>]* name="([^"]*)"[^>]*>\n(.*?)</textarea>', html, re.DOTALL):
        found.setdefault(unescape(name), []).append(unescape(value))
    return found


def test_who_was_signed_out_gets_everything_back_to_send_again(stranger: Client, writer: User) -> None:
    papers = [paper("P").pk, paper("Q").pk]
    answer = stranger.post(f"{ADD}?papers=1", TYPED | {"papers": papers}, headers=OURS)
    assert answer.status_code == 403
    sent = fields(answer.text)
    assert sent["title"] == [TYPED["title"]] and sent["body"] == [TYPED["body"]]
    assert sent["visibility"] == ["private"] and sent["papers"] == list(map(str, papers))
    assert f'action="{ADD}?papers=1"' in answer.text
    assert "<script>x" not in answer.text
    assert "no-store" in answer["Cache-Control"]


def test_sent_again_after_signing_in_it_is_saved(writer: User) -> None:
    client = Client(enforce_csrf_checks=True)
    first = client.post(ADD, TYPED, headers=OURS)  # no token
    assert first.status_code == 403
    client.force_login(writer)
    old = {name: values[0] for name, values in fields(first.text).items()}
    client.cookies["csrftoken"] = "x" * 32  # signing in makes another one
    second = client.post(ADD, old, headers=OURS)
    assert second.status_code == 403
    assert "writer" in second.text
    assert not Note.objects.exists()
    fresh = {name: values[0] for name, values in fields(second.text).items()}
    assert client.post(ADD, fresh, headers=OURS).status_code == 302
    assert Note.objects.get().author == writer


@pytest.mark.parametrize(
    "headers",
    [
        {"Accept": "text/html"},
        {"Accept": "text/html", "Origin": "https://elsewhere.example"},
        {"Accept": "text/html", "Origin": "null"},
        OURS | {"Sec-Fetch-Site": "cross-site"},
        OURS | {"Sec-Fetch-Site": "same-site"},
        OURS | {"Sec-Fetch-Site": "none"},
        OURS | {"HX-Request": "true"},
        {"Origin": "http://testserver", "Accept": "application/json"},
    ],
    ids=str,
)
@pytest.mark.parametrize("signed_in", [True, False])
def test_what_another_site_sends_is_never_shown(headers: dict[str, str], writer: User, signed_in: bool) -> None:
    client = Client(enforce_csrf_checks=True)
    if signed_in:
        client.force_login(writer)
    answer = client.post(ADD, TYPED, headers=headers)
    assert "Words" not in answer.content.decode()


@pytest.mark.parametrize("secret", ["password", "new_password1", "token", "api_token", "client_secret", "otp"])
def test_a_form_with_a_secret_comes_back_to_nobody(stranger: Client, secret: str) -> None:
    answer = stranger.post(ADD, TYPED | {secret: "hush"}, headers=OURS)
    assert answer.status_code == 302
    assert "hush" not in answer.content.decode()


def test_signing_in_with_an_old_form_shows_no_password() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/accounts/login/", {"username": "somebody", "password": "hush hush"}, headers=OURS)
    assert answer.status_code == 403
    assert "hush" not in answer.text and "somebody" not in answer.text


def test_a_form_without_words_leads_to_the_door(stranger: Client, db: None) -> None:
    of = paper("P")
    answer = stranger.post(
        f"/papers/{of.pk}/state/", {"state": "toread", "next": "/papers/?q=long+words+中文"}, headers=OURS
    )
    assert answer.status_code == 302


@pytest.mark.parametrize("status", [404, 500])
def test_whatever_stops_a_form_its_words_come_back(
    client_of: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise ZeroDivisionError("oops")

    of = paper("P")
    client = client_of("writer")
    client.raise_request_exception = False
    if status == 500:
        monkeypatch.setattr("apps.notes.views.remarks.write_remark", fail)
    number = 999_999 if status == 404 else of.pk
    answer = client.post(f"/papers/{number}/remark/", {"body": "oneword", "visibility": "team"}, headers=OURS)
    assert answer.status_code == status
    assert fields(answer.text)["body"] == ["oneword"]


def test_who_lost_a_right_while_typing_keeps_the_words(client_of: Callable[[User], Client], writer: User) -> None:
    client, made = client_of(writer), note(writer)
    writer.groups.clear()
    User.objects.filter(pk=writer.pk).update(is_staff=False)
    answer = client.post(f"/admin/notes/note/{made.pk}/change/", TYPED, headers=OURS)
    assert answer.status_code == 403
    assert fields(answer.text)["body"] == [TYPED["body"]]


def test_files_are_not_kept_and_the_page_says_so(stranger: Client, db: None) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    answer = stranger.post("/imports/new", TYPED | {"files": SimpleUploadedFile("a.md", b"x")}, headers=OURS)
    assert "choose them again" in answer.text


def test_who_is_signed_in_is_told_to_pages_of_ours(client_of: Callable[[str], Client], stranger: Client) -> None:
    answer = client_of("writer").get("/accounts/me/")
    assert answer.json()["name"] == "writer" and answer.json()["token"]
    assert "no-store" in answer["Cache-Control"]
    assert "Access-Control-Allow-Origin" not in answer
    assert stranger.get("/accounts/me/").status_code == 302
