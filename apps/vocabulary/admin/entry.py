"""What the admin pages of all entries share: their spellings, and a slug that stays once it stands in addresses."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db import models
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from apps.vocabulary.admin.spellings import save_spellings
from apps.vocabulary.models import Alias

SEARCHED = ("name", "slug", "aliases__raw")


class EntryAdmin(admin.ModelAdmin[Any]):
    """Searched by name, slug and every spelling."""

    kind = ""
    search_fields: ClassVar[tuple[str, ...]] = SEARCHED
    list_per_page = 50
    save_on_top = True
    formfield_overrides: ClassVar[dict[Any, dict[str, Any]]] = {models.URLField: {"assume_scheme": "https"}}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        # Counted in a subquery: a GROUP BY would take the model's ordering away.
        mine = Alias.objects.filter(**{self.kind: OuterRef("pk")}).order_by().values(self.kind)
        count = Coalesce(Subquery(mine.annotate(count=Count("pk")).values("count")), 0)
        entries: QuerySet[Any] = super().get_queryset(request)
        counted: QuerySet[Any] = entries.annotate(spellings=count)
        return counted

    @admin.display(description=_("spellings"), ordering="spellings")
    def how_many_spellings(self, entry: Any) -> int:
        return int(entry.spellings)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        save_spellings(request, formset)
