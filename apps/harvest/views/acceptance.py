"""Switches on the review page: which proposals of arXiv are accepted without asking."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from apps.accounts.access import member, needs
from apps.harvest.models import Acceptance
from apps.harvest.switching import switch_acceptance


@needs("harvest.change_acceptance")
@require_POST
def acceptance_switch(request: HttpRequest, kind: str) -> HttpResponse:
    wanted = request.POST.get("accepts")
    if kind not in Acceptance.Kind.values or wanted not in {"0", "1"}:
        raise Http404
    count = switch_acceptance(kind=kind, accepts=wanted == "1", user=member(request))
    messages.success(request, _told(count) if wanted == "1" else _("From now on you are asked about these."))
    return HttpResponseRedirect(f"{reverse('review_index')}?kind=proposal")


def _told(count: int) -> str:
    told = _("From now on these are accepted at once.")
    if not count:
        return told
    done = ngettext(
        "%(count)d proposal that waited was accepted.", "%(count)d proposals that waited were accepted.", count
    )
    return f"{told} {done % {'count': count}}"
