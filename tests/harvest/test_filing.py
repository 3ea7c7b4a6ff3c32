"""The inbox holds each paper once in a category, and knows which of them we have."""

from __future__ import annotations

import pytest

from apps.harvest.filing import record_of
from apps.harvest.models import Finding
from tests.harvest.announcing import MONDAY, a_query, find
from tests.papers.library import paper

pytestmark = pytest.mark.django_db


def test_a_paper_that_we_have_is_known_whenever_it_came() -> None:
    before = paper("Mine already", arxiv_id="2405.00001")
    find(1, "One", "Two")
    assert [found.title for found in Finding.objects.undecided()] == ["Two"]
    after = paper("Mine since then", arxiv_id="2405.00002")
    marked = {found.title: found.ours for found in Finding.objects.with_paper()}  # type: ignore[attr-defined]
    assert marked == {"One": before.pk, "Two": after.pk}
    assert not Finding.objects.undecided().exists() and Finding.objects.already_here().count() == 2
    after.delete()
    assert Finding.objects.undecided().count() == 1


def test_a_paper_stands_once_in_a_category_but_in_each_category() -> None:
    first = find(1, "One")[0]
    find(1, "One", category="cs.CL")
    assert find(1, "One, heard of again", "Two", day=MONDAY)[0] == first
    assert [found.title for found in Finding.objects.filter(category="cs.IR").order_by("pk")] == ["One", "Two"]


def test_what_one_query_found_may_fit_another() -> None:
    one, other = a_query("one"), a_query("other")
    for query in (one, other, one):
        found = find(1, "One", fits=query)[0]
    assert (found.query, found.record["queries"]) == (one, f",{one.pk},{other.pk},")
    assert record_of(found).title == "One"
