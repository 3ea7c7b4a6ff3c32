"""What happened, to be looked at and never edited: sources, statements, reviews and merges."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from apps.papers.models import Merge, Review, Source, Statement


class RecordAdmin(admin.ModelAdmin[Any]):
    """Shown, not edited."""

    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Source)
class SourceAdmin(RecordAdmin):
    list_display = ("__str__", "kind", "format", "file_name", "user", "at")
    list_filter = ("kind", "format")
    list_select_related = ("user",)
    search_fields = ("title", "file_name", "document", "sha256")


@admin.register(Statement)
class StatementAdmin(RecordAdmin):
    list_display = ("paper", "field", "short", "source", "line")
    list_filter = ("field", "source__kind")
    list_select_related = ("paper", "source")
    search_fields = ("raw", "paper__title")

    @admin.display(description="")
    def short(self, statement: Statement) -> str:
        return statement.raw[:120]


@admin.register(Review)
class ReviewAdmin(RecordAdmin):
    list_display = ("__str__", "kind", "reason", "state", "decided_by", "decided_at", "at")
    list_filter = ("state", "kind", "reason")
    list_select_related = ("paper", "decided_by")
    search_fields = ("paper__title", "reason")


@admin.register(Merge)
class MergeAdmin(RecordAdmin):
    list_display = ("__str__", "kept", "lost_id", "user", "at")
    list_select_related = ("kept", "user")
    search_fields = ("kept__title",)
