"""An order gives the first of any set, and follows when keys change."""

from __future__ import annotations

from itertools import islice

from hypothesis import given
from hypothesis import strategies as st
from pyroaring import BitMap

from apps.search.index import orders
from apps.search.index.orders import Order

keys = st.dictionaries(st.integers(1, 300), st.integers(0, 20), max_size=60)


def sorted_by(values: dict[int, int]) -> list[int]:
    return sorted(values, key=lambda pk: (values[pk], pk))


@given(values=keys, changed=keys, wanted=st.sets(st.integers(1, 300)), skip=st.integers(0, 30), backwards=st.booleans())
def test_a_set_comes_in_order_after_any_change(
    values: dict[int, int], changed: dict[int, int], wanted: set[int], skip: int, backwards: bool
) -> None:
    orders.PIECE = 4
    try:
        now = dict(values)
        order = Order(sorted_by(now), lambda pk: (now[pk], pk))
        order.remove(BitMap(pk for pk in changed if pk in now))
        for pk in changed:
            now.pop(pk, None)
        for pk, value in changed.items():
            now[pk] = value
            order.insert(pk)
        expected = [pk for pk in sorted_by(now) if pk in wanted]
        expected = expected[::-1] if backwards else expected
        assert list(order.walk(BitMap(wanted), backwards=backwards, skip=skip)) == expected[skip:]
    finally:
        orders.PIECE = 1024


def test_nothing_is_read_beyond_what_is_asked_for() -> None:
    order = Order(range(1, 10_000), lambda pk: (pk, pk))
    assert list(islice(order.walk(BitMap(range(1, 10_000)), skip=5_000), 3)) == [5_001, 5_002, 5_003]
