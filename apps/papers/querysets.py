"""Questions about many papers that read like English."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import connection, models
from django.db.models.expressions import RawSQL

if TYPE_CHECKING:
    from apps.papers.models import Paper

_LIST_TO_ROWS = {
    "sqlite": "SELECT value FROM json_each(%s)",
    "postgresql": "SELECT value::bigint FROM json_array_elements_text(%s::json)",
}

_TEXTS_TO_ROWS = {
    "sqlite": "SELECT value FROM json_each(%s)",
    "postgresql": "SELECT json_array_elements_text(%s::json)",
}


def among(column: str, ids: Iterable[int]) -> models.Q:
    """`column` is one of `ids`, however many: they travel as one parameter."""
    return models.Q(**{f"{column}__in": RawSQL(_LIST_TO_ROWS[connection.vendor], [json.dumps(list(ids))])})  # noqa: S611


def among_texts(column: str, texts: Iterable[str]) -> models.Q:
    """`column` is one of `texts`, however many; none of them may hold what no database stores."""
    return models.Q(**{f"{column}__in": RawSQL(_TEXTS_TO_ROWS[connection.vendor], [json.dumps(list(texts))])})  # noqa: S611


def starting(column: str, start: str) -> models.Q:
    """`column` begins with `start`, asked so that the index on the column answers."""
    if connection.vendor == "sqlite":
        return models.Q(**{f"{column}__gte": start, f"{column}__lt": start + "\U0010ffff"})
    return models.Q(**{f"{column}__startswith": start})


class PaperQuerySet(models.QuerySet["Paper"]):
    def for_list(self) -> PaperQuerySet:
        """All that a row of a list shows, in a constant number of queries."""
        from apps.papers.models import Authorship

        # A collaboration has thousands of authors; a row shows the first.
        first = Authorship.objects.filter(position__lt=6).select_related("author")
        return (
            self.select_related("venue")
            .prefetch_related("names", "tags", "links", "rows__tuning", "rows__row_llms__llm")
            .prefetch_related(models.Prefetch("authorships", queryset=first, to_attr="first_authorships"))
            .defer("search_text", "abstract", "abstract_zh", "key_technique", "reading_focus")
        )

    def pending(self) -> PaperQuerySet:
        """Of which arXiv is still to be asked."""
        # In the words of the index, which SQLite asks for.
        return self.exclude(metadata="").filter(metadata="pending", arxiv_id__isnull=False)

    def in_order(self, ids: list[int]) -> list[Paper]:
        """These papers, in this order."""
        found = self.in_bulk(ids)
        return [found[pk] for pk in ids if pk in found]
