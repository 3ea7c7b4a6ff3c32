"""arXiv's room in the admin."""

from apps.harvest.admin.inbox import ArxivQueryAdmin, FindingAdmin
from apps.harvest.admin.records import ArxivRecordAdmin, FetchAdmin

__all__ = ["ArxivQueryAdmin", "ArxivRecordAdmin", "FetchAdmin", "FindingAdmin"]
