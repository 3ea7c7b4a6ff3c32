"""What `manage.py doctor` says of Chinese summaries."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from apps.core.doctor import Finding
from apps.harvest.summaries import budget, gateway

ABOUT = gettext_noop("Chinese summaries")


def summaries() -> Iterator[Finding]:
    whom = gateway.machine()
    if whom is None:
        yield Finding(ABOUT, _("off"))
        return
    most = settings.PAPERNOTES_SUMMARY_BUDGET
    today = _("%(asked)s of %(most)s papers today") % {"asked": most - budget.left(budget.today()), "most": most}
    is_open = whom.key and whom.ways.address.startswith("http:") and not gateway.is_here(whom.ways.address)
    advice = _("Everybody on the way can read the key. Set PAPERNOTES_SUMMARY_URL to an https address.")
    yield Finding(ABOUT, f"{whom.model}: {today}", advice if is_open else "")
