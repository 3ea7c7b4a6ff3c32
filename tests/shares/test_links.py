"""My share links: making, seeing and closing them."""

import pytest
from django.test import Client
from django.utils import timezone

from apps.shares.models import ShareLink


@pytest.mark.parametrize("role", ["writer", "editor", "administrator"])
def test_whoever_writes_may_share(library, client_of, stranger: Client, role: str) -> None:
    answer = client_of(role).post("/shares/new", {"kind": "list", "object": library.list.pk, "expires": "7"})
    assert answer.status_code == 200
    address = answer.context["address"]
    assert address.startswith("http://127.0.0.1:8000/s/") and address in answer.content.decode()
    assert stranger.get(address.removeprefix("http://127.0.0.1:8000")).status_code == 200
    assert "no-store" in answer["Cache-Control"]


def test_the_address_is_shown_this_once_only(library, client_of) -> None:
    client = client_of("writer")
    made = client.post("/shares/new", {"kind": "filter", "query": "tag=tuned", "expires": "never"})
    token = made.context["address"].split("/")[-2]
    assert token.encode() not in client.get("/shares/").content
    assert token not in str(client.session.items())
    assert ShareLink.objects.get().expires is None


def test_the_public_address_is_what_the_settings_say(library, client_of, settings) -> None:
    settings.PAPERNOTES_URL = "https://papers.example.org"
    made = client_of("writer").post("/shares/new", {"kind": "paper", "object": library.paper.pk, "expires": "1"})
    assert made.context["address"].startswith("https://papers.example.org/s/")


def test_what_cannot_be_shared_comes_back_with_what_was_typed(library, client_of) -> None:
    data = {"kind": "filter", "query": "tag=nonsense", "expires": "7", "label": "for Ann"}
    answer = client_of("writer").post("/shares/new", data)
    assert answer.status_code == 422
    assert "nonsense" in answer.content.decode()
    again = client_of("writer").post("/shares/new", {**data, "query": "tag=tuned", "expires": "365"})
    assert again.status_code == 422
    assert b"for Ann" in again.content and b'value="tag=tuned"' in again.content
    assert not ShareLink.objects.exists()


def test_a_link_by_get_only_asks(library, client_of) -> None:
    answer = client_of("writer").get("/shares/new", {"kind": "paper", "object": library.paper.pk})
    assert answer.status_code == 200 and not ShareLink.objects.exists()
    assert "Tuning a Recommender" in answer.content.decode() and b"<select" in answer.content
    senseless = client_of("writer").get("/shares/new", {"kind": "filter", "query": "tag=nonsense"})
    assert senseless.status_code == 200 and b"<select" not in senseless.content


PAGES = [("get", "/shares/"), ("get", "/shares/new"), ("post", "/shares/new"), ("post", "/shares/1/revoke")]


@pytest.mark.parametrize(("method", "path"), PAGES)
def test_readers_find_no_such_page_and_strangers_are_asked_who_they_are(client_of, method: str, path: str) -> None:
    assert getattr(client_of("reader"), method)(path).status_code == 404
    answer = getattr(client_of("stranger"), method)(path)
    assert answer.status_code == 302 and answer["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize(("method", "path"), PAGES)
def test_a_public_base_opens_none_of_these_pages(client_of, settings, method: str, path: str) -> None:
    settings.PAPERNOTES_PUBLIC = True
    assert getattr(client_of("stranger"), method)(path).status_code == 302


def test_everybody_sees_their_own_links_and_administrators_all(
    share, writer, editor, administrator, client_of, admin_client
) -> None:
    share("paper", label="by the writer")
    share("list", label="by the editor", user=editor)
    seen = {
        who: {label for label in ("by the writer", "by the editor") if label.encode() in client.get("/shares/").content}
        for who, client in {
            "writer": client_of(writer),
            "editor": client_of(editor),
            "administrator": client_of(administrator),
            "superuser": admin_client,
        }.items()
    }
    both = {"by the writer", "by the editor"}
    assert seen == {
        "writer": {"by the writer"},
        "editor": {"by the editor"},
        "administrator": both,
        "superuser": both,
    }


def test_closing_a_link_works_at_once(share, client_of, stranger: Client) -> None:
    link, path = share("paper")
    assert stranger.get(path).status_code == 200
    assert client_of("writer").post(f"/shares/{link.pk}/revoke").status_code == 302
    assert stranger.get(path).status_code == 404


@pytest.mark.parametrize(("role", "status"), [("editor", 404), ("reader", 404), ("administrator", 302)])
def test_only_its_maker_and_administrators_close_a_link(share, client_of, stranger, role: str, status: int) -> None:
    link, path = share("paper")
    assert client_of(role).post(f"/shares/{link.pk}/revoke").status_code == status
    assert stranger.get(path).status_code == (404 if status == 302 else 200)


def test_closing_twice_keeps_the_first_moment_and_unknown_links_are_not_found(share, client_of) -> None:
    link, _ = share("paper")
    client = client_of("writer")
    client.post(f"/shares/{link.pk}/revoke")
    first = ShareLink.objects.get().revoked
    client.post(f"/shares/{link.pk}/revoke")
    assert ShareLink.objects.get().revoked == first
    for number in (link.pk + 1, 0, 2**63, 2**80):
        assert client.post(f"/shares/{number}/revoke").status_code == 404


def test_closing_needs_a_post_with_the_form_token(share, writer) -> None:
    link, _ = share("paper")
    client = Client(enforce_csrf_checks=True)
    client.force_login(writer)
    assert client.get(f"/shares/{link.pk}/revoke").status_code == 405
    assert client.post(f"/shares/{link.pk}/revoke").status_code == 403
    assert ShareLink.objects.get().revoked is None


def test_the_page_says_what_state_each_link_is_in(share, library, client_of) -> None:
    share("paper")
    share("list")[0].__class__.objects.filter(kind="list").revoke()
    ShareLink.objects.filter(pk=share("table")[0].pk).update(expires=timezone.now())
    share("note")
    library.note.visibility = "private"
    library.note.save()
    states = {link.kind: link.state for link in client_of("writer").get("/shares/").context["page"]}
    assert states == {"paper": "open", "list": "revoked", "table": "expired", "note": "hidden"}


def test_ten_more_links_cost_no_more_queries(share, client_of, editor, queries) -> None:
    share("paper")
    client = client_of("administrator")

    def more() -> None:
        for kind in ("paper", "note", "list", "table", "filter"):
            share(kind)
            share(kind, user=editor)

    queries.stay_equal(lambda: client.get("/shares/"), when=more)
