"""Saved queries and the inbox in the admin; decisions are made on the pages of the inbox."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from apps.harvest.models import ArxivQuery, Finding
from apps.papers.admin.records import RecordAdmin


@admin.register(ArxivQuery)
class ArxivQueryAdmin(admin.ModelAdmin[ArxivQuery]):
    fields = ("name", "category", "words", "active")
    list_display = ("name", "category", "words", "active", "outcome", "looked_at")
    list_filter = ("active", "category", "outcome")
    search_fields = ("name", "words")

    def save_model(self, request: HttpRequest, obj: ArxivQuery, form: object, change: bool) -> None:
        if not change and obj.made_by_id is None and isinstance(request.user.pk, int):
            obj.made_by_id = request.user.pk
        if {"category", "words"} & set(getattr(form, "changed_data", ())):
            obj.forget()
        super().save_model(request, obj, form, change)

    def view_on_site(self, obj: ArxivQuery) -> str:
        return obj.get_absolute_url()


@admin.register(Finding)
class FindingAdmin(RecordAdmin):
    list_display = ("__str__", "title", "category", "day", "announce_type", "state", "decided_by")
    list_filter = ("state", "category", "announce_type")
    list_select_related = ("decided_by",)
    search_fields = ("arxiv_id", "title")
    date_hierarchy = "day"
