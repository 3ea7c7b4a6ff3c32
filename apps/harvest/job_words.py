"""What the pages of jobs call arXiv's work, which is the team's: who looks after papers sees all of it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from apps.jobs.kinds import Kind

MAY_FETCH = "harvest.change_fetch"
KINDS = (Kind("fetch_arxiv", _("Fetching metadata from arXiv"), MAY_FETCH),)
