"""The page of jobs, one job, and what a person may do about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import member
from apps.core import jobs
from apps.core.models import Job
from apps.jobs.kinds import kind_of
from apps.jobs.seeing import seen_by
from apps.jobs.showing import Shown, chips, look_again

PER_PAGE = 50


@require_safe
@never_cache
def job_index(request: HttpRequest) -> HttpResponse:
    state = request.GET.get("state", "")
    if state and state not in Job.State.values:
        raise Http404
    mine = seen_by(member(request))
    page = Paginator(mine.filter(state=state) if state else mine, PER_PAGE).get_page(request.GET.get("page"))
    lines = [Shown.of(job) for job in page]
    context = {"page": page, "lines": lines, "state": state, "chips": chips(mine, state)}
    return _part_or_page(request, "jobs/_jobs.html", "jobs/job_index.html", context | {"again": look_again(lines)})


@require_safe
@never_cache
def job_detail(request: HttpRequest, job_id: int) -> HttpResponse:
    shown = Shown.of(_job(request, job_id))
    context = {"shown": shown, "job": shown.job, "again": look_again([shown])}
    return _part_or_page(request, "jobs/_job.html", "jobs/job_detail.html", context)


def _part_or_page(request: HttpRequest, part: str, page: str, context: Mapping[str, object]) -> HttpResponse:
    """A page that looks again asks for its moving part alone: its frame would use up messages that nobody reads there."""
    return render(request, part if request.htmx else page, dict(context))  # type: ignore[attr-defined]


@require_POST
def job_cancel(request: HttpRequest, job_id: int) -> HttpResponse:
    return _steer(request, job_id, jobs.cancel, _("Cancelled. What was done until then stays."))


@require_POST
def job_again(request: HttpRequest, job_id: int) -> HttpResponse:
    return _steer(request, job_id, jobs.restart, _("It is queued again."))


def _steer(request: HttpRequest, job_id: int, verb: Callable[[Job], bool], done: str) -> HttpResponse:
    """Whoever comes too late is told so. Jobs with a page of their own are steered there."""
    job = _job(request, job_id)
    if kind_of(job).page is not None:
        raise Http404
    if verb(job):
        messages.success(request, done)
    else:
        messages.warning(request, _("Nothing was done: this job has moved on, perhaps by a second click."))
    address = request.POST.get("next", "")
    here = url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure())
    return redirect(address if here else "job_detail", *([] if here else [job_id]))


def _job(request: HttpRequest, job_id: int) -> Job:
    return get_object_or_404(seen_by(member(request)), pk=job_id)
