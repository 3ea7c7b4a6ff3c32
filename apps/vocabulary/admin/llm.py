"""Base LLMs and the roles of LLMs in the admin."""

from django.contrib import admin

from apps.vocabulary.admin.entry import SEARCHED, EntryAdmin
from apps.vocabulary.admin.spellings import spellings_of
from apps.vocabulary.models import BaseLLM, LLMRole


@admin.register(BaseLLM)
class BaseLLMAdmin(EntryAdmin):
    kind = "llm"
    list_display = ("name", "parent", "size", "developer", "released", "how_many_spellings")
    list_filter = ("developer", ("size", admin.EmptyFieldListFilter), ("parent", admin.EmptyFieldListFilter))
    list_select_related = ("parent",)
    search_fields = (*SEARCHED, "developer", "parent__name")
    autocomplete_fields = ("parent",)
    fieldsets = (
        (None, {"fields": ("name", "parent", "size")}),
        (None, {"fields": ("developer", "released", "slug")}),
    )
    inlines = (spellings_of(kind),)


@admin.register(LLMRole)
class LLMRoleAdmin(EntryAdmin):
    kind = "role"
    list_display = ("name", "name_zh", "how_many_spellings")
    search_fields = (*SEARCHED, "name_zh")
    fields = ("name", "name_zh", "slug")
    inlines = (spellings_of(kind),)
