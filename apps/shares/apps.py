"""The room's entry in Django's registry."""

from django.apps import AppConfig


class SharesConfig(AppConfig):
    name = "apps.shares"
