"""What was asked of the papers page, read and understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from apps.papers.facets.base import Facet, Value


@dataclass(frozen=True)
class Asked:
    """Chosen values by facet name. A venue covers its workshops only with `workshops`."""

    chosen: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)
    workshops: bool = False
    facets: Mapping[str, Facet] = field(default_factory=dict)

    def of(self, facet: Facet) -> tuple[Value, ...]:
        return self.chosen.get(facet.name, ())

    def active(self) -> list[Facet]:
        return [facet for name, facet in self.facets.items() if self.chosen.get(name)]

    def row_facets(self) -> list[Any]:
        """The facets of rows of which something is asked."""
        return [facet for facet in self.active() if facet.row_column]

    def row_columns(self, *, but: str = "") -> dict[str, set[int]]:
        """What must hold together in one row of a table, without what the facet `but` asks."""
        return {
            f"{facet.row_column}__in": set(facet.keys(self.of(facet), self))
            for facet in self.active()
            if facet.row_column and facet.name != but
        }
