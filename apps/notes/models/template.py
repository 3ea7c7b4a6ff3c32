"""A text to begin a note with: the reading template, and the team's own."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class NoteTemplate(models.Model):
    name = models.CharField(_("name"), max_length=100)
    name_zh = models.CharField(_("Chinese name"), max_length=100, blank=True)
    body = models.TextField(_("text"), help_text=_("Markdown"))
    body_zh = models.TextField(_("Chinese text"), blank=True, help_text=_("Markdown; empty: the same as the text."))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("note template")
        verbose_name_plural = _("note templates")
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return (self.name_zh if _is_chinese() else "") or self.name

    @property
    def text(self) -> str:
        return (self.body_zh if _is_chinese() else "") or self.body


def _is_chinese() -> bool:
    return (get_language() or "").startswith("zh")
