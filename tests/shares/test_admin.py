"""Share links in the admin: to look at and to close."""

import pytest

from apps.shares.models import ShareLink

LIST = "/admin/shares/sharelink/"


@pytest.mark.parametrize(
    ("role", "seen"), [("writer", {"mine"}), ("editor", {"theirs"}), ("administrator", {"mine", "theirs"})]
)
def test_the_admin_shows_the_links_that_one_may_see(share, editor, client_of, role: str, seen: set[str]) -> None:
    share("paper", label="mine")
    share("paper", label="theirs", user=editor)
    answer = client_of(role).get(LIST)
    assert {link.label for link in answer.context["cl"].result_list} == seen


def test_the_admin_makes_and_changes_no_link(share, client_of) -> None:
    link, _ = share("paper")
    client = client_of("administrator")
    assert client.get(f"{LIST}add/").status_code == 403
    assert client.get(f"{LIST}{link.pk}/change/").status_code == 200
    assert client.post(f"{LIST}{link.pk}/change/", {"label": "x"}).status_code == 403


def test_the_admin_closes_links(share, client_of, stranger) -> None:
    link, path = share("paper")
    client_of("administrator").post(LIST, {"action": "revoke", "_selected_action": [link.pk]})
    assert stranger.get(path).status_code == 404


def test_nobody_closes_others_links_through_the_admin(share, client_of) -> None:
    link, _ = share("paper")
    client_of("editor").post(LIST, {"action": "revoke", "_selected_action": [link.pk]})
    assert ShareLink.objects.get().revoked is None


def test_no_page_of_the_admin_shows_the_stored_digest(share, client_of) -> None:
    link, _ = share("paper")
    client = client_of("administrator")
    for path in (LIST, f"{LIST}{link.pk}/change/"):
        assert link.token_hash.encode() not in client.get(path).content
