"""Reading lists and digests, their entries, how far each person has read, and saved searches."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from apps.lists.querysets import (
    MIXED,
    EntryQuerySet,
    LookQuerySet,
    ReadingListQuerySet,
    ReadingStateQuerySet,
    SavedSearchQuerySet,
)
from apps.papers.models import Paper, Source


class ReadingList(models.Model):
    """Ordered papers: a curated list, a blog post, a list of classics, a daily digest."""

    class Kind(models.TextChoices):
        CURATED = "curated", _("reading list")
        POST = "post", _("post")
        CLASSICS = "field-list", _("annotated list")
        DIGEST = "digest", _("digest")

    title = models.CharField(_("title"), max_length=500)
    title_zh = models.CharField(_("Chinese title"), max_length=500, blank=True)
    slug = models.CharField(_("slug"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.CURATED)
    key = models.CharField(max_length=300, blank=True, db_index=True, editable=False)
    description = models.TextField(_("description"), blank=True)
    date = models.DateField(_("date"), null=True, blank=True)
    category = models.CharField(_("arXiv category"), max_length=40, blank=True, help_text=_("For digests."))
    byline = models.CharField(_("written by"), max_length=200, blank=True)
    source_url = models.URLField(_("address"), max_length=1000, blank=True)
    source = models.ForeignKey(
        Source, on_delete=models.SET_NULL, null=True, blank=True, related_name="lists", verbose_name=_("source")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="lists",
        verbose_name=_("owner"),
    )
    papers = models.ManyToManyField(Paper, through="Entry", related_name="lists")
    added = models.DateTimeField(_("added"), auto_now_add=True)

    objects = ReadingListQuerySet.as_manager()

    class Meta:
        verbose_name = _("reading list")
        verbose_name_plural = _("reading lists")
        ordering = ["-date", "-id"]
        indexes = [models.Index(fields=["kind", "category", "date"], name="list_kind_category_date")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind="digest") | models.Q(date__isnull=False), name="digest_has_date"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        if self.kind == self.Kind.DIGEST and self.date:
            return reverse("digest_detail", args=[self.category or MIXED, self.date])
        return reverse("list_detail", args=[self.slug])

    @property
    def label(self) -> str:
        chinese = (get_language() or "").startswith("zh")
        return self.title_zh if chinese and self.title_zh else self.title


class Entry(models.Model):
    """A paper's place in a list. What a digest announces belongs to the entry, not to the paper."""

    list = models.ForeignKey(ReadingList, on_delete=models.CASCADE, related_name="entries", verbose_name=_("list"))
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="entries", verbose_name=_("paper"))
    position = models.PositiveIntegerField(_("position"), default=0)
    name = models.CharField(_("name in this list"), max_length=200, blank=True)
    remark = models.TextField(_("remark"), blank=True)
    announce_type = models.CharField(_("announce type"), max_length=20, blank=True)
    version = models.PositiveSmallIntegerField(_("version"), null=True, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["list", "paper"], name="paper_once_per_list")]

    def __str__(self) -> str:
        return str(self.paper)


class ReadingState(models.Model):
    class State(models.TextChoices):
        TO_READ = "toread", _("to read")
        READING = "reading", _("reading")
        READ = "read", _("read")
        NOT_FOR_ME = "no", _("not for me")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reading_states")
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="reading_states")
    state = models.CharField(_("state"), max_length=10, choices=State)
    at = models.DateTimeField(auto_now=True)

    objects = ReadingStateQuerySet.as_manager()

    class Meta:
        verbose_name = _("reading state")
        verbose_name_plural = _("reading states")
        ordering = ["-at"]
        constraints = [models.UniqueConstraint(fields=["user", "paper"], name="one_state_per_person_and_paper")]

    def __str__(self) -> str:
        return f"{self.paper}: {self.get_state_display()}"


def the_team_keeps_its_own(collector: Any, field: Any, searches: models.QuerySet[SavedSearch], using: str) -> None:
    """When an account is deleted: what only that person saw goes with it, what the team uses stays, without an owner."""
    models.CASCADE(collector, field, searches.filter(shared=False), using)
    models.SET_NULL(collector, field, searches.filter(shared=True), using)


class SavedSearch(models.Model):
    """A question to the papers page under a name; everybody who opens it gets their own answer."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=120)
    query = models.TextField(_("question"), help_text=_("The query string of the papers page."))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=the_team_keeps_its_own,
        null=True,
        blank=True,
        related_name="searches",
        verbose_name=_("owner"),
    )
    shared = models.BooleanField(_("for the team"), default=False)
    made = models.DateTimeField(_("made"), auto_now_add=True)
    # It is thrown away first, and gone 30 days later.
    deleted = models.DateTimeField(_("deleted"), null=True, blank=True, editable=False, db_index=True)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(shared=True) | models.Q(owner__isnull=False),
                name="private_search_has_owner",
                violation_error_message=_("A search without an owner is the team's."),
            ),
            # An empty question would show the whole library.
            models.CheckConstraint(condition=~models.Q(query=""), name="saved_search_asks_something"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("search_open", args=[self.pk])

    @property
    def papers_address(self) -> str:
        return f"{reverse('paper_list')}?{self.query}"


class Look(models.Model):
    """What one person saw when they last looked at a saved search: sets of paper ids, as roaring bitmaps.

    `fresh` is what was new at that time and stays until something newer is looked at; `since` is the look before it.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="looks")
    search = models.ForeignKey(SavedSearch, on_delete=models.CASCADE, related_name="looks")
    seen = models.BinaryField()
    fresh = models.BinaryField()
    at = models.DateTimeField()
    since = models.DateTimeField(null=True)

    objects = LookQuerySet.as_manager()

    class Meta:
        verbose_name = _("look")
        verbose_name_plural = _("looks")
        constraints = [models.UniqueConstraint(fields=["user", "search"], name="one_look_per_person_and_search")]

    def __str__(self) -> str:
        return f"{self.search_id}: {self.at:%Y-%m-%d %H:%M}"
