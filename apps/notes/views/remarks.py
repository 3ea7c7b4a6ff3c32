"""A remark of one line: a page of its own, or a part of the page where one reads (for static/js/remark.js)."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.access import member, needs
from apps.notes import saving
from apps.notes.models import Note
from apps.notes.remarks import RemarkForm, take_back, write_remark
from apps.papers.finding import kept_of
from apps.papers.models import Paper


@needs("notes.add_note")
@require_http_methods(["GET", "HEAD", "POST"])
def note_remark(request: HttpRequest, paper_id: int) -> HttpResponse:
    paper = Paper.objects.filter(pk=paper_id).first() or kept_of(paper_id)
    if paper is None:
        raise Http404
    if request.method == "POST":
        return _written(request, paper)
    kept = request.GET.get("kept", "")
    mine = Note.objects.visible_to(request.user).by(request.user.pk).filter(papers=paper)
    note = mine.filter(pk=int(kept)).first() if kept.isdecimal() and len(kept) < 19 else None
    return _answer(request, paper, note=note, form=None if note else RemarkForm())


@needs("notes.add_note")
@require_POST
def note_remark_undo(request: HttpRequest, paper_id: int, note_id: int) -> HttpResponse:
    paper = get_object_or_404(Paper, pk=paper_id)
    note = take_back(user=member(request), paper_id=paper_id, note_id=note_id)
    if note is None:
        raise Http404
    form = RemarkForm(initial={"body": note.body, "visibility": note.visibility})
    return _answer(request, paper, form=form, undone=True)


def _written(request: HttpRequest, paper: Paper) -> HttpResponse:
    form = RemarkForm(request.POST)
    if not form.is_valid():
        return _answer(request, paper, form=form, status=422)
    try:
        note = write_remark(user=member(request), paper=paper, **form.cleaned_data)
    except saving.TROUBLE as error:
        return _answer(request, paper, form=form, trouble=saving.what_happened(error), status=503)
    if _is_part(request):
        return _answer(request, paper, note=note)
    return redirect(f"{request.path}?kept={note.pk}")


def _answer(request: HttpRequest, paper: Paper, *, status: int = 200, **context: Any) -> HttpResponse:
    template = "notes/_remark.html" if _is_part(request) else "notes/note_remark.html"
    page = render(request, template, {"paper": paper, "is_part": _is_part(request), **context}, status=status)
    if _is_part(request):
        page["X-Part"] = "remark"
    return page


def _is_part(request: HttpRequest) -> bool:
    return request.headers.get("X-Part") == "remark"
