"""What waits for a person's decision, and what was decided, with a way back."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import member, needs
from apps.papers import reviews
from apps.papers.answers import answer
from apps.papers.models import Review, Statement
from apps.papers.questions import KINDS, decided, questions, waiting

MAY_DECIDE = "papers.change_paper"
PER_PAGE = 20


@needs(MAY_DECIDE)
@require_safe
@never_cache
def review_index(request: HttpRequest) -> HttpResponse:
    kind, is_decided = request.GET.get("kind", ""), request.GET.get("state") == "decided"
    if kind and kind not in KINDS:
        raise Http404
    return render(request, "papers/review_index.html", _context(kind, is_decided, request.GET.get("page")))


def _context(kind: str, is_decided: bool, number: str | None) -> dict[str, object]:
    found = decided() if is_decided else waiting()
    found = found.filter(kind=kind) if kind else found
    related = found.select_related("paper", "other", "source", "decided_by", "paper__venue", "other__venue")
    page = Paginator(related.prefetch_related("paper__names", "other__names"), PER_PAGE).get_page(number)
    counts = dict(waiting().order_by().values_list("kind").annotate(Count("pk")))
    asked = questions(page.object_list)
    return {
        "page": page,
        "questions": asked,
        "papers": [paper for question in asked for paper in question.papers],
        "kind": kind,
        "is_decided": is_decided,
        "kinds": [(name, label, counts.get(name, 0)) for name, label in KINDS.items()],
        "total": sum(counts.values()),
        "decided_count": decided().count(),
    }


@needs(MAY_DECIDE)
@require_POST
def review_decide(request: HttpRequest, review_id: int) -> HttpResponse:
    """`take` is a statement that is right; `action` is merge (`kept`), reject, type (`value`) or a ready answer."""
    review = Review.objects.select_related("paper").filter(pk=review_id).first()
    if review is None:  # a question that resolved itself is deleted
        return _too_late(request)
    try:
        _decide(request, review)
    except reviews.AlreadyDecided:
        return _too_late(request)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return _back(request, review)
    messages.success(request, _("Decided. You find it under “Decided”, where it can be undone."))
    if request.POST.get("from") == "paper" and review.paper:
        return redirect(review.paper)
    return _back(request)


def _decide(request: HttpRequest, review: Review) -> None:
    action, user = request.POST.get("action", ""), member(request)
    if action == "reject":
        reviews.reject(review=review, user=user)
    elif action == "merge":
        reviews.accept_merge(review=review, kept_id=_number(request, "kept"), user=user)
    elif "take" in request.POST:
        words = Statement.objects.filter(paper=review.paper, field=review.field)
        statement = words.filter(pk=_number(request, "take")).first()
        if statement is None:
            raise ValidationError(_("This word is not there any more."))
        reviews.settle(review=review, values={statement.field: statement.raw}, user=user)
    else:
        reviews.settle(review=review, values=answer(review, action, request.POST.get("value", "")), user=user)


def _number(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 19 else 0


@needs(MAY_DECIDE)
@require_POST
def review_undo(request: HttpRequest, review_id: int) -> HttpResponse:
    review = Review.objects.filter(pk=review_id).first()
    try:
        if review is None:
            raise reviews.AlreadyDecided
        reviews.reopen(review=review)
    except reviews.AlreadyDecided:
        return _too_late(request)
    except reviews.CannotReopen:
        messages.error(
            request,
            _("This cannot be undone now: something was said or merged since. Undo that first, or edit the paper."),
        )
        return _back(request)
    messages.success(request, _("The decision was taken back."))
    return _back(request)


@needs(MAY_DECIDE)
@require_POST
def take_statement(request: HttpRequest, paper_id: int, statement_id: int) -> HttpResponse:
    """On a paper's page: this source is right."""
    statement = get_object_or_404(Statement.objects.select_related("paper"), pk=statement_id, paper=paper_id)
    reviews.take_statement(statement=statement, user=member(request))
    messages.success(request, _("Taken: your word stands now over that of the sources."))
    return redirect(statement.paper)


def _too_late(request: HttpRequest) -> HttpResponse:
    messages.warning(
        request, _("Nothing was done: this was decided a moment before, by somebody else or by a second click.")
    )
    return _back(request)


def _back(request: HttpRequest, review: Review | None = None) -> HttpResponseRedirect:
    """To the list that the person came from, at the question where one is still open."""
    kept = {name: value for name in ("kind", "state", "page") if (value := request.POST.get(f"back_{name}", ""))}
    address = reverse("review_index") + (f"?{urlencode(kept)}" if kept else "")
    return HttpResponseRedirect(f"{address}#review-{review.pk}" if review else address)
