"""What arXiv said, and what it is asked for: looked at here, never edited."""

from __future__ import annotations

from django.contrib import admin

from apps.harvest.models import ArxivRecord, Fetch
from apps.papers.admin.records import RecordAdmin


@admin.register(ArxivRecord)
class ArxivRecordAdmin(RecordAdmin):
    list_display = ("__str__", "title", "withdrawn", "deleted", "origin", "updated", "fetched_at")
    list_filter = ("withdrawn", "deleted", "origin")
    search_fields = ("arxiv_id", "title", "doi")


@admin.register(Fetch)
class FetchAdmin(RecordAdmin):
    list_display = ("paper", "state", "reason", "tries", "next_at", "settled")
    list_filter = ("state", "reason")
    list_select_related = ("paper",)
    search_fields = ("paper__arxiv_id", "paper__title")
    exclude = ("job",)  # it has a page of its own
