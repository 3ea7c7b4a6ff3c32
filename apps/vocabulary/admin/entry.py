"""What the admin pages of all entries share: their spellings, and a slug that stays once it stands in addresses."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from apps.vocabulary.admin.spellings import save_spellings

SEARCHED = ("name", "slug", "aliases__raw")


class EntryAdmin(admin.ModelAdmin[Any]):
    """Searched by name, slug and every spelling."""

    search_fields: ClassVar[tuple[str, ...]] = SEARCHED
    list_per_page = 50
    save_on_top = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        entries: QuerySet[Any] = super().get_queryset(request)
        counted: QuerySet[Any] = entries.annotate(spellings=Count("aliases", distinct=True))
        return counted

    @admin.display(description=_("spellings"), ordering="spellings")
    def how_many_spellings(self, entry: Any) -> int:
        return int(entry.spellings)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        save_spellings(request, formset)
