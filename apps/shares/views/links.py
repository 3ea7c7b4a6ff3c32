"""For people with an account: the links I made, a new one, and closing one."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from apps.accounts.access import needs
from apps.accounts.roles import is_administrator
from apps.shares.forms import ShareForm
from apps.shares.models import ShareLink
from apps.shares.querysets import MAY_SHARE
from apps.shares.services import make_share


@needs(MAY_SHARE)
@require_safe
def share_index(request: HttpRequest) -> HttpResponse:
    links = ShareLink.objects.visible_to(request.user).for_list()
    page = Paginator(links, 100).get_page(request.GET.get("page"))
    return render(request, "shares/share_index.html", {"page": page, "everybodys": is_administrator(request.user)})


@needs(MAY_SHARE)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def share_create(request: HttpRequest) -> HttpResponse:
    """The address is in the answer to the form and nowhere else, so there is no redirect after it."""
    user, posted = cast(User, request.user), request.method == "POST"
    form = ShareForm(request.POST if posted else {"expires": "30", **request.GET.dict()}, user=user)
    if not form.is_valid() or not posted:
        return render(request, "shares/share_create.html", {"form": form}, status=422 if posted else 200)
    data = form.cleaned_data
    link, address = make_share(
        user=user,
        kind=data["kind"],
        target=data["target"],
        query=data["query"],
        lasts=form.lasts,
        label=data["label"],
    )
    return render(request, "shares/share_made.html", {"link": link, "address": address})


@needs(MAY_SHARE)
@require_POST
def share_revoke(request: HttpRequest, link_id: int) -> HttpResponse:
    get_object_or_404(ShareLink.objects.visible_to(request.user), pk=link_id)
    ShareLink.objects.visible_to(request.user).filter(pk=link_id).revoke()
    messages.success(request, _("The link is closed. Whoever opens it now finds nothing."))
    return redirect("share_index")
