"""Saved arXiv queries: made, edited, paused, deleted, and looked at now."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.access import member, needs
from apps.harvest import categories, looking
from apps.harvest.forms import QueryForm
from apps.harvest.models import ArxivQuery
from apps.harvest.views.inbox import MAY_DECIDE


@needs(MAY_DECIDE)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def query_new(request: HttpRequest) -> HttpResponse:
    return _form(request, ArxivQuery(made_by=member(request), category=request.GET.get("category", "")[:40]))


@needs(MAY_DECIDE)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def query_edit(request: HttpRequest, query_id: int) -> HttpResponse:
    return _form(request, get_object_or_404(ArxivQuery, pk=query_id))


def _form(request: HttpRequest, query: ArxivQuery) -> HttpResponse:
    form = QueryForm(request.POST if request.method == "POST" else None, instance=query)
    if request.method == "POST" and form.is_valid():
        _save(request, form)
        return redirect("inbox")
    return render(request, "harvest/query_form.html", {"form": form, "query": query, "categories": categories.KNOWN})


@transaction.atomic
def _save(request: HttpRequest, form: QueryForm) -> None:
    """Whoever asks for something new wants to see what it finds today."""
    query, is_other = form.save(commit=False), form.asks_for_something_else or form.instance.pk is None
    if is_other:
        query.forget()
    query.save()
    if is_other and query.active:
        looking.look_now(category=query.category, user=member(request))
        messages.success(request, _("Saved. What arXiv announced last is being looked through."))
    else:
        messages.success(request, _("Saved."))


@needs(MAY_DECIDE)
@require_POST
def query_delete(request: HttpRequest, query_id: int) -> HttpResponse:
    get_object_or_404(ArxivQuery, pk=query_id).delete()
    messages.success(request, _("The query was deleted. What it found stays in the inbox."))
    return redirect("inbox")


@needs(MAY_DECIDE)
@require_POST
def query_pause(request: HttpRequest, query_id: int) -> HttpResponse:
    """`active` says what it shall be, so that a second click changes nothing back."""
    query, active = get_object_or_404(ArxivQuery, pk=query_id), request.POST.get("active") == "1"
    ArxivQuery.objects.filter(pk=query.pk).update(active=active)
    words = _("“%(name)s” looks every day again.") if active else _("“%(name)s” is paused.")
    messages.success(request, words % {"name": query.name})
    return redirect("inbox")


@needs(MAY_DECIDE)
@require_POST
def query_look(request: HttpRequest, query_id: int) -> HttpResponse:
    query = get_object_or_404(ArxivQuery, pk=query_id, active=True)
    looking.look_now(category=query.category, user=member(request))
    messages.success(request, _("arXiv's announcements in %(category)s are looked at.") % {"category": query.category})
    return redirect("inbox")
