"""The room's entry in Django's registry."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HarvestConfig(AppConfig):
    name = "apps.harvest"
    verbose_name = _("arXiv")
