"""A spelling means exactly one entry of its own kind, and goes when that entry goes."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from apps.vocabulary.models import Alias, Tag, Venue

pytestmark = pytest.mark.django_db


@pytest.fixture
def tag() -> Tag:
    return Tag.objects.create(name="Some topic")


def test_an_alias_knows_its_target(tag: Tag) -> None:
    alias = Alias.objects.create(kind="tag", raw="topic of some", tag=tag)
    assert (alias.target, alias.target_id) == (tag, tag.pk)
    assert str(alias) == "topic of some → Some topic"


def test_a_deleted_entry_takes_its_spellings_along_on_every_path(tag: Tag) -> None:
    other = Tag.objects.create(name="Other topic")
    Alias.objects.create(kind="tag", raw="one spelling", tag=tag)
    Alias.objects.create(kind="tag", raw="two spellings", tag=other)
    tag.delete()
    Tag.objects.filter(pk=other.pk).delete()
    assert not Alias.objects.filter(raw__contains="spelling").exists()


def test_one_spelling_has_one_meaning(tag: Tag) -> None:
    Alias.objects.create(kind="tag", raw="topic-of-some", tag=tag)
    with pytest.raises(ValidationError, match="already has a meaning"):
        Alias(kind="tag", raw="Topic of some", tag=tag).full_clean()
    with pytest.raises(IntegrityError):
        Alias.objects.create(kind="tag", raw="Topic of some", tag=tag)


def test_the_same_spelling_may_mean_a_venue_and_a_tag(tag: Tag) -> None:
    venue = Venue.objects.create(name="Some venue")
    Alias.objects.create(kind="tag", raw="both of them", tag=tag)
    Alias.objects.create(kind="venue", raw="both of them", venue=venue)


@pytest.mark.parametrize("columns", [[], ["venue"], ["tag", "venue"]])
def test_the_target_is_of_the_kind(tag: Tag, columns: list[str]) -> None:
    targets = {"tag": tag, "venue": Venue.objects.create(name="Some venue")}
    chosen = {name: targets[name] for name in columns}
    with pytest.raises(ValidationError, match="exactly one target"):
        Alias(kind="tag", raw="spelling", **chosen).full_clean()
    with pytest.raises(IntegrityError):
        Alias.objects.create(kind="tag", raw="spelling", **chosen)


def test_a_spelling_of_nothing_is_refused(tag: Tag) -> None:
    with pytest.raises(ValidationError):
        Alias(kind="tag", raw="--", tag=tag).full_clean()
