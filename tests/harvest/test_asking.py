"""Ids go out in batches that one request can carry."""

from __future__ import annotations

from apps.harvest.arxiv import asking


def test_a_thousand_ids_are_ten_batches_in_their_order() -> None:
    ids = [f"2405.{number:05d}" for number in range(1, 1001)]
    batches = asking.batches(ids)
    assert [len(batch) for batch in batches] == [100] * 10
    assert [each for batch in batches for each in batch] == ids


def test_two_versions_of_one_paper_are_never_asked_for_together() -> None:
    batches = asking.batches(["2405.00001", "2405.00001v1", "2405.00002", "2405.00001v2"])
    assert batches == [["2405.00001", "2405.00002"], ["2405.00001v1"], ["2405.00001v2"]]


def test_an_id_in_two_spellings_is_asked_for_once_and_what_is_none_never() -> None:
    assert asking.batches(["arXiv:2405.00001", "https://arxiv.org/abs/2405.00001", "nonsense", "2305.0044"]) == [
        ["2405.00001"]
    ]
