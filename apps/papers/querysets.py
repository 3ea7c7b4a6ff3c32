"""Questions about many papers that read like English."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from apps.papers.models import Paper


class PaperQuerySet(models.QuerySet["Paper"]):
    def for_list(self) -> PaperQuerySet:
        """All that a row of a list shows, in a constant number of queries."""
        return (
            self.select_related("venue")
            .prefetch_related("names", "tags", "links", "authors", "rows__tuning", "rows__row_llms__llm")
            .defer("search_text", "abstract", "abstract_zh")
        )
