"""What the pages of jobs call arXiv's work, which is the team's: who looks after papers sees all of it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from apps.jobs.kinds import Kind

MAY_FETCH = "harvest.change_fetch"
KINDS = (
    Kind("fetch_arxiv", _("Fetching metadata from arXiv"), MAY_FETCH),
    Kind("watch_arxiv", _("Asking arXiv what changed"), MAY_FETCH),
    Kind("find_arxiv", _("Looking at what arXiv announced"), MAY_FETCH),
    Kind("check_links", _("Looking whether code links still answer"), MAY_FETCH),
    Kind("summarise", _("Chinese texts by a machine"), MAY_FETCH),
)
