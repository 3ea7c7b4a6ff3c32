"""Papers come in classes: by where a word stands, and by how rare it is."""

from __future__ import annotations

import pytest
from pyroaring import BitMap

from apps.search.index.ranking import Hits, classes, merged, rarity


def hits(having: int, **by_space: set[int]) -> Hits:
    return Hits({space: BitMap(ids) for space, ids in by_space.items()}, having)


def ranked(found: set[int], *words: Hits, papers: int = 100) -> list[list[int]]:
    return [sorted(each) for each in classes(BitMap(found), words, papers)]


def test_title_comes_before_authors_summary_abstract_and_notes() -> None:
    word = hits(5, a={1, 2}, t={2}, s={3}, n={4}, u={5}, p7={6})
    assert ranked({1, 2, 3, 4, 5, 6}, word) == [[2], [5], [3], [1], [4, 6]]


def test_only_what_was_found_is_ranked_and_nothing_is_lost() -> None:
    assert ranked({1, 9}, hits(2, t={1, 2})) == [[1], [9]]
    assert ranked(set(), hits(2, t={1})) == []


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    rare, common = hits(1, a={1}), hits(80, a={2})
    assert ranked({1, 2}, rare, common) == [[1], [2]]


def test_two_words_in_an_abstract_come_before_one() -> None:
    assert ranked({1, 2}, hits(50, a={1, 2}), hits(50, a={2})) == [[2], [1]]


@pytest.mark.parametrize(
    ("having", "papers", "expected"), [(0, 0, 1), (50, 100, 1), (100, 100, 1), (1, 10**9, 6), (10, 100, 2)]
)
def test_rarity_is_a_small_number(having: int, papers: int, expected: int) -> None:
    assert rarity(having, papers) == expected


def test_several_spellings_are_one_word() -> None:
    both = merged([hits(3, t={1}, a={2}), hits(9, a={3})])
    assert {space: sorted(ids) for space, ids in both.by_space.items()} == {"t": [1], "a": [2, 3]}
    assert both.having == 9
