"""Category tables in the admin: a table, its sections, and each row with its base LLMs in order."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from apps.papers.models import CategoryTable, Classification, RowLLM, Section


class _Sections(admin.TabularInline[Section, CategoryTable]):
    model = Section
    extra = 0
    fields = ("title", "tuning", "position")
    autocomplete_fields = ("tuning",)
    show_change_link = True


@admin.register(CategoryTable)
class CategoryTableAdmin(admin.ModelAdmin[CategoryTable]):
    inlines = (_Sections,)
    list_display = ("title", "title_zh", "slug", "added")
    search_fields = ("title", "title_zh", "slug")
    prepopulated_fields = {"slug": ("title",)}
    readonly_fields = ("source", "added")
    fieldsets = (
        (None, {"fields": ("title", "title_zh", "slug")}),
        (_("Introduction"), {"fields": ("intro",)}),
        (_("Where it comes from"), {"fields": ("source_urls", "source", "added")}),
    )


@admin.register(Section)
class SectionAdmin(admin.ModelAdmin[Section]):
    list_display = ("__str__", "table", "tuning", "position")
    list_filter = ("table",)
    list_select_related = ("table", "tuning")
    search_fields = ("title", "table__title")
    autocomplete_fields = ("table", "tuning")


class _BaseLLMs(admin.TabularInline[RowLLM, Classification]):
    model = RowLLM
    extra = 0
    autocomplete_fields = ("llm",)


@admin.register(Classification)
class ClassificationAdmin(admin.ModelAdmin[Classification]):
    inlines = (_BaseLLMs,)
    list_display = ("__str__", "paper", "section", "tuning", "llm_raw")
    list_filter = ("section__table", "tuning")
    list_select_related = ("paper", "section__table", "tuning")
    list_per_page = 50
    search_fields = ("name", "paper__title", "llm_raw", "section__title")
    autocomplete_fields = ("section", "paper", "tuning", "roles")
    readonly_fields = ("llm_raw", "tuning_raw", "venue_raw", "cells", "source", "line")
    fieldsets = (
        (None, {"fields": ("section", "position", "paper", "name")}),
        (_("How the LLM is used"), {"fields": ("tuning", "roles", "note")}),
        (
            _("As it stood in the document"),
            {"fields": ("llm_raw", "tuning_raw", "venue_raw", "cells", "source", "line")},
        ),
    )

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """What was changed here is that person's word on the row: remembered, so that no import overwrites it."""
        super().save_related(request, form, formsets, change)
        row: Classification = form.instance
        changed = {*form.changed_data, *(["base_llms"] if any(each.has_changed() for each in formsets) else [])}
        if changed - set(row.by_hand):
            row.by_hand = sorted({*row.by_hand, *changed})
            row.save(update_fields=["by_hand"])
