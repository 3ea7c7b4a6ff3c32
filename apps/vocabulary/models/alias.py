"""Spellings: what documents write, and the entry it means, said by a person or shipped with the app."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.vocabulary.folding import fold
from apps.vocabulary.models.llm import BaseLLM, LLMRole
from apps.vocabulary.models.people import Author, Organisation
from apps.vocabulary.models.topic import Tag
from apps.vocabulary.models.tuning import TuningType
from apps.vocabulary.models.venue import Venue

# The kinds of spellings; each is the name of a column below and of the model that it points to.
MODELS: dict[str, type[models.Model]] = {
    "venue": Venue,
    "llm": BaseLLM,
    "tuning": TuningType,
    "tag": Tag,
    "organisation": Organisation,
    "author": Author,
    "role": LLMRole,
}


def _exactly_the_target_of_the_kind() -> models.Q:
    """One column per kind, and only the one that the kind names is filled."""
    rule = models.Q()
    for kind in MODELS:
        columns = {f"{name}__isnull": name != kind for name in MODELS}
        rule |= models.Q(kind=kind, **columns)
    return rule


def _target(model: type[models.Model]) -> Any:
    return models.ForeignKey(
        model,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="aliases",
        verbose_name=model._meta.verbose_name,
    )


class Alias(models.Model):
    """One spelling of one kind leads to one entry.

    The target is a nullable foreign key per kind, and not an id beside the kind: so the database itself
    keeps every alias pointing at something of its kind, a deleted entry takes its spellings along on every
    path (admin, bulk, cascade), and pages and admin join and complete as with any other key.
    """

    class Kind(models.TextChoices):
        VENUE = "venue", _("venue")
        LLM = "llm", _("base LLM")
        TUNING = "tuning", _("tuning type")
        TAG = "tag", _("tag")
        ORGANISATION = "organisation", _("organisation")
        AUTHOR = "author", _("author")
        ROLE = "role", _("role of the LLM")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    raw = models.CharField(_("spelling"), max_length=300)
    key = models.CharField(max_length=600, editable=False)
    venue = _target(Venue)
    llm = _target(BaseLLM)
    tuning = _target(TuningType)
    tag = _target(Tag)
    organisation = _target(Organisation)
    author = _target(Author)
    role = _target(LLMRole)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("said by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    said_at = models.DateTimeField(_("said"), default=timezone.now)

    class Meta:
        verbose_name = _("spelling")
        verbose_name_plural = _("spellings")
        ordering = ["kind", "raw"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="alias_one_meaning_per_spelling"),
            models.CheckConstraint(condition=~models.Q(key=""), name="alias_key_not_empty"),
            models.CheckConstraint(condition=_exactly_the_target_of_the_kind(), name="alias_target_of_its_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.raw} → {self.target}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = fold(self.raw)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        self.key = fold(self.raw)
        if not self.key:
            raise ValidationError({"raw": _("A spelling needs at least one letter or digit.")})
        # Objects, not ids: on the page of a new entry the target has no id yet.
        if [name for name in MODELS if getattr(self, name) is not None] != [self.kind]:
            raise ValidationError(_("Choose exactly one target, of the spelling's own kind."))
        if Alias.objects.filter(kind=self.kind, key=self.key).exclude(pk=self.pk).exists():
            raise ValidationError({"raw": _("This spelling already has a meaning.")})

    @property
    def target(self) -> models.Model | None:
        """The entry that is meant (select the kind's column where many are shown)."""
        return getattr(self, self.kind, None) if self.kind else None

    @property
    def target_id(self) -> int | None:
        """The id of the entry that is meant, without a query."""
        return getattr(self, f"{self.kind}_id", None) if self.kind else None
