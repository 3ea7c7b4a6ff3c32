"""The vocabulary in the admin: lists, search, completion, spellings on an entry's page, history."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from apps.vocabulary.models import Alias, Author, Tag, Venue
from tests.conftest import Queries

pytestmark = pytest.mark.django_db
PAGES = ["venue", "basellm", "llmrole", "tuningtype", "tag", "arxivcategory", "author", "organisation", "alias"]
ClientOf = Callable[[str | User], Client]


@pytest.fixture
def client(client_of: ClientOf) -> Client:
    return client_of("editor")


def _form(entry: dict[str, str], *spellings: str) -> dict[str, str]:
    rows = {f"aliases-{number}-raw": raw for number, raw in enumerate(spellings)}
    return entry | rows | {"aliases-TOTAL_FORMS": str(len(spellings)), "aliases-INITIAL_FORMS": "0"}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("query", ["", "?q=a", "?q=清华", "?o=1"])
def test_lists_open_and_search(client: Client, name: str, query: str) -> None:
    assert client.get(reverse(f"admin:vocabulary_{name}_changelist") + query).status_code == 200


@pytest.mark.parametrize("name", PAGES)
def test_an_entry_can_be_added(client: Client, name: str) -> None:
    assert client.get(reverse(f"admin:vocabulary_{name}_add")).status_code == 200


def test_an_entry_is_found_by_a_spelling(client: Client) -> None:
    page = client.get(reverse("admin:vocabulary_venue_changelist"), {"q": "Inf Process Manag"})
    assert [venue.name for venue in page.context["cl"].queryset] == ["Information Processing & Management"]


def test_completion_finds_families(client: Client) -> None:
    asked = {"term": "llama", "app_label": "vocabulary", "model_name": "basellm", "field_name": "parent"}
    found = client.get(reverse("admin:autocomplete"), asked).json()
    assert "LLaMA" in {result["text"] for result in found["results"]}


def test_a_new_entry_comes_with_its_spellings(client: Client, editor: User) -> None:
    data = _form({"name": "Foo topic", "name_zh": "某话题", "slug": ""}, "topic of foo", "FooT")
    client.post(reverse("admin:vocabulary_tag_add"), data)
    tag = Tag.objects.get(name="Foo topic")
    assert tag.slug == "foo-topic"
    assert {(alias.raw, alias.kind, alias.said_by) for alias in tag.aliases.all()} == {
        ("topic of foo", "tag", editor),
        ("FooT", "tag", editor),
    }
    assert LogEntry.objects.filter(object_repr="Foo topic").exists()


@pytest.mark.parametrize(
    ("spellings", "message"),
    [(["Review"], "already has a meaning"), (["Foo T", "foo-t"], "stands here twice"), (["--"], "at least one letter")],
)
def test_spellings_that_cannot_be_are_refused_with_a_sentence(
    client: Client, spellings: list[str], message: str
) -> None:
    data = _form({"name": "Foo topic", "name_zh": "", "slug": ""}, *spellings)
    page = client.post(reverse("admin:vocabulary_tag_add"), data)
    assert message in page.content.decode()
    assert not Tag.objects.filter(name="Foo topic").exists()


def test_a_second_spelling_of_a_name_is_refused_with_a_sentence(client: Client) -> None:
    page = client.post(reverse("admin:vocabulary_tag_add"), _form({"name": "cold-START", "name_zh": "", "slug": ""}))
    assert "already there" in page.content.decode()


def test_the_list_of_spellings_shows_what_they_mean(client: Client) -> None:
    page = client.get(reverse("admin:vocabulary_alias_changelist"), {"q": "Recsys", "kind__exact": "tag"})
    assert "Recommendation" in page.content.decode()


def test_a_spelling_is_mapped_in_the_list_of_spellings(client: Client, editor: User) -> None:
    venue = Venue.objects.get(name="KDD")
    client.post(reverse("admin:vocabulary_alias_add"), {"kind": "venue", "raw": "FooConf", "venue": venue.pk})
    alias = Alias.objects.get(raw="FooConf")
    assert (alias.target, alias.said_by) == (venue, editor)


def test_deleting_many_takes_their_spellings_along(client: Client) -> None:
    tag = Tag.objects.get(name="Survey")
    data = {"action": "delete_selected", "_selected_action": [str(tag.pk)], "post": "yes"}
    client.post(reverse("admin:vocabulary_tag_changelist"), data)
    assert not Tag.objects.filter(pk=tag.pk).exists()
    assert not Alias.objects.filter(kind="tag", key="literaturereview").exists()


def test_ten_more_rows_cost_no_more_queries(client: Client, queries: Queries) -> None:
    address = reverse("admin:vocabulary_author_changelist")

    def more() -> None:
        for number in range(10):
            author: Any = Author.objects.create(name=f"Person {number}")
            Alias.objects.create(kind="author", raw=f"P. {number}", author=author)

    Author.objects.create(name="Ada Byron")
    queries.stay_equal(lambda: client.get(address), when=more)
    queries.stay_equal(
        lambda: client.get(reverse("admin:vocabulary_alias_changelist") + "?kind__exact=author"), when=more_again
    )


def more_again() -> None:
    for number in range(20, 30):
        Alias.objects.create(kind="author", raw=f"P. {number}", author=Author.objects.create(name=f"Person {number}"))


def test_a_name_that_was_changed_stays_a_spelling(client: Client) -> None:
    author = Author.objects.create(name="Jon Doe")
    address = reverse("admin:vocabulary_author_change", args=[author.pk])
    assert client.post(address, _form({"name": "John Doe", "slug": author.slug})).status_code == 302
    assert list(author.aliases.values_list("raw", flat=True)) == ["Jon Doe"]


def test_a_changed_name_that_means_another_entry_becomes_no_spelling(client: Client) -> None:
    author = Author.objects.create(name="Jon Doe")
    address = reverse("admin:vocabulary_author_change", args=[author.pk])
    client.post(address, _form({"name": "John Doe", "slug": author.slug}, "Jon  Doe"))
    client.post(address, _form({"name": "JOHN DOE", "slug": author.slug}) | {"aliases-INITIAL_FORMS": "0"})
    assert list(author.aliases.values_list("raw", flat=True)) == ["Jon  Doe"]
