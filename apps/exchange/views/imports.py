"""One import from its preview to its undo, and all imports."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import member, needs
from apps.exchange import services
from apps.exchange.forms import DigestForm
from apps.exchange.messages import sentences
from apps.exchange.models import ImportJob
from apps.exchange.results import result_of, stayed_of
from apps.exchange.showing import STATES, show
from apps.exchange.views.telling import tell
from apps.exchange.views.uploading import MAY_IMPORT

PER_PAGE = 50
PROBLEMS_SHOWN = 200


@needs(MAY_IMPORT)
@require_safe
def import_index(request: HttpRequest) -> HttpResponse:
    page = Paginator(ImportJob.objects.for_list(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "exchange/import_index.html", {"page": page})


@needs(MAY_IMPORT)
@require_safe
@never_cache
def import_detail(request: HttpRequest, import_id: int) -> HttpResponse:
    job = _job(import_id)
    state = request.GET.get("state", "")
    if state and state not in STATES:
        raise Http404
    return render(request, "exchange/import_detail.html", _context(job, state, request.GET.get("page")))


def _context(job: ImportJob, state: str, page: str | None, form: DigestForm | None = None) -> dict[str, Any]:
    context: dict[str, Any] = {"job": job, "problems": sentences(job.problems[:PROBLEMS_SHOWN])}
    context["more_problems"] = max(0, len(job.problems) - PROBLEMS_SHOWN)
    if job.state in {ImportJob.State.PREVIEW, ImportJob.State.APPLIED}:
        context["preview"] = show(job, state=state, page=page)
        context["same_file"] = job.same_file()
    if job.state == ImportJob.State.PREVIEW:
        context["digest_form"] = form or _digest_form(job)
    if job.state == ImportJob.State.APPLIED:
        context["result"] = result_of(job)
    if job.state == ImportJob.State.UNDONE:
        context["stayed"] = stayed_of(job)
    if job.state == ImportJob.State.FAILED:
        context["limit"] = settings.PAPERNOTES_UPLOAD_BYTES
    return context


def _digest_form(job: ImportJob) -> DigestForm | None:
    """Only a new digest can still be told its day and its category."""
    wanted = job.plan.get("list")
    if not wanted or wanted["kind"] != "digest" or wanted["state"] != "new":
        return None
    return DigestForm(initial={"date": wanted["date"], "category": wanted["category"]})


@needs(MAY_IMPORT)
@require_safe
@never_cache
def import_progress(request: HttpRequest, import_id: int) -> HttpResponse:
    """The bar alone, asked for every second; the whole page is due again when the import is no longer on its way."""
    job = _job(import_id)
    if not job.is_working:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "exchange/_progress.html", {"job": job})


@needs(MAY_IMPORT)
@require_POST
def import_decide(request: HttpRequest, import_id: int) -> HttpResponse:
    job = _job(import_id)
    form = DigestForm(request.POST)
    if not form.is_valid() and job.state == ImportJob.State.PREVIEW:
        return render(request, "exchange/import_detail.html", _context(job, "", None, form), status=422)
    tell(request, lambda: services.decide(job=job, decisions=form.decisions), _("The preview was made anew."))
    return redirect(job)


@needs(MAY_IMPORT)
@require_POST
def import_apply(request: HttpRequest, import_id: int) -> HttpResponse:
    job = _job(import_id)
    tell(request, lambda: services.apply_later(job=job, user=member(request)))
    return redirect(job)


@needs(MAY_IMPORT)
@require_POST
def import_dismiss(request: HttpRequest, import_id: int) -> HttpResponse:
    job = _job(import_id)
    tell(request, lambda: services.dismiss(job=job), _("The preview was put away. Nothing was written."))
    return redirect("import_index")


@needs(MAY_IMPORT)
@require_POST
def import_undo(request: HttpRequest, import_id: int) -> HttpResponse:
    job = _job(import_id)
    tell(request, lambda: services.undo(job=job), _("The import was undone."))
    return redirect(job)


@needs(MAY_IMPORT)
@require_POST
def import_reopen(request: HttpRequest, import_id: int) -> HttpResponse:
    """Back to the preview, which is made anew."""
    job = _job(import_id)
    tell(request, lambda: services.reopen(job=job))
    return redirect(job)


@needs(MAY_IMPORT)
@require_POST
def import_cancel(request: HttpRequest, import_id: int) -> HttpResponse:
    job = _job(import_id)
    tell(request, lambda: services.cancel(job=job), _("The import was stopped. Nothing was written."))
    return redirect(job)


@needs(MAY_IMPORT)
@require_POST
def import_retry(request: HttpRequest, import_id: int) -> HttpResponse:
    """Try a failed import again, as it stands."""
    job = _job(import_id)
    tell(request, lambda: services.retry(job=job))
    return redirect(job)


def _job(import_id: int) -> ImportJob:
    return get_object_or_404(ImportJob.objects.select_related("job", "user", "source"), pk=import_id)
