"""Questions about reading lists and digests that read like English."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

    from apps.lists.models import Entry, Look, ReadingList, ReadingState, SavedSearch  # noqa: F401 (named in strings below)

# The name in addresses of digests that say no category.
MIXED = "mixed"
# Who may change and delete what the team shares, besides its owner.
MAY_CHANGE_SHARED = "lists.change_savedsearch"


class ReadingListQuerySet(models.QuerySet["ReadingList"]):
    def digests(self) -> ReadingListQuerySet:
        return self.filter(kind="digest")

    def but_digests(self) -> ReadingListQuerySet:
        return self.exclude(kind="digest")

    def for_list(self) -> ReadingListQuerySet:
        return self.annotate(size=Count("entries")).defer("description").order_by("-date", "-added", "-id")

    def digest_of(self, category: str, day: date) -> ReadingListQuerySet:
        return self.digests().filter(category="" if category == MIXED else category, date=day).order_by("id")

    def years(self) -> list[int]:
        """The years that have digests, the newest first."""
        return [day.year for day in self.digests().dates("date", "year", order="DESC")]

    def days(self, year: int) -> list[Day]:
        """One entry for each category and date of that year."""
        return _days(self.digests().filter(date__year=year).order_by("category", "-date"))

    def newest_days(self, number: int) -> list[Day]:
        return _days(self.digests().order_by("-date", "category"), number)


def _days(digests: ReadingListQuerySet, most: int | None = None) -> list[Day]:
    sizes = digests.values("category", "date").annotate(size=Count("entries"))[:most]
    return [Day(each["category"], each["date"], each["size"]) for each in sizes if each["date"]]


class Day:
    """What one category's digests of one date hold."""

    def __init__(self, category: str, day: date, size: int) -> None:
        self.category, self.day, self.size = category, day, size

    @property
    def slug(self) -> str:
        return self.category or MIXED


def by_category_and_month(days: list[Day]) -> Iterator[tuple[str, list[tuple[date, list[Day]]]]]:
    """Days that are sorted by category and date, as the index of digests shows them."""
    for category, of_category in groupby(days, key=lambda day: day.category):
        months = groupby(of_category, key=lambda day: day.day.replace(day=1))
        yield category, [(month, list(of_month)) for month, of_month in months]


class EntryQuerySet(models.QuerySet["Entry"]):
    def in_full(self) -> EntryQuerySet:
        """With their papers' abstracts too."""
        from apps.papers.models import Paper

        papers = Paper.objects.for_list().defer(None).defer("search_text")
        return self.select_related("list").prefetch_related(models.Prefetch("paper", queryset=papers))


class ReadingStateQuerySet(models.QuerySet["ReadingState"]):
    def of(self, user: User | AnonymousUser) -> ReadingStateQuerySet:
        return self.filter(user_id=user.pk) if user.is_authenticated else self.none()

    def ongoing(self) -> ReadingStateQuerySet:
        """What somebody reads or wants to read, what is being read first."""
        found = self.filter(state__in=["reading", "toread"]).select_related("paper")
        return found.defer("paper__search_text", "paper__abstract", "paper__abstract_zh").order_by("state", "-at")


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    def standing(self) -> SavedSearchQuerySet:
        """Not thrown away."""
        return self.filter(deleted__isnull=True)

    def visible_to(self, user: User | AnonymousUser) -> SavedSearchQuerySet:
        """One's own and the team's; nothing for people without an account."""
        if not user.is_authenticated:
            return self.none()
        return self.standing().filter(models.Q(owner=user) | models.Q(shared=True))

    def owned_by(self, user: User | AnonymousUser) -> SavedSearchQuerySet:
        return self.standing().filter(owner_id=user.pk or 0)

    def asking(self, query: str) -> SavedSearchQuerySet:
        return self.filter(query=query)

    def changeable_by(self, user: User | AnonymousUser) -> SavedSearchQuerySet:
        """One's own, and for editors the team's, too."""
        return self.visible_to(user) if user.has_perm(MAY_CHANGE_SHARED) else self.owned_by(user)

    def thrown_away_by(self, user: User | AnonymousUser) -> SavedSearchQuerySet:
        """What this person can bring back, the last one first."""
        return self.filter(deleted__isnull=False, deleted_by_id=user.pk or 0).order_by("-deleted", "-id")


class LookQuerySet(models.QuerySet["Look"]):
    def of(self, user: User | AnonymousUser) -> LookQuerySet:
        return self.filter(user_id=user.pk) if user.is_authenticated else self.none()

    def latest_of(self, user: User | AnonymousUser) -> LookQuerySet:
        """At searches that this person still sees, with them; the last look first."""
        from apps.lists.models import SavedSearch

        seen = SavedSearch.objects.visible_to(user).values("pk")
        return self.of(user).filter(search__in=seen).select_related("search").order_by("-at", "-id")
