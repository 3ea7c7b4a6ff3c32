"""What holds for every entry: one name one entry, slugs that stay, labels in the reader's language."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.utils import translation

from apps.vocabulary.models import ArxivCategory, Author, BaseLLM, LLMRole, Organisation, Tag, TuningType, Venue

pytestmark = pytest.mark.django_db
ENTRIES: list[Any] = [Venue, BaseLLM, TuningType, LLMRole, Tag, Organisation, Author]


@pytest.mark.parametrize("model", ENTRIES)
def test_two_spellings_of_one_name_are_one_entry(model: Any) -> None:
    model.objects.create(name="Some Name-1")
    with pytest.raises(ValidationError, match="already there"):
        model(name="some name 1").full_clean()
    with pytest.raises(IntegrityError):
        model.objects.create(name="some name 1")


@pytest.mark.parametrize("model", ENTRIES)
@pytest.mark.parametrize("name", ["", " ", "--", "..."])
def test_a_name_without_letters_is_refused(model: Any, name: str) -> None:
    with pytest.raises(ValidationError):
        model(name=name).full_clean()


@pytest.mark.parametrize("model", ENTRIES)
def test_an_empty_name_is_refused_by_the_database(model: Any) -> None:
    with pytest.raises(IntegrityError):
        model.objects.create(name="--")


def test_slugs_are_made_once_and_stay() -> None:
    tag = Tag.objects.create(name="Über-Tag")
    twin = Tag.objects.create(name="Uber.Tag")
    assert (tag.slug, twin.slug) == ("uber-tag", "uber.tag")
    third = Tag.objects.create(name="Uber Tag!")
    assert third.slug == "uber-tag-2"
    tag.name = "Another name"
    tag.save()
    assert (tag.slug, tag.key) == ("uber-tag", "anothername")


def test_a_chinese_name_makes_a_slug() -> None:
    assert Organisation.objects.create(name="某某大学").slug == "某某大学"


def test_the_label_follows_the_readers_language() -> None:
    organisation = Organisation(name="Some University", name_zh="某某大学")
    with translation.override("zh-hans"):
        assert organisation.label() == "某某大学"
        assert Organisation(name="Other").label() == "Other"
    with translation.override("en"):
        assert organisation.label() == "Some University"


def test_a_size_needs_its_model() -> None:
    with pytest.raises(ValidationError, match="belongs to a model"):
        BaseLLM(name="Some 7B", size="7B").full_clean()
    with pytest.raises(IntegrityError):
        BaseLLM.objects.create(name="Some 7B", size="7B")


def test_a_model_has_each_size_once() -> None:
    llm = BaseLLM.objects.create(name="Some")
    BaseLLM.objects.create(name="Some 7B", parent=llm, size="7B")
    with pytest.raises(IntegrityError):
        BaseLLM.objects.create(name="Another name 7B", parent=llm, size="7B")


def test_the_name_of_a_model_leaves_the_size_out() -> None:
    llm = BaseLLM(name="Some")
    assert BaseLLM(name="Some 7B", parent=llm, size="7B").model_name() == "Some"
    assert BaseLLM(name="Some-2", parent=llm).model_name() == "Some-2"


@pytest.mark.parametrize("released", ["02/2023", "2023-2", "soon"])
def test_a_release_is_a_year_a_month_or_a_day(released: str) -> None:
    with pytest.raises(ValidationError):
        BaseLLM(name="Some", released=released).full_clean()


def test_a_family_with_members_is_not_deleted() -> None:
    llm = BaseLLM.objects.create(name="Some")
    BaseLLM.objects.create(name="Some 7B", parent=llm, size="7B")
    with pytest.raises(models.ProtectedError):
        llm.delete()


def test_an_unknown_kind_of_venue_is_refused_by_the_database() -> None:
    with pytest.raises(IntegrityError):
        Venue.objects.create(name="Some venue", kind="blog")


def test_arxivs_name_is_the_slug() -> None:
    category = ArxivCategory.objects.create(name="math.XX", title="Exes", title_zh="某")
    assert category.slug == "math.XX"
    with translation.override("zh-hans"):
        assert category.label() == "math.XX 某"
