"""Families include their children, and nobody is below themselves."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from apps.vocabulary.models import BaseLLM, Venue
from apps.vocabulary.trees import ancestors_of, climb, descendants_of
from tests.conftest import Queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def family() -> list[BaseLLM]:
    root = BaseLLM.objects.create(name="Root")
    child = BaseLLM.objects.create(name="Child", parent=root)
    return [root, child, BaseLLM.objects.create(name="Child 7B", parent=child, size="7B")]


def test_a_family_includes_everything_below_it(family: list[BaseLLM]) -> None:
    root, child, grandchild = (llm.pk for llm in family)
    assert descendants_of(BaseLLM, [root]) == {root, child, grandchild}
    assert descendants_of(BaseLLM, [child, grandchild]) == {child, grandchild}
    assert descendants_of(BaseLLM, [0]) == set()
    assert ancestors_of(BaseLLM, grandchild) == [child, root]


def test_descendants_cost_one_query(family: list[BaseLLM], queries: Queries) -> None:
    assert len(queries.of(lambda: descendants_of(BaseLLM, [llm.pk for llm in family]))) == 1


def test_a_cycle_is_refused(family: list[BaseLLM]) -> None:
    root, child, grandchild = family
    root.parent = grandchild
    with pytest.raises(ValidationError, match="below itself"):
        root.full_clean()
    child.parent = child
    with pytest.raises(ValidationError, match="below itself"):
        child.full_clean()


def test_the_database_refuses_an_own_parent() -> None:
    venue = Venue.objects.create(name="Some venue")
    with pytest.raises(IntegrityError):
        Venue.objects.filter(pk=venue.pk).update(parent=venue.pk)


def test_a_cycle_in_a_map_ends_the_climb() -> None:
    assert climb({1: 2, 2: 3, 3: 1}, 1) == [2, 3]
