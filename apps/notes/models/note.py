"""A study note: Markdown about several papers, one, or none."""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Left
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from apps.notes.models.version import Version
from apps.papers.models import Paper, Source
from apps.search.words import fold

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User


class NoteQuerySet(models.QuerySet["Note"]):
    def visible_to(self, user: User | AnonymousUser) -> NoteQuerySet:
        """What the team may read, and one's own. Whether somebody may read at all is the door's business."""
        return self.standing().filter(_is_for(user))

    def in_trash_of(self, user: User | AnonymousUser) -> NoteQuerySet:
        """What was thrown away of all that this person could read."""
        return self.filter(_is_for(user), deleted__isnull=False)

    def standing(self) -> NoteQuerySet:
        """Not in the trash."""
        return self.filter(deleted__isnull=True)

    def by(self, author_id: int | None) -> NoteQuerySet:
        return self.filter(author_id=author_id)

    def for_list(self) -> NoteQuerySet:
        papers = models.Prefetch("papers", queryset=Paper.objects.only("title", "title_zh", "by_machine"))
        return self.select_related("author", "source").prefetch_related(papers).defer("body", "search_text")

    def with_start(self) -> NoteQuerySet:
        """The first words of each, without the rest."""
        return self.annotate(start=Left("body", 1600))

    def in_reading_order(self) -> NoteQuerySet:
        """As they stand in their document; then as they were written."""
        return self.order_by("position", "created", "id")


def _is_for(user: User | AnonymousUser) -> models.Q:
    mine = models.Q(author_id=user.pk) if user.is_authenticated else models.Q(pk__in=[])
    return models.Q(visibility=Note.Visibility.TEAM) | mine


_LINK = re.compile(r"!?\[([^][]*)\]\([^()\s]*\)")
_MARKS = re.compile(r"^[\s>#*+-]+|[*`~]|\[\[|\]\]|【【|】】")
_BEGINNING = 60  # characters


def _beginning(body: str) -> str:
    """What a note without a title is called: the words it begins with, without their Markdown."""
    line = next((line for line in body[:2_000].splitlines() if line.strip()), "")
    words = _MARKS.sub("", _LINK.sub(r"\1", line)).strip() or line.strip()
    return words if len(words) <= _BEGINNING else f"{words[: _BEGINNING - 1]}…"


class Note(models.Model):
    class Visibility(models.TextChoices):
        TEAM = "team", _("the team")
        PRIVATE = "private", _("only me")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=500, blank=True)
    body = models.TextField(_("text"), help_text=_("Markdown"))
    papers = models.ManyToManyField(Paper, blank=True, related_name="notes", verbose_name=_("papers"))
    # An account that has written is closed (made inactive), not deleted: its notes would lose their author.
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="notes",
        verbose_name=_("author"),
    )
    byline = models.CharField(_("written by"), max_length=200, blank=True, help_text=_("For notes from a document."))
    visibility = models.CharField(_("who may read it"), max_length=10, choices=Visibility, default=Visibility.TEAM)
    hard_breaks = models.BooleanField(_("keep single line breaks"), default=False)
    source = models.ForeignKey(
        Source, on_delete=models.SET_NULL, null=True, blank=True, related_name="notes", verbose_name=_("source")
    )
    key = models.CharField(max_length=300, blank=True, editable=False, db_index=True)
    position = models.PositiveIntegerField(_("position in its document"), default=0)
    search_text = models.TextField(editable=False, default="")
    created = models.DateTimeField(_("created"), auto_now_add=True)
    changed = models.DateTimeField(pgettext_lazy("date", "changed"), auto_now=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("changed by"),
    )
    # A note is thrown away first, and gone 30 days later.
    deleted = models.DateTimeField(_("deleted"), null=True, blank=True, editable=False, db_index=True)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("deleted by"),
    )

    history = HistoricalRecords(excluded_fields=["search_text", "changed"], bases=[Version])
    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["-changed", "-id"]
        constraints = [
            # A private note without an author would be readable by nobody and found by nobody.
            models.CheckConstraint(
                condition=~models.Q(visibility="private", author__isnull=True), name="private_note_has_author"
            )
        ]

    def __str__(self) -> str:
        return self.title or _beginning(self.body)

    def derive(self) -> None:
        """Set the fields that follow from the others."""
        self.search_text = fold(f"{self.title}\n{self.body}")

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.derive()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("note_detail", args=[self.pk])
