"""What people do in this room: say how far they have read a paper; save searches, look at them, share and delete them."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from apps.lists.models import Look, ReadingState, SavedSearch
from apps.lists.seeing import found_by, joined, kept, new_among
from apps.papers.filters import PaperFilter
from apps.papers.models import Paper

KEPT = timedelta(days=30)  # what was deleted


def set_reading_state(*, user: User, paper: Paper, state: str) -> None:
    """An empty state takes the person's word back."""
    if state:
        ReadingState.objects.update_or_create(user=user, paper=paper, defaults={"state": state})
    else:
        ReadingState.objects.filter(user=user, paper=paper).delete()


@transaction.atomic
def save_search(*, user: User, name: str, query: str, shared: bool) -> SavedSearch:
    """Who saves it has its papers before them: only what comes later is new."""
    search = SavedSearch.objects.create(owner=user, name=name, query=query, shared=shared)
    look_at(search=search, user=user)
    return search


@transaction.atomic
def look_at(*, search: SavedSearch, user: User) -> Look | None:
    """From now on this person has seen what it finds; None where it finds nothing because it makes no sense any more."""
    now = found_by(PaperFilter(search.query, user=user))
    if now is None:
        return None
    first = {"seen": now.serialize(), "fresh": b"", "at": timezone.now()}
    look, is_first = Look.objects.get_or_create(user=user, search=search, defaults=first)
    if not is_first:
        if new := new_among(now, kept(look.seen), joined()):
            look.fresh, look.since = new.serialize(), look.at
        look.seen, look.at = now.serialize(), timezone.now()
        look.save()
    return look


def change_search(*, search: SavedSearch, name: str, shared: bool) -> None:
    search.name, search.shared = name, shared
    search.save(update_fields=["name", "shared"])


@transaction.atomic
def ask_otherwise(*, search: SavedSearch, query: str, user: User) -> None:
    """Another question: what anybody saw of the old one says nothing about it."""
    search.query = query
    search.save(update_fields=["query"])
    search.looks.all().delete()
    look_at(search=search, user=user)


@transaction.atomic
def throw_away(*, search: SavedSearch, user: User) -> None:
    """What was thrown away long ago is gone for good at this occasion: there are few of them."""
    search.deleted, search.deleted_by = timezone.now(), user
    search.save(update_fields=["deleted", "deleted_by"])
    SavedSearch.objects.filter(deleted__lt=timezone.now() - KEPT).delete()


def bring_back(*, search: SavedSearch) -> None:
    search.deleted = search.deleted_by = None
    search.save(update_fields=["deleted", "deleted_by"])
