"""Saved searches: mine and the team's, opened, looked through for what is new, changed and deleted."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.access import member
from apps.lists import services
from apps.lists.forms import SearchForm, SearchNameForm, name_for
from apps.lists.models import SavedSearch
from apps.lists.seeing import by_name, by_news, fresh_at, last_added_first, lines, mended
from apps.papers.filters import PaperFilter
from apps.papers.views.listing import list_rows

ORDERS = {"name": by_name, "new": by_news}
PER_PAGE = 50


@require_safe
@never_cache
def search_index(request: HttpRequest) -> HttpResponse:
    user, sort = member(request), request.GET.get("sort", "name")
    if sort not in ORDERS:
        raise Http404
    mine = sorted(lines(SavedSearch.objects.visible_to(user).select_related("owner"), user), key=ORDERS[sort])
    page = Paginator(mine, PER_PAGE).get_page(request.GET.get("page"))
    deleted = SavedSearch.objects.thrown_away_by(user).first()
    return render(request, "lists/search_index.html", {"page": page, "sort": sort, "deleted": deleted})


@require_http_methods(["GET", "HEAD", "POST"])
def search_save(request: HttpRequest) -> HttpResponse:
    user, query = member(request), request.GET.get("query", "")
    if request.method == "POST":
        form = SearchForm(request.POST, user=user)
        if form.is_valid():
            return _saved(request, form)
    else:
        name = name_for(PaperFilter(query, user=user).describe())
        form = SearchForm(initial={"query": query, "name": name}, user=user)
    return render(request, "lists/search_save.html", {"form": form}, status=422 if form.is_bound else 200)


def _saved(request: HttpRequest, form: SearchForm) -> HttpResponse:
    data = form.cleaned_data
    search = services.save_search(
        user=member(request), name=data["name"], query=data["query"], shared=data.get("shared", False)
    )
    text = _("Saved as “%(name)s”. Saved searches say how many papers are new; home shows those with news.")
    messages.success(request, text % {"name": search.name})
    return redirect(search.papers_address)


@require_safe
@never_cache
def search_open(request: HttpRequest, search_id: int) -> HttpResponse:
    """A link that can be opened in another tab, as any other. What no longer makes sense says so on the papers page."""
    user = member(request)
    search = get_object_or_404(SavedSearch.objects.visible_to(user), pk=search_id)
    if _is_looked_at(request):
        services.look_at(search=search, user=user)
    return redirect(search.papers_address)


@require_safe
@never_cache
def search_news(request: HttpRequest, search_id: int) -> HttpResponse:
    """Exactly those that are new; they stay here until something newer is looked at."""
    user = member(request)
    search = get_object_or_404(SavedSearch.objects.visible_to(user), pk=search_id)
    if not _is_looked_at(request):
        return HttpResponse(status=204)
    look = services.look_at(search=search, user=user)
    if look is None:
        return redirect(search.papers_address)
    page = Paginator(fresh_at(look), PER_PAGE).get_page(request.GET.get("page"))
    papers = PaperFilter(search.query, user=user)
    context = {"search": search, "look": look, "page": page, "rows": list_rows(papers, list(page), user)}
    context |= {"chips": papers.describe(), "last_added": last_added_first(papers)}
    return render(request, "lists/search_news.html", context)


def _is_looked_at(request: HttpRequest) -> bool:
    """Not where a browser only fetches what somebody might open."""
    return request.method == "GET" and "prefetch" not in request.headers.get("Sec-Purpose", "")


@require_POST
def search_change(request: HttpRequest, search_id: int) -> HttpResponse:
    search = _changeable(request, search_id)
    form = SearchNameForm(request.POST, user=member(request), may_share=search.shared or None)
    if form.is_valid():
        shared = form.cleaned_data.get("shared", search.shared) or search.owner_id is None
        services.change_search(search=search, name=form.cleaned_data["name"], shared=shared)
    else:
        messages.error(request, " ".join(text for texts in form.errors.values() for text in map(str, texts)))
    return redirect("search_index")


@require_POST
def search_mend(request: HttpRequest, search_id: int) -> HttpResponse:
    search, user = _changeable(request, search_id), member(request)
    query = mended(search.query, user)
    if not query:
        raise Http404
    services.ask_otherwise(search=search, query=query, user=user)
    messages.success(request, _("“%(name)s” asks this from now on.") % {"name": search.name})
    return redirect(search.papers_address)


@require_POST
def search_delete(request: HttpRequest, search_id: int) -> HttpResponse:
    """Nobody is asked whether they mean it: the next page has the button that takes it back."""
    services.throw_away(search=_changeable(request, search_id), user=member(request))
    return redirect("search_index")


@require_POST
def search_undo(request: HttpRequest, search_id: int) -> HttpResponse:
    search = get_object_or_404(SavedSearch.objects.thrown_away_by(member(request)), pk=search_id)
    services.bring_back(search=search)
    messages.success(request, _("“%(name)s” is back.") % {"name": search.name})
    return redirect("search_index")


def _changeable(request: HttpRequest, search_id: int) -> SavedSearch:
    return get_object_or_404(SavedSearch.objects.changeable_by(request.user), pk=search_id)
