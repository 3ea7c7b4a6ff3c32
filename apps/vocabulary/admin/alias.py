"""All spellings in one list: what is written, what it means, who said so."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from apps.vocabulary.models import MODELS, Alias


@admin.register(Alias)
class AliasAdmin(admin.ModelAdmin[Alias]):
    list_display = ("raw", "meaning", "kind", "said_by", "said_at")
    list_filter = ("kind", ("said_by", admin.EmptyFieldListFilter), "said_at")
    list_select_related = (*MODELS, "said_by")
    list_per_page = 50
    date_hierarchy = "said_at"
    search_fields = ("raw", *(f"{kind}__name" for kind in MODELS))
    autocomplete_fields = tuple(MODELS)
    readonly_fields = ("said_by", "said_at")
    fieldsets = (
        (None, {"fields": ("kind", "raw")}),
        (_("Means (fill the one field of its kind)"), {"fields": tuple(MODELS)}),
        (None, {"fields": ("said_by", "said_at")}),
    )

    @admin.display(description=_("means"))
    def meaning(self, alias: Alias) -> str:
        return str(alias.target)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.said_by_id = request.user.pk
        super().save_model(request, obj, form, change)
