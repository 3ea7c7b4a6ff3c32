"""Spellings that wait to be mapped: one click maps, a second one takes it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import member, needs
from apps.exchange import mapping
from apps.exchange.forms import MapForm, SpellingForm
from apps.exchange.labels import UNMAPPED
from apps.exchange.models import IgnoredSpelling, ImportJob
from apps.exchange.services import NotNow, plan_again
from apps.exchange.unmapped import KINDS, Spelling, unmapped, with_details
from apps.vocabulary.models import MODELS, Alias
from apps.vocabulary.resolve import Resolver

MAY_MAP = "vocabulary.add_alias"
PER_PAGE = 25
DECIDED_SHOWN = 50


@needs(MAY_MAP)
@require_safe
def map_index(request: HttpRequest) -> HttpResponse:
    """All kinds or one; `raw` is a spelling of a document that is not applied yet."""
    kind = request.GET.get("kind", "")
    if kind and kind not in KINDS:
        raise Http404
    return render(request, "exchange/map_index.html", _context(request, kind))


def _context(request: HttpRequest, kind: str, form: MapForm | None = None) -> dict[str, Any]:
    resolver = Resolver.load()
    spellings = unmapped(resolver)
    chosen = [spelling for spelling in spellings if not kind or spelling.kind == kind]
    if wanted := _wanted(request, kind, resolver):
        chosen = [wanted, *(s for s in chosen if (s.kind, s.key) != (wanted.kind, wanted.key))]
    page = Paginator(chosen, PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = with_details(list(page.object_list))
    return {
        "page": page,
        "kind": kind,
        "kinds": [(name, UNMAPPED[name], sum(s.kind == name for s in spellings)) for name in KINDS],
        "choices": _choices({spelling.kind for spelling in page.object_list}),
        "job": request.GET.get("import", "") if request.GET.get("import", "").isdecimal() else "",
        "decided": Alias.objects.filter(said_by__isnull=False, kind__in=KINDS)
        .select_related("said_by", *KINDS)
        .order_by("-said_at")[:DECIDED_SHOWN],
        "ignored": IgnoredSpelling.objects.select_related("said_by")[:DECIDED_SHOWN],
        "form": form,
    }


def _wanted(request: HttpRequest, kind: str, resolver: Resolver) -> Spelling | None:
    form = SpellingForm({"kind": kind, "raw": request.GET.get("raw", "")})
    if not form.is_valid() or mapping.meaning_of(resolver, kind, form.cleaned_data["raw"]):
        return None
    spelling = Spelling(kind, form.cleaned_data["raw"])
    known = [s for s in unmapped(resolver, [kind]) if s.key == spelling.key]
    return known[0] if known else spelling


def _choices(kinds: set[str]) -> list[tuple[str, list[str]]]:
    """Every name of the kinds that the page shows, for the browser to complete."""
    return [(kind, [str(entry) for entry in MODELS[kind]._default_manager.order_by("name")]) for kind in sorted(kinds)]


@needs(MAY_MAP)
@require_POST
def map_choose(request: HttpRequest) -> HttpResponse:
    form = MapForm(request.POST)
    if not form.is_valid():
        return _refused(request, form)
    data = form.cleaned_data
    try:
        if data["target"]:
            count = mapping.map_to(kind=data["kind"], raw=data["raw"], target=data["target"], user=member(request))
        else:
            count = mapping.map_to_new(
                kind=data["kind"], raw=data["raw"], name=data["name"], user=member(request), fields=form.fields_of_new
            )
    except ValidationError as error:
        form.add_error(None, error.messages)
        return _refused(request, form)
    except mapping.MappedAlready:
        messages.warning(
            request,
            _("“%(raw)s” has a meaning by now, given a moment before by somebody else or a second click.") % data,
        )
        return _back(request)
    changed = ngettext("%(count)s place was changed.", "%(count)s places were changed.", count) % {"count": count}
    meaning = _("“%(raw)s” means %(name)s from now on.") % {"raw": data["raw"], "name": data["target"] or data["name"]}
    messages.success(request, f"{meaning} {changed}")
    return _back(request)


def _refused(request: HttpRequest, form: MapForm) -> HttpResponse:
    kind = form.data.get("kind", "")
    return render(
        request, "exchange/map_index.html", _context(request, kind if kind in KINDS else "", form), status=422
    )


@needs(MAY_MAP)
@require_POST
def map_ignore(request: HttpRequest) -> HttpResponse:
    form = SpellingForm(request.POST)
    if not form.is_valid():
        raise Http404
    mapping.ignore(kind=form.cleaned_data["kind"], raw=form.cleaned_data["raw"], user=member(request))
    messages.success(request, _("“%(raw)s” is no name; nobody will be asked about it again.") % form.cleaned_data)
    return _back(request)


@needs(MAY_MAP)
@require_POST
def map_undo(request: HttpRequest) -> HttpResponse:
    form = SpellingForm(request.POST)
    if not form.is_valid():
        raise Http404
    if mapping.take_back(kind=form.cleaned_data["kind"], key=form.key):
        messages.success(request, _("“%(raw)s” waits to be mapped again.") % form.cleaned_data)
    else:
        messages.warning(request, _("There was nothing to take back any more."))
    return _back(request)


def _back(request: HttpRequest) -> HttpResponseRedirect:
    """To the preview that the person came from, made anew; else to the same list."""
    number = request.POST.get("import", "")
    job = ImportJob.objects.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 19 else None
    if job:
        try:
            plan_again(job=job, states=[ImportJob.State.PREVIEW])
        except NotNow:
            messages.info(request, _("The import has moved on meanwhile."))
        return redirect(job)
    kind = request.POST.get("back", "")
    return redirect(f"{redirect('map_index').url}{f'?kind={kind}' if kind in KINDS else ''}")
