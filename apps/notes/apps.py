"""The room's entry in Django's registry."""

from django.apps import AppConfig


class NotesConfig(AppConfig):
    name = "apps.notes"
