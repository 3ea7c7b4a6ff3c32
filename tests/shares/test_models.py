"""A share link shows exactly one thing, and the database holds to it."""

import pytest
from django.db import IntegrityError, transaction

from apps.shares.models import ShareLink
from apps.shares.tokens import digest


def refused(**values) -> bool:
    try:
        with transaction.atomic():
            ShareLink.objects.create(token_hash=digest(repr(values)), hint="abcd", **values)
    except IntegrityError:
        return True
    return False


@pytest.mark.parametrize("kind", ["paper", "note", "list", "table"])
def test_a_link_to_an_object_names_that_object_and_nothing_else(library, writer, kind: str) -> None:
    target = getattr(library, kind)
    assert not refused(kind=kind, made_by=writer, **{kind: target})
    assert refused(kind=kind, made_by=writer)
    assert refused(kind=kind, made_by=writer, query="q=x", **{kind: target})
    assert refused(kind="filter", made_by=writer, query="q=x", **{kind: target})


def test_a_link_to_two_objects_is_refused(library, writer) -> None:
    assert refused(kind="paper", paper=library.paper, note=library.note, made_by=writer)


def test_a_filter_link_names_its_filter(library, writer) -> None:
    assert not refused(kind="filter", query="q=x", made_by=writer)
    assert refused(kind="filter", query="", made_by=writer)


def test_the_token_is_nowhere_in_the_row(share) -> None:
    link, path = share("paper")
    token = path.split("/")[2]
    row = ShareLink.objects.filter(pk=link.pk).values().get()
    assert token not in str(row)
    assert row["hint"] == token[:4]


@pytest.mark.parametrize("kind", ["paper", "note", "list", "table"])
def test_a_link_says_what_it_shows_and_where_members_see_it(library, share, kind: str) -> None:
    link, _ = share(kind)
    assert link.what == getattr(library, kind).title
    assert link.members_url == getattr(library, kind).get_absolute_url()


def test_a_filter_link_says_its_filter(share) -> None:
    link, _ = share("filter")
    assert link.what == "tag=tuned"
    assert link.members_url == "/papers/?tag=tuned"
