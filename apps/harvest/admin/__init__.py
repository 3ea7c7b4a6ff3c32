"""arXiv's room in the admin."""

from apps.harvest.admin.records import ArxivRecordAdmin, FetchAdmin

__all__ = ["ArxivRecordAdmin", "FetchAdmin"]
