"""Base LLMs with their families and sizes, and what an LLM does in a method."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.vocabulary.names import NAME_LENGTH, fill_key_and_slug, in_readers_language, refuse_second_spelling
from apps.vocabulary.slugs import SLUG_LENGTH, validate_slug
from apps.vocabulary.trees import refuse_cycle


class BaseLLM(models.Model):
    """A family, a model or one size of a model: "LLaMA 7B" stands below "LLaMA" and has the size 7B."""

    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    key = models.CharField(max_length=2 * NAME_LENGTH, editable=False)
    slug = models.CharField(_("slug"), max_length=SLUG_LENGTH, unique=True, blank=True, validators=[validate_slug])
    parent = models.ForeignKey(
        "self",
        verbose_name=_("family"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
    )
    developer = models.CharField(_("developer"), max_length=120, blank=True)
    size = models.CharField(
        _("size"), max_length=40, blank=True, help_text=_("7B, 8x7B, large; only for one size of a model.")
    )
    released = models.CharField(
        _("released"),
        max_length=10,
        blank=True,
        validators=[
            RegexValidator(r"^\d{4}(-\d{2}(-\d{2})?)?\Z", _("A year, a month or a day: 2023, 2023-02 or 2023-02-24."))
        ],
    )

    class Meta:
        verbose_name = _("base LLM")
        verbose_name_plural = _("base LLMs")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["key"], name="basellm_key_unique"),
            models.CheckConstraint(condition=~models.Q(key=""), name="basellm_key_not_empty"),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
                name="basellm_not_its_own_parent",
            ),
            models.UniqueConstraint(
                fields=["parent", "size"], condition=~models.Q(size=""), name="basellm_one_entry_per_size"
            ),
            models.CheckConstraint(
                condition=models.Q(size="") | models.Q(parent__isnull=False), name="basellm_size_has_a_model"
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
        if self.size and self.parent_id is None:
            raise ValidationError({"parent": _("A size belongs to a model: choose it as the family.")})

    def get_absolute_url(self) -> str:
        return reverse("llm_detail", args=[self.slug])

    def label(self) -> str:
        """The name in the reader's language."""
        return self.name

    def model_name(self) -> str:
        """The name without the size; reads the parent, so select it where many are shown."""
        return self.parent.name if self.size and self.parent is not None else self.name


class LLMRole(models.Model):
    """What the LLM is in a method: the recommender itself, a feature extractor, a controller ..."""

    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    name_zh = models.CharField(_("Chinese name"), max_length=NAME_LENGTH, blank=True)
    key = models.CharField(max_length=2 * NAME_LENGTH, editable=False)
    slug = models.CharField(_("slug"), max_length=SLUG_LENGTH, unique=True, blank=True, validators=[validate_slug])

    class Meta:
        verbose_name = _("role of the LLM")
        verbose_name_plural = _("roles of the LLM")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["key"], name="llmrole_key_unique"),
            models.CheckConstraint(condition=~models.Q(key=""), name="llmrole_key_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        fill_key_and_slug(self)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        refuse_second_spelling(self)

    def label(self) -> str:
        """The name in the reader's language."""
        return in_readers_language(self.name, self.name_zh)
