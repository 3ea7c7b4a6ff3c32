"""The strict filter: never every row by mistake, and always a reason."""

from __future__ import annotations

import django_filters
import pytest
from django import forms
from django.contrib.auth.models import Group
from django.http import QueryDict

from apps.core.filters import StrictFilterSet, garbled, shown

pytestmark = pytest.mark.django_db


class Numbers(django_filters.Filter):
    field_class = forms.IntegerField


class GroupFilter(StrictFilterSet):
    name = django_filters.ChoiceFilter(choices=[("reader", "reader"), ("writer", "writer")])
    pk = Numbers()

    class Meta:
        model = Group
        fields: list[str] = []


def test_no_parameters_show_everything() -> None:
    assert GroupFilter("").qs.count() == Group.objects.count() > 0
    assert GroupFilter(None).problems == []


def test_a_right_value_filters() -> None:
    assert [group.name for group in GroupFilter("name=reader").qs] == ["reader"]


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("nme=reader", "nme"),
        ("name=raeder", "name"),
        ("name=reader&colour=red", "colour"),
        ("pk=one", "pk"),
        ("page=1&page=2", "page"),
        ("sort=a&sort=b", "sort"),
        ("name=rea%00der", "name"),
        ("na%00me=reader", "na\N{REPLACEMENT CHARACTER}me"),
        ("=reader", "“”"),
    ],
)
def test_what_is_wrong_shows_nothing_and_is_named(query: str, named: str) -> None:
    wrong = GroupFilter(query)
    assert list(wrong.qs) == []
    assert any(named in problem for problem in wrong.problems), wrong.problems


@pytest.mark.parametrize("data", ["name=reader", QueryDict("name=reader"), {"name": "reader"}, {"name": ["reader"]}])
def test_every_kind_of_data_asks_the_same(data: object) -> None:
    assert [group.name for group in GroupFilter(data).qs] == ["reader"]  # type: ignore[arg-type]


def test_half_a_surrogate_pair_is_refused_and_can_be_shown() -> None:
    wrong = GroupFilter({"name": "\ud800"})
    assert list(wrong.qs) == []
    "".join(wrong.problems).encode("utf-8")


def test_long_values_are_repeated_only_in_part() -> None:
    assert len(shown("x" * 5000)) < 100
    assert shown("a\x00\u202eb") == "a\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}b"
    assert not garbled("汉字 and 🙂")
