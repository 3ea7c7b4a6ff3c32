"""The room's entry in Django's registry."""

from django.apps import AppConfig


class ListsConfig(AppConfig):
    name = "apps.lists"
