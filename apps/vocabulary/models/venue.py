"""Where papers appear: conferences, journals, workshops, preprint servers and publishers."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.vocabulary.names import NAME_LENGTH, fill_key_and_slug, in_readers_language, refuse_second_spelling
from apps.vocabulary.slugs import SLUG_LENGTH, validate_slug
from apps.vocabulary.trees import refuse_cycle


class Venue(models.Model):
    """A workshop has its host as parent and is never counted as its host; a publisher is a venue kind of its own."""

    class Kind(models.TextChoices):
        CONFERENCE = "conference", _("conference")
        JOURNAL = "journal", _("journal")
        WORKSHOP = "workshop", _("workshop")
        PREPRINT = "preprint", _("preprint server")
        PUBLISHER = "publisher", _("publisher")

    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    name_zh = models.CharField(_("Chinese name"), max_length=NAME_LENGTH, blank=True)
    key = models.CharField(max_length=2 * NAME_LENGTH, editable=False)
    slug = models.CharField(_("slug"), max_length=SLUG_LENGTH, unique=True, blank=True, validators=[validate_slug])
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.CONFERENCE)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("host"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
    )
    full_name = models.CharField(_("full name"), max_length=300, blank=True)
    url = models.URLField(_("address"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["key"], name="venue_key_unique"),
            models.CheckConstraint(condition=~models.Q(key=""), name="venue_key_not_empty"),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
                name="venue_not_its_own_parent",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=["conference", "journal", "workshop", "preprint", "publisher"]),
                name="venue_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        fill_key_and_slug(self)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        refuse_second_spelling(self)
        refuse_cycle(self)

    def get_absolute_url(self) -> str:
        return reverse("venue_detail", args=[self.slug])

    def label(self) -> str:
        """The name in the reader's language."""
        return in_readers_language(self.name, self.name_zh)
