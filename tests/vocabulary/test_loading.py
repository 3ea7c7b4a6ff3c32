"""The shipped vocabulary: sound in itself, and loading it again undoes nobody's work."""

from collections import Counter

import pytest
from django.contrib.auth.models import User
from django.db.models import Model

from apps.vocabulary import loading
from apps.vocabulary.folding import fold
from apps.vocabulary.models import MODELS, Alias, ArxivCategory, BaseLLM, TuningType, Venue
from apps.vocabulary.services import map_spelling
from apps.vocabulary.slugs import slug_of

FILES = ["venues", "llms", "tuning", "roles", "tags", "organisations", "categories"]


@pytest.mark.parametrize("file", FILES)
def test_no_spelling_leads_to_two_entries(file: str) -> None:
    meanings: dict[str, set[str]] = {}
    for entry in loading.read(file):
        for spelling in [entry["name"], entry.get("name_zh", ""), *entry.get("aliases", [])]:
            if spelling:
                meanings.setdefault(fold(spelling), set()).add(entry["name"])
    assert {key: names for key, names in meanings.items() if len(names) > 1} == {}


@pytest.mark.parametrize("file", FILES)
def test_no_spelling_is_told_twice(file: str) -> None:
    for entry in loading.read(file):
        told = [fold(text) for text in [entry["name"], entry.get("name_zh", ""), *entry.get("aliases", [])]]
        assert [
            key
            for key, count in Counter(filter(None, told)).items()
            if count > 1 and entry.get("name_zh") != entry["name"]
        ] == []


@pytest.mark.parametrize("file", FILES)
def test_names_and_slugs_are_single_and_parents_are_there(file: str) -> None:
    entries = loading.read(file)
    names = [fold(entry["name"]) for entry in entries]
    assert len(set(names)) == len(names)
    slugs = [entry.get("slug") or slug_of(entry["name"]) for entry in entries]
    assert file == "categories" or len(set(slugs)) == len(slugs)
    assert {fold(entry["parent"]) for entry in entries if "parent" in entry} <= set(names)


def test_workshops_and_only_they_have_hosts() -> None:
    assert {entry["kind"] for entry in loading.read("venues") if "parent" in entry} == {"workshop"}


@pytest.mark.django_db
def test_a_new_base_has_the_first_vocabulary() -> None:
    assert Venue.objects.count() > 100
    assert BaseLLM.objects.filter(size="").count() > 150
    assert (
        TuningType.objects.filter(parent=None).order_by("position").values_list("slug", flat=True)[:2][0] == "no-tuning"
    )
    assert set(TuningType.objects.filter(parent=None).values_list("slug", flat=True)) == {"no-tuning", "tuning"}
    assert ArxivCategory.objects.get(name="cs.IR").title_zh == "信息检索"


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [kind for kind in MODELS if kind != "author"])
def test_every_shipped_entry_is_valid(kind: str) -> None:
    for entry in MODELS[kind]._default_manager.all():
        entry.clean_fields()
        assert entry.key == fold(entry.name)  # type: ignore[attr-defined]
    for alias in Alias.objects.filter(kind=kind):
        alias.clean_fields()
        assert alias.key == fold(alias.raw)


def _everything() -> list[list[str]]:
    loaded: list[type[Model]] = [*MODELS.values(), ArxivCategory, Alias]
    return [sorted(str(row) for row in model._default_manager.values_list()) for model in loaded]


@pytest.mark.django_db
def test_loading_again_changes_nothing() -> None:
    before = _everything()
    loading.load()
    assert _everything() == before


@pytest.mark.django_db
def test_what_a_person_changed_stays(editor: User) -> None:
    venue = Venue.objects.get(name="RecSys")
    venue.name, venue.full_name = "ACM Recommender Conference", "our own words"
    venue.save()
    kdd = Venue.objects.get(name="KDD")
    map_spelling(kind="venue", raw="NIPS", target=kdd, user=editor)
    loading.load()
    venue.refresh_from_db()
    assert (venue.name, venue.full_name) == ("ACM Recommender Conference", "our own words")
    assert not Venue.objects.filter(name="RecSys").exists()
    assert Alias.objects.get(kind="venue", key="nips").target == kdd


@pytest.mark.django_db
def test_an_entry_that_was_merged_away_does_not_come_back(editor: User) -> None:
    Venue.objects.get(name="CHIIR").delete()
    map_spelling(kind="venue", raw="CHIIR", target=Venue.objects.get(name="SIGIR"), user=editor)
    loading.load()
    assert not Venue.objects.filter(name="CHIIR").exists()


@pytest.mark.django_db
def test_what_is_new_is_added_below_its_parent() -> None:
    BaseLLM.objects.get(name="LLaMA 7B").delete()
    BaseLLM.objects.filter(name="GPT-3.5-turbo").delete()
    loading.load()
    assert str(BaseLLM.objects.get(name="LLaMA 7B").parent) == "LLaMA"
    assert Alias.objects.get(kind="llm", key="gpt35turbo").target == BaseLLM.objects.get(name="GPT-3.5-turbo")
