"""The room's entry in Django's registry."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "apps.core"
