"""The pages of the vocabulary: all entries of a kind, and what one entry is, how it is spelt and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from apps.accounts.access import readable
from apps.vocabulary.models import Author, BaseLLM, Organisation, Tag, TuningType, Venue
from apps.vocabulary.outline import outline

PER_PAGE = 200


@dataclass(frozen=True)
class Kind:
    """One kind of entry: the parameter of the papers page, the folder of its addresses, and its model."""

    name: str
    folder: str
    parameter: str
    model: type[Model]
    title: str | Promise

    @property
    def is_tree(self) -> bool:
        return any(field.name == "parent" for field in self.model._meta.get_fields())

    def entries(self) -> QuerySet[Any]:
        """By name as people look names up; the tuning tree has an order of its own."""
        every = self.model._default_manager.all()
        return every if self.model is TuningType else every.order_by(Lower("name"), "pk")

    @property
    def change(self) -> str:
        """The permission to edit."""
        return f"vocabulary.change_{self.model._meta.model_name}"

    def editing_address(self, entry: Model) -> str:
        return reverse(f"admin:vocabulary_{self.model._meta.model_name}_change", args=[entry.pk])


KINDS = {
    kind.name: kind
    for kind in (
        Kind("venue", "venues", "venue", Venue, _("Venues")),
        Kind("llm", "llms", "llm", BaseLLM, _("Base LLMs")),
        Kind("tuning", "tunings", "tuning", TuningType, _("Tuning types")),
        Kind("tag", "tags", "tag", Tag, _("Tags")),
        Kind("organisation", "organisations", "org", Organisation, _("Organisations")),
        Kind("author", "authors", "author", Author, _("Authors")),
    )
}


@readable
@require_safe
def vocabulary_index(request: HttpRequest, kind: Kind) -> HttpResponse:
    entries = kind.entries()
    lines = outline(entries) if kind.is_tree else entries
    page = Paginator(lines, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "vocabulary/vocabulary_index.html", {"kind": kind, "kinds": KINDS.values(), "page": page})


@readable
@require_safe
def vocabulary_detail(request: HttpRequest, kind: Kind, slug: str) -> HttpResponse:
    known = kind.model._default_manager.all()
    entry: Any = get_object_or_404(known.select_related("parent") if kind.is_tree else known, slug=slug)
    context = {
        "kind": kind,
        "entry": entry,
        "may_edit": kind.editing_address(entry) if request.user.has_perm(kind.change) else "",
        "children": entry.children.all() if kind.is_tree else [],
        "aliases": entry.aliases.order_by("raw"),
    }
    return render(request, "vocabulary/vocabulary_detail.html", context)
