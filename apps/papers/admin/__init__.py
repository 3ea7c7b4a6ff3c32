"""Papers, tables and what was said, in Django's admin."""

from apps.papers.admin import papers, records, tables

__all__ = ["papers", "records", "tables"]
