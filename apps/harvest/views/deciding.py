"""What becomes of a paper in the inbox: kept, dismissed, or undecided again; one by one, or all that are left."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from apps.accounts.access import member, needs
from apps.harvest import deciding, tagging
from apps.harvest.filters import FindingFilter
from apps.harvest.inbox import Entry, counts_of, entry_of, papers_of_day
from apps.harvest.models import Finding
from apps.harvest.views.inbox import MAY_DECIDE

State = Finding.State


@needs(MAY_DECIDE)
@require_POST
def finding_decide(request: HttpRequest, finding_id: int) -> HttpResponse:
    """`action` is keep (perhaps with `tags`), dismiss or undo."""
    finding = get_object_or_404(Finding, pk=finding_id)
    try:
        said, went_well = _decide(request, finding), True
    except deciding.TooLate:
        entry = entry_of(finding_id, 0)
        said, went_well = _who_was_first(request, entry), _wanted(request) == entry.finding.state
    return _answer(request, entry_of(finding_id, _int(request, "number")), said, went_well)


def _decide(request: HttpRequest, finding: Finding) -> str:
    action, user, title = _action(request), member(request), {"title": finding.title}
    if action == "keep":
        paper = deciding.keep(finding=finding, user=user, tags=tagging.parse(request.POST.get("tags", "")))
        return _("Kept: %(title)s") % {"title": paper.title}
    if action == "dismiss":
        deciding.dismiss(finding=finding, user=user)
        return _("Dismissed: %(title)s") % title
    if deciding.undo(finding=finding):
        return _("Undecided again: %(title)s. The paper stays, as it was here before or is used by now.") % title
    return _("Undecided again: %(title)s") % title


def _action(request: HttpRequest) -> str:
    action = request.POST.get("action", "")
    if action not in {"keep", "dismiss", "undo"}:
        raise Http404
    return action


def _wanted(request: HttpRequest) -> str:
    return {"keep": State.KEPT, "dismiss": State.DISMISSED, "undo": State.OPEN}[_action(request)]


def _who_was_first(request: HttpRequest, entry: Entry) -> str:
    finding = entry.finding
    who = {"name": finding.decided_by or "?"}
    if finding.state == State.OPEN:
        return _("Nothing was done: this decision was taken back a moment before.")
    if finding.decided_by == request.user:
        return _("You decided this a moment before.")
    if finding.state == State.KEPT:
        return _("Nothing was done: %(name)s kept it a moment before.") % who
    return _("Nothing was done: %(name)s dismissed it a moment before.") % who


def _answer(request: HttpRequest, entry: Entry, said: str, went_well: bool) -> HttpResponse:
    finding = entry.finding
    if request.htmx:  # type: ignore[attr-defined]
        counts = counts_of(finding.category, finding.day)
        context = {"entry": entry, "counts": counts, "said": said, "may_decide": True}
        context["warning"] = "" if went_well else said
        return render(request, "harvest/_decided.html", context | {"back": request.POST.get("back", "")})
    (messages.success if went_well else messages.warning)(request, said)
    return redirect(f"{_day(request, finding.category, finding.day, last=finding.pk)}#f{finding.pk}")


@needs(MAY_DECIDE)
@require_POST
def inbox_rest(request: HttpRequest, category: str, day: date) -> HttpResponse:
    """Those that the page asked for, up to the last one that there was when it was made."""
    asked = FindingFilter(_kept(request, "query", "state"), Finding.objects.of(category, day))
    found = papers_of_day(category, day, asked, None).filter(pk__lte=_int(request, "until"))
    number = deciding.dismiss_rest(findings=found.values_list("pk", flat=True), user=member(request))
    said = ngettext("%(n)s paper was dismissed.", "%(n)s papers were dismissed.", number)
    messages.success(request, said % {"n": number})
    return redirect(_day(request, category, day))


@needs(MAY_DECIDE)
@require_POST
def inbox_rest_undo(request: HttpRequest, category: str, day: date) -> HttpResponse:
    at = parse_datetime(request.POST.get("at", ""))
    number = deciding.undo_rest(category=category, day=day, user=member(request), at=at) if at else 0
    said = ngettext("%(n)s paper is undecided again.", "%(n)s papers are undecided again.", number)
    (messages.success if number else messages.warning)(request, said % {"n": number})
    return redirect(_day(request, category, day))


def _day(request: HttpRequest, category: str, day: date, **more: object) -> str:
    """The page that the person came from."""
    query = _kept(request, "query", "state", "page")
    for name, value in more.items():
        query[name] = str(value)
    address = reverse("inbox_day", args=[category, day])
    return f"{address}?{query.urlencode()}" if query else address


def _kept(request: HttpRequest, *names: str) -> QueryDict:
    """What `back` says of these parameters, once each."""
    said, kept = QueryDict(request.POST.get("back", "")), QueryDict(mutable=True)
    for name in names:
        if name in said:
            kept[name] = said[name]
    return kept


def _int(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0
