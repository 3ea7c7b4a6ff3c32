"""Facets of a query as parameters of the papers page, and back: two views of one question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from apps.search.language.tree import And, Facet, Node, every

Chosen = dict[str, tuple[str, ...]]


def split_facets(tree: Node) -> tuple[Chosen, Node]:
    """What the page can show as chosen values, and the rest. A facet that is asked twice (AND) is no choice (OR)."""
    items = tree.items if isinstance(tree, And) else (tree,)
    times = Counter(item.name for item in items if isinstance(item, Facet))
    chosen = {item.name: item.values for item in items if isinstance(item, Facet) and times[item.name] == 1}
    return chosen, every(item for item in items if not (isinstance(item, Facet) and item.name in chosen))


def with_facets(rest: Node, chosen: Mapping[str, tuple[str, ...]]) -> Node:
    """The whole question again, facets last."""
    return every([rest, *(Facet(name, tuple(values)) for name, values in chosen.items() if values)])
