"""What the team lets arXiv say without asking a person each time."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Acceptance(models.Model):
    """One row a kind of proposal; without one a person is asked."""

    class Kind(models.TextChoices):
        JOURNAL_REF = "journal-ref", _("journal reference")
        COMMENT = "comment", _("comment")
        DOI = "doi", _("DOI")

    kind = models.CharField(_("where it stands"), max_length=12, choices=Kind, unique=True)
    accepts = models.BooleanField(_("accept without asking"), default=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("acceptance of proposals")
        verbose_name_plural = _("acceptance of proposals")
        ordering = ["kind"]

    def __str__(self) -> str:
        return self.get_kind_display()
