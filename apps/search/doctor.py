"""What `manage.py doctor` asks of the log of changed papers."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from apps.core.doctor import Finding
from apps.search import triggers


def watching() -> Iterator[Finding]:
    number = len(triggers.amiss(connection))
    advice = _("Run: %(command)s") % {"command": "manage.py migrate"} if number else ""
    yield Finding(gettext_noop("triggers that are missing or differ"), str(number), advice)
