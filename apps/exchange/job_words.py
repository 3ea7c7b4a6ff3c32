"""What the pages of jobs say of imports; an import is stopped and tried again on its own page."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from apps.core.models import Job
from apps.exchange.models import ImportJob
from apps.jobs.kinds import Kind


def page_of(job: Job) -> str:
    found = ImportJob.objects.filter(job=job).only("pk").first()
    return found.get_absolute_url() if found else ""


KINDS = (Kind("import", _("Import"), page=page_of),)
