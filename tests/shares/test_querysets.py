"""Who sees which links, which are open, and what is counted."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from apps.shares.models import ShareLink


def token(path: str) -> str:
    return path.split("/")[2]


def test_a_token_opens_its_own_link_and_no_other(share) -> None:
    first, path = share("paper")
    second, other = share("paper")
    assert ShareLink.objects.opened_by(token(path)) == first
    assert ShareLink.objects.opened_by(token(other)) == second


@pytest.mark.parametrize("change", [str.lower, str.upper, lambda t: t[:-1], lambda t: t + "A", lambda t: " " + t])
def test_nearly_the_token_opens_nothing(share, change) -> None:
    _, path = share("paper")
    assert ShareLink.objects.opened_by(change(token(path))) is None


def test_the_stored_digest_opens_nothing(share) -> None:
    link, _ = share("paper")
    assert ShareLink.objects.opened_by(link.token_hash) is None


def test_a_link_closes_at_the_very_moment_it_expires(share) -> None:
    link, path = share("paper")
    ShareLink.objects.filter(pk=link.pk).update(expires=timezone.now() + timedelta(hours=1))
    assert ShareLink.objects.opened_by(token(path))
    ShareLink.objects.filter(pk=link.pk).update(expires=timezone.now())
    assert ShareLink.objects.opened_by(token(path)) is None


def test_a_look_at_a_link_that_was_closed_meanwhile_is_not_counted(share) -> None:
    link, _ = share("paper")
    assert ShareLink.objects.count_view(link)
    ShareLink.objects.revoke()
    assert not ShareLink.objects.count_view(link)
    link.refresh_from_db()
    assert link.views == 1


def test_a_superuser_who_is_deactivated_opens_nothing_any_more(share, django_user_model) -> None:
    boss = django_user_model.objects.create_superuser("boss", password="x")
    _, path = share("paper", user=boss)
    assert ShareLink.objects.opened_by(token(path))
    django_user_model.objects.filter(pk=boss.pk).update(is_active=False)
    assert ShareLink.objects.opened_by(token(path)) is None


def test_somebody_without_the_right_or_without_an_account_sees_no_links(share, reader) -> None:
    share("paper", user=reader)
    assert not ShareLink.objects.visible_to(reader).exists()
    assert not ShareLink.objects.visible_to(AnonymousUser()).exists()


def test_opening_a_link_is_one_look_at_the_database(share, queries) -> None:
    _, path = share("paper")
    assert len(queries.of(lambda: ShareLink.objects.opened_by(token(path)))) == 1
