"""What papers are about: the team's tags and arXiv's categories."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.vocabulary.names import NAME_LENGTH, fill_key_and_slug, in_readers_language, refuse_second_spelling
from apps.vocabulary.slugs import SLUG_LENGTH, validate_slug


class Tag(models.Model):
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    name_zh = models.CharField(_("Chinese name"), max_length=NAME_LENGTH, blank=True)
    key = models.CharField(max_length=2 * NAME_LENGTH, editable=False)
    slug = models.CharField(_("slug"), max_length=SLUG_LENGTH, unique=True, blank=True, validators=[validate_slug])

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["key"], name="tag_key_unique"),
            models.CheckConstraint(condition=~models.Q(key=""), name="tag_key_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        fill_key_and_slug(self)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        refuse_second_spelling(self)

    def get_absolute_url(self) -> str:
        return reverse("tag_detail", args=[self.slug])

    def label(self) -> str:
        """The name in the reader's language."""
        return in_readers_language(self.name, self.name_zh)


class ArxivCategory(models.Model):
    """arXiv's own name (cs.IR) is name and slug at once."""

    name = models.CharField(_("name"), max_length=40, unique=True)
    slug = models.CharField(max_length=40, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=200, blank=True)
    title_zh = models.CharField(_("Chinese title"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("arXiv category")
        verbose_name_plural = _("arXiv categories")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=models.Q(slug=models.F("name")), name="arxivcategory_slug_is_name"),
            models.CheckConstraint(condition=~models.Q(name=""), name="arxivcategory_name_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.slug = self.name
        super().save(*args, **kwargs)

    def label(self) -> str:
        """arXiv's name with the title in the reader's language behind it."""
        title = in_readers_language(self.title, self.title_zh)
        return f"{self.name} {title}" if title else self.name
