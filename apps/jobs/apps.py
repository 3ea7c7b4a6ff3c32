"""The room's entry in Django's registry."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "apps.jobs"
