"""The tuning tree in the admin."""

from django.contrib import admin

from apps.vocabulary.admin.entry import SEARCHED, EntryAdmin
from apps.vocabulary.admin.spellings import spellings_of
from apps.vocabulary.models import TuningType


@admin.register(TuningType)
class TuningTypeAdmin(EntryAdmin):
    kind = "tuning"
    list_display = ("name", "name_zh", "parent", "position", "how_many_spellings")
    list_filter = (("parent", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("parent",)
    search_fields = (*SEARCHED, "name_zh")
    autocomplete_fields = ("parent",)
    fields = ("name", "name_zh", "parent", "position", "slug")
    inlines = (spellings_of(kind),)
