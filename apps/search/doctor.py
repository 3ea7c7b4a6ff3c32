"""What `manage.py doctor` asks of the log of changed papers, and of the index that follows it."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from apps.core.doctor import Finding
from apps.search import triggers
from apps.search.index.live import NotReady, index


def index_state() -> Iterator[Finding]:
    """How far the index of this data folder is."""
    try:
        with index().reading() as view:
            behind, papers = index().behind, len(view.columns.all)
    except NotReady:
        advice = _("Run: %(command)s") % {"command": "manage.py reindex"}
        yield Finding(gettext_noop("search index"), _("there is none that could answer"), advice)
        return
    says = _("%(papers)s papers, %(behind)s changes behind") % {"papers": papers, "behind": behind}
    advice = _("Wait a minute for the worker, or run: %(command)s") % {"command": "manage.py reindex"} if behind else ""
    yield Finding(gettext_noop("search index"), says, advice)


def watching() -> Iterator[Finding]:
    number = len(triggers.amiss(connection))
    advice = _("Run: %(command)s") % {"command": "manage.py migrate"} if number else ""
    yield Finding(gettext_noop("triggers that are missing or differ"), str(number), advice)
