"""The tuning tree: what is done to the LLM, from nothing at all to training it whole."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.vocabulary.names import NAME_LENGTH, fill_key_and_slug, in_readers_language, refuse_second_spelling
from apps.vocabulary.slugs import SLUG_LENGTH, validate_slug
from apps.vocabulary.trees import refuse_cycle


class TuningType(models.Model):
    """One branch or leaf; the two roots are `no-tuning` and `tuning`."""

    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    name_zh = models.CharField(_("Chinese name"), max_length=NAME_LENGTH, blank=True)
    key = models.CharField(max_length=2 * NAME_LENGTH, editable=False)
    slug = models.CharField(_("slug"), max_length=SLUG_LENGTH, unique=True, blank=True, validators=[validate_slug])
    parent = models.ForeignKey(
        "self",
        verbose_name=_("branch"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("tuning type")
        verbose_name_plural = _("tuning types")
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(fields=["key"], name="tuningtype_key_unique"),
            models.CheckConstraint(condition=~models.Q(key=""), name="tuningtype_key_not_empty"),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
                name="tuningtype_not_its_own_parent",
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
        return reverse("tuning_detail", args=[self.slug])

    def label(self) -> str:
        """The name in the reader's language."""
        return in_readers_language(self.name, self.name_zh)
