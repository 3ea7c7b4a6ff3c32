"""The room's entry in Django's registry."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "apps.exchange"
