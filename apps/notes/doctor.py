"""What `manage.py doctor` asks of the notes."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from apps.core.doctor import Finding
from apps.notes.rendering import stale


def renderings() -> Iterator[Finding]:
    number = sum(1 for _pk in stale())
    advice = _("Run: %(command)s") % {"command": "manage.py render_notes"} if number else ""
    yield Finding(gettext_noop("notes to render again"), str(number), advice)
