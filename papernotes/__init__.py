"""The roof: settings, addresses, Celery and WSGI; wiring only, nothing below imports it."""

from papernotes.celery import app as celery_app

__all__ = ["celery_app"]
