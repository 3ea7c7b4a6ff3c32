"""Reading lists with their entries, and saved searches in the admin."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import CharField, Count, QuerySet, TextField
from django.forms import Textarea, TextInput
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from apps.lists.forms import ReadingListForm
from apps.lists.models import Entry, ReadingList, SavedSearch


class EntryInline(admin.TabularInline[Entry, ReadingList]):
    model = Entry
    fields = ("position", "paper", "name", "remark", "announce_type", "version")
    autocomplete_fields = ("paper",)
    formfield_overrides: ClassVar[dict[Any, Any]] = {
        TextField: {"widget": Textarea(attrs={"rows": 2, "cols": 30})},
        CharField: {"widget": TextInput(attrs={"size": 12})},
    }
    extra = 1

    def get_queryset(self, request: HttpRequest) -> QuerySet[Entry]:
        return super().get_queryset(request).select_related("paper")


@admin.register(ReadingList)
class ReadingListAdmin(admin.ModelAdmin[ReadingList]):
    form = ReadingListForm
    inlines = (EntryInline,)
    list_display = ("title", "kind", "date", "category", "size", "owner")
    list_filter = ("kind", "category", "date")
    list_select_related = ("owner",)
    search_fields = ("title", "title_zh", "slug", "byline")
    autocomplete_fields = ("owner",)
    readonly_fields = ("source",)
    fieldsets = (
        (None, {"fields": ("title", "title_zh", "kind", "description")}),
        (_("Where it comes from"), {"fields": ("byline", "source_url", "source"), "classes": ("collapse",)}),
        (_("For digests"), {"fields": ("date", "category"), "classes": ("collapse",)}),
        (_("Address and owner"), {"fields": ("slug", "owner"), "classes": ("collapse",)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[ReadingList]:
        return super().get_queryset(request).annotate(entry_count=Count("entries"))

    @admin.display(description=_("papers"), ordering="entry_count")
    def size(self, reading_list: Any) -> int:
        return int(reading_list.entry_count)

    def save_model(self, request: HttpRequest, obj: ReadingList, form: Any, change: bool) -> None:
        if not change and obj.owner_id is None and isinstance(request.user.pk, int):
            obj.owner_id = request.user.pk
        super().save_model(request, obj, form, change)

    def view_on_site(self, obj: ReadingList) -> str:
        return obj.get_absolute_url()


@admin.register(SavedSearch)
class SavedSearchAdmin(admin.ModelAdmin[SavedSearch]):
    """The team's, and one's own: nobody reads here what another asks alone. They are made on the papers page."""

    list_display = ("name", "owner", "shared", "made")
    list_filter = ("shared",)
    list_select_related = ("owner",)
    search_fields = ("name",)
    fields = ("name", "shared", "query", "owner", "made")
    readonly_fields = ("query", "owner", "made")

    def get_queryset(self, request: HttpRequest) -> QuerySet[SavedSearch]:
        return super().get_queryset(request) & SavedSearch.objects.visible_to(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def view_on_site(self, obj: SavedSearch) -> str:
        return obj.get_absolute_url()
