"""Adding a paper by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.accounts.access import needs
from apps.papers.forms import AddForm
from apps.papers.services.adding import add_paper

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@needs("papers.add_paper")
@require_http_methods(["GET", "HEAD", "POST"])
def paper_add(request: HttpRequest) -> HttpResponse:
    form = AddForm(request.POST if request.method == "POST" else None, initial={"text": request.GET.get("text", "")})
    if request.method == "POST" and form.is_valid():
        added = add_paper(text=form.cleaned_data["text"], user=cast("User", request.user))
        if added.new and not added.paper.arxiv_id:
            messages.success(request, _("Added. Only arXiv is asked for metadata: write its title with “Edit”."))
        elif added.new:
            messages.success(request, _("Added."))  # its page says what follows
        else:
            messages.info(request, _("This paper is already here."))
        return redirect(added.paper)
    return render(request, "papers/paper_add.html", {"form": form})
