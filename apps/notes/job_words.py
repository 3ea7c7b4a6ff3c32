"""What the pages of jobs call the work on notes. They say nothing of whose notes these are."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from apps.jobs.kinds import Kind

KINDS = (
    Kind("render_notes", _("Setting notes anew")),
    Kind("fetch_pictures", _("Fetching the pictures of notes")),
)
