"""The vocabulary room: venues, base LLMs, tuning types, tags, organisations, authors and their spellings."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VocabularyConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "apps.vocabulary"
    verbose_name = _("Vocabulary")
