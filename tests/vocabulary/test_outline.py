"""A tree as the lines of an outline."""

from __future__ import annotations

from types import SimpleNamespace

from apps.vocabulary.outline import outline


def test_parents_come_before_their_children_and_each_knows_its_depth() -> None:
    rows = [(1, None), (2, 3), (3, None), (4, 2), (5, 1), (6, 1)]
    lines = outline(SimpleNamespace(pk=pk, parent_id=parent) for pk, parent in rows)
    assert [(line.pk, line.depth) for line in lines] == [(1, 0), (5, 1), (6, 1), (3, 0), (2, 1), (4, 2)]


def test_nothing_has_no_lines() -> None:
    assert outline([]) == []
