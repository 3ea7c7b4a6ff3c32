"""Venues in the admin."""

from django.contrib import admin

from apps.vocabulary.admin.entry import SEARCHED, EntryAdmin
from apps.vocabulary.admin.spellings import spellings_of
from apps.vocabulary.models import Venue


@admin.register(Venue)
class VenueAdmin(EntryAdmin):
    kind = "venue"
    list_display = ("name", "name_zh", "kind", "parent", "full_name", "how_many_spellings")
    list_filter = ("kind", ("parent", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("parent",)
    search_fields = (*SEARCHED, "name_zh", "full_name")
    autocomplete_fields = ("parent",)
    fieldsets = (
        (None, {"fields": ("name", "name_zh", "full_name")}),
        (None, {"fields": ("kind", "parent")}),
        (None, {"fields": ("url", "slug")}),
    )
    inlines = (spellings_of(kind),)
