"""Files and pasted text come in; several at once make a batch."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.access import member, needs
from apps.accounts.roles import is_administrator
from apps.exchange import services
from apps.exchange.forms import ImportForm
from apps.exchange.messages import sentences
from apps.exchange.models import ImportJob
from apps.exchange.views.telling import tell

MAY_IMPORT = "exchange.add_importjob"


@needs(MAY_IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def import_new(request: HttpRequest) -> HttpResponse:
    posted = request.method == "POST"
    form = ImportForm(request.POST, {"files": request.FILES.getlist("files")}) if posted else ImportForm()
    if posted and form.is_valid():
        door = services.Door(settings.PAPERNOTES_UPLOAD_BYTES, library=is_administrator(request.user))
        jobs = services.take_in(
            files=form.uploads(), user=member(request), format=form.cleaned_data["format"], door=door
        )
        if not form.is_pasted_only or jobs[0].state != ImportJob.State.FAILED:
            return redirect(jobs[0]) if len(jobs) == 1 else redirect("import_batch", jobs[0].batch)
        # What was pasted stands in the form again; nothing else needs to remember it.
        form.add_error("text", [problem["message"] for problem in sentences(jobs[0].problems)])
        jobs[0].delete()
    return render(request, "exchange/import_new.html", {"form": form}, status=422 if posted else 200)


@needs(MAY_IMPORT)
@require_safe
@never_cache  # the part that asks again has the page's own address: Back must not show the part
def import_batch(request: HttpRequest, batch: str) -> HttpResponse:
    jobs = list(ImportJob.objects.in_batch(batch))
    if not jobs:
        raise Http404
    context = {
        "jobs": jobs,
        "batch": batch,
        "ready": sum(job.state == ImportJob.State.PREVIEW for job in jobs),
        "working": any(job.is_working for job in jobs),
    }
    template = "exchange/_batch.html" if request.htmx else "exchange/import_batch.html"  # type: ignore[attr-defined]
    return render(request, template, context)


@needs(MAY_IMPORT)
@require_POST
def import_batch_apply(request: HttpRequest, batch: str) -> HttpResponse:
    """Apply whatever waits; what is not ready, or was applied meanwhile, is left as it is."""
    jobs = ImportJob.objects.in_batch(batch)
    if not jobs:
        raise Http404
    user = member(request)
    for job in jobs:
        if job.state == ImportJob.State.PREVIEW:
            tell(request, lambda job=job: services.apply_later(job=job, user=user))  # type: ignore[misc]
    return redirect("import_batch", batch)
