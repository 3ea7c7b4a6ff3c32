"""How a fetch stands, on the paper's own page, and asking again for one paper or for those of a job that failed."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import member
from apps.harvest import services
from apps.harvest.models import Fetch
from apps.harvest.showing import may_ask, standing_of
from apps.jobs.seeing import seen_by
from apps.papers.models import Paper


@require_safe
@never_cache
def fetch_progress(request: HttpRequest, paper_id: int) -> HttpResponse:
    """The bar alone; once arXiv has answered it has the page fill itself in."""
    standing = standing_of(get_object_or_404(Paper, pk=paper_id), member(request))
    return render(request, "harvest/_fetch_state.html", {"standing": standing, "arrived": not standing.is_going})


@require_POST
def fetch_again(request: HttpRequest, paper_id: int) -> HttpResponse:
    paper = get_object_or_404(Paper, pk=paper_id)
    if not may_ask(request.user, Fetch.objects.select_related("job").filter(paper=paper).first()):
        raise Http404
    _want(request, [paper.pk])
    return redirect(_page_of(request) or paper)


@require_POST
def fetch_failed_again(request: HttpRequest, job_id: int) -> HttpResponse:
    """All papers of a job that failed; the new job is where the person goes on."""
    job = get_object_or_404(seen_by(member(request)), pk=job_id, kind=services.KIND)
    failed = Fetch.objects.of(job).filter(state=Fetch.State.FAILED)
    new = _want(request, failed.values_list("paper_id", flat=True))
    return redirect("job_detail", new or job.pk)


def _want(request: HttpRequest, paper_ids: Iterable[int]) -> int | None:
    job = services.want(list(paper_ids), user=member(request))
    if job is None:
        messages.warning(request, _("Nothing was asked: it is being fetched already, or it has no arXiv id."))
    else:
        messages.success(request, _("arXiv is asked again."))
    return job.pk if job else None


def _page_of(request: HttpRequest) -> str:
    """The page of this site that the form was on."""
    address = request.POST.get("next", "")
    return address if url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure()) else ""
