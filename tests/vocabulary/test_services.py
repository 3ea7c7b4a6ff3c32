"""Mapping spellings, and what an import may add by itself."""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from apps.vocabulary.models import Alias, Author, BaseLLM, Tag, Venue
from apps.vocabulary.resolve import Resolver
from apps.vocabulary.services import create_and_map, create_missing, ensure_sized, map_spelling, unmap
from tests.conftest import Queries

pytestmark = pytest.mark.django_db


def test_a_mapped_spelling_is_remembered_with_who_and_when(editor: User) -> None:
    venue = Venue.objects.get(name="SIGIR")
    alias = map_spelling(kind="venue", raw=" Foo  Conf ", target=venue, user=editor)
    assert (alias.raw, alias.said_by, alias.target) == ("Foo Conf", editor, venue)
    assert Resolver.load().venue("fooconf 2023").entry == venue


def test_mapping_again_replaces_the_meaning(editor: User) -> None:
    map_spelling(kind="venue", raw="FooConf", target=Venue.objects.get(name="SIGIR"), user=None)
    other = Venue.objects.get(name="KDD")
    map_spelling(kind="venue", raw="Foo-Conf", target=other, user=editor)
    (alias,) = Alias.objects.filter(kind="venue", key="fooconf")
    assert (alias.target, alias.said_by, alias.raw) == (other, editor, "Foo-Conf")


def test_a_target_of_another_kind_is_refused() -> None:
    with pytest.raises(TypeError):
        map_spelling(kind="venue", raw="FooConf", target=Tag.objects.create(name="Foo"), user=None)


@pytest.mark.parametrize("raw", ["", "--", "x" * 301])
def test_an_unfit_spelling_is_refused(raw: str) -> None:
    with pytest.raises(ValidationError):
        map_spelling(kind="venue", raw=raw, target=Venue.objects.get(name="SIGIR"), user=None)


def test_a_new_entry_and_its_spelling_in_one_step(editor: User) -> None:
    made = create_and_map(kind="venue", raw="FooC", name="Foo Conference", user=editor, fields={"kind": "journal"})
    assert isinstance(made, Venue)
    assert made.kind == "journal"
    assert Resolver.load().venue("FooC").entry == made


def test_a_new_entry_needs_no_spelling_of_its_own_name() -> None:
    create_and_map(kind="llm", raw="foo lm", name="FooLM", user=None)
    assert not Alias.objects.filter(kind="llm", key="foolm").exists()


def test_a_new_entry_of_a_known_name_is_refused() -> None:
    with pytest.raises(ValidationError, match="already there"):
        create_and_map(kind="venue", raw="FooC", name="sigir", user=None)
    assert not Alias.objects.filter(raw="FooC").exists()


def test_unmapping_forgets() -> None:
    map_spelling(kind="venue", raw="FooConf", target=Venue.objects.get(name="SIGIR"), user=None)
    assert unmap(kind="venue", raw="foo conf")
    assert not unmap(kind="venue", raw="foo conf")
    assert Resolver.load().venue("FooConf").entry is None


def test_a_size_is_made_once_below_its_model() -> None:
    llama = BaseLLM.objects.get(name="LLaMA")
    made = ensure_sized(llm=llama, size="9b")
    assert (made.name, made.parent, made.size, made.slug, made.developer) == (
        "LLaMA 9B",
        llama,
        "9B",
        "llama-9b",
        "Meta",
    )
    assert ensure_sized(llm=llama, size="9B") == made
    assert ensure_sized(llm=made, size="9B") == made
    assert ensure_sized(llm=llama, size="") == llama


def test_missing_names_are_made_and_present_ones_found() -> None:
    ada = Author.objects.create(name="Ada Byron")
    found = create_missing(kind="author", names=["ada byron", "Alan  Turing", "alan turing", "王伟", "--", "x" * 201])
    assert {name: str(author) for name, author in found.items()} == {
        "ada byron": "Ada Byron",
        "Alan  Turing": "Alan Turing",
        "alan turing": "Alan Turing",
        "王伟": "王伟",
    }
    assert found["ada byron"] == ada
    assert Author.objects.count() == 3


def test_made_entries_get_slugs_of_their_own() -> None:
    Author.objects.create(name="Jose Garcia")
    found = create_missing(kind="author", names=["José García", "Jôse Garcia"])
    assert sorted(author.slug for author in found.values() if isinstance(author, Author)) == [
        "jose-garcia-2",
        "jose-garcia-3",
    ]


def test_many_names_cost_few_queries(queries: Queries) -> None:
    names = [f"Person {number}" for number in range(400)]
    assert len(queries.of(lambda: create_missing(kind="author", names=names))) <= 8


@pytest.mark.parametrize("kind", ["venue", "llm", "tuning", "role"])
def test_an_import_never_adds_to_the_closed_kinds(kind: str) -> None:
    with pytest.raises(ValueError, match="never adds"):
        create_missing(kind=kind, names=["Foo"])
