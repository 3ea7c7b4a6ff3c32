"""Who writes papers: authors and the organisations they work for."""

from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.vocabulary.names import NAME_LENGTH, fill_key_and_slug, in_readers_language, refuse_second_spelling
from apps.vocabulary.slugs import SLUG_LENGTH, validate_slug


class Author(models.Model):
    """Known by name alone, as papers give it: two people of one name need names that tell them apart."""

    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    name_zh = models.CharField(_("Chinese name"), max_length=NAME_LENGTH, blank=True)
    key = models.CharField(max_length=2 * NAME_LENGTH, editable=False)
    slug = models.CharField(_("slug"), max_length=SLUG_LENGTH, unique=True, blank=True, validators=[validate_slug])
    orcid = models.CharField(
        "ORCID", max_length=19, blank=True, validators=[RegexValidator(r"^\d{4}-\d{4}-\d{4}-\d{3}[\dX]\Z")]
    )

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["key"], name="author_key_unique"),
            models.CheckConstraint(condition=~models.Q(key=""), name="author_key_not_empty"),
            models.UniqueConstraint(fields=["orcid"], condition=~models.Q(orcid=""), name="author_orcid_unique"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        fill_key_and_slug(self)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        refuse_second_spelling(self)

    def get_absolute_url(self) -> str:
        return reverse("author_detail", args=[self.slug])

    def label(self) -> str:
        """The name in the reader's language."""
        return in_readers_language(self.name, self.name_zh)


class Organisation(models.Model):
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    name_zh = models.CharField(_("Chinese name"), max_length=NAME_LENGTH, blank=True)
    key = models.CharField(max_length=2 * NAME_LENGTH, editable=False)
    slug = models.CharField(_("slug"), max_length=SLUG_LENGTH, unique=True, blank=True, validators=[validate_slug])
    url = models.URLField(_("address"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["key"], name="organisation_key_unique"),
            models.CheckConstraint(condition=~models.Q(key=""), name="organisation_key_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        fill_key_and_slug(self)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        refuse_second_spelling(self)

    def get_absolute_url(self) -> str:
        return reverse("organisation_detail", args=[self.slug])

    def label(self) -> str:
        """The name in the reader's language."""
        return in_readers_language(self.name, self.name_zh)
