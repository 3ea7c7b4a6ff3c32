"""Papers in the admin: a change there is a person's word."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from apps.papers.choose import choose
from apps.papers.models import Paper, Review, Source, Statement
from apps.vocabulary.models import Tag, Venue
from tests.papers.library import paper, row, table, term

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Any], Client]
PREFIXES = ("names", "authorships", "links")


def form_of(client: Client, address: str, **changes: Any) -> dict[str, Any]:
    """What a browser would send back for this form, with some fields changed."""
    form = client.get(address).context["adminform"].form
    data = {name: form[name].value() for name in form.fields}
    data = {name: value for name, value in data.items() if value not in (None, False)}
    for formset in client.get(address).context["inline_admin_formsets"]:
        made = formset.formset
        data |= {
            made.management_form.add_prefix(n): made.management_form[n].value() for n in made.management_form.fields
        }
        for each in made.initial_forms:
            data |= {each.add_prefix(n): v for n in each.fields if (v := each[n].value()) is not None}
    return data | changes


@pytest.fixture
def stated() -> Paper:
    """A paper as a list states it."""
    one = paper("x")
    source = Source.objects.create(kind="list", title="A list", document="a-list")
    for field, raw in {
        "title": "Stated title",
        "summary": "stated",
        "published": "2024-04",
        "venue": "Statedconf",
    }.items():
        Statement.objects.create(source=source, paper=one, field=field, raw=raw)
    term(Venue, "Statedconf")
    choose([one.pk])
    return Paper.objects.get(pk=one.pk)


def test_a_change_is_a_persons_word_and_the_rest_stays_the_documents(
    client_of: ClientOf, editor: User, stated: Paper
) -> None:
    client, address = client_of(editor), reverse("admin:papers_paper_change", args=[stated.pk])
    tag = term(Tag, "Hand picked")
    answer = client.post(
        address,
        form_of(client, address, title="Better title", arxiv_id="https://arxiv.org/abs/2305.00447v2", tags=[tag.pk]),
    )
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    words = {s.field: s.raw for s in Statement.objects.filter(source__kind="person")}
    assert words == {"title": "Better title", "arxiv_id": "2305.00447", "tags": "Hand picked;"}
    assert Source.objects.get(kind="person").user == editor
    choose([stated.pk])
    stated.refresh_from_db()
    assert (stated.title, stated.summary, stated.published_text) == ("Better title", "stated", "2024-04")
    assert stated.arxiv_id == "2305.00447"
    assert [each.name for each in stated.tags.all()] == ["Hand picked"]
    assert stated.venue is not None and stated.venue.name == "Statedconf"


def test_saving_without_a_change_says_nothing(client_of: ClientOf, stated: Paper) -> None:
    client, address = client_of("editor"), reverse("admin:papers_paper_change", args=[stated.pk])
    assert client.post(address, form_of(client, address)).status_code == 302
    assert not Source.objects.filter(kind="person").exists()


def test_an_emptied_field_stays_empty(client_of: ClientOf, stated: Paper) -> None:
    client, address = client_of("editor"), reverse("admin:papers_paper_change", args=[stated.pk])
    client.post(address, form_of(client, address, summary="", venue="", published="", precision=""))
    choose([stated.pk])
    stated.refresh_from_db()
    assert (stated.summary, stated.venue, stated.published) == ("", None, None)


def test_names_links_and_authors_are_words_too(client_of: ClientOf, stated: Paper) -> None:
    client, address = client_of("editor"), reverse("admin:papers_paper_change", args=[stated.pk])
    data = form_of(client, address)
    data |= {"names-TOTAL_FORMS": 1, "names-0-name": "Short", "names-0-position": 0, "names-0-paper": stated.pk}
    data |= {
        "links-TOTAL_FORMS": 1,
        "links-0-kind": "code",
        "links-0-url": "https://example.org/c",
        "links-0-label": "Python",
        "links-0-position": 0,
    }
    answer = client.post(address, data)
    assert answer.status_code == 302
    choose([stated.pk])
    assert [name.name for name in stated.names.all()] == ["Short"]
    assert [(link.url, link.label) for link in stated.links.all()] == [("https://example.org/c", "Python")]


@pytest.mark.parametrize("changes", [{"arxiv_id": "nonsense"}, {"doi": "x"}, {"title": ""}, {"precision": ""}])
def test_nonsense_is_refused_and_kept_for_correction(
    client_of: ClientOf, stated: Paper, changes: dict[str, str]
) -> None:
    client, address = client_of("editor"), reverse("admin:papers_paper_change", args=[stated.pk])
    answer = client.post(address, form_of(client, address, **changes))
    assert answer.status_code == 200
    assert set(changes) <= set(answer.context["adminform"].form.errors)


def test_a_paper_made_in_the_admin_keeps_what_was_filled_in(client_of: ClientOf) -> None:
    client, address = client_of("editor"), reverse("admin:papers_paper_add")
    client.post(address, form_of(client, address, title="Made by hand", year=2020, abstract="Words"))
    made = Paper.objects.get()
    choose([made.pk])
    made.refresh_from_db()
    assert (made.title, made.year, made.abstract) == ("Made by hand", 2020, "Words")


@pytest.mark.parametrize(
    "name", ["paper", "categorytable", "section", "classification", "source", "statement", "review", "merge"]
)
def test_every_list_and_form_opens(client_of: ClientOf, stated: Paper, name: str) -> None:
    row(stated, table("t").sections.get(), llms=["L"])
    Review.objects.create(kind="doubt", reason="date-month", paper=stated, key="k")
    client = client_of("administrator")
    page = client.get(reverse(f"admin:papers_{name}_changelist"), {"q": "50% a_b"})
    assert page.status_code == 200
    for each in client.get(reverse(f"admin:papers_{name}_changelist")).context["cl"].queryset[:1]:
        assert client.get(reverse(f"admin:papers_{name}_change", args=[each.pk])).status_code == 200


@pytest.mark.parametrize("name", ["source", "statement", "review", "merge"])
def test_records_are_not_edited(client_of: ClientOf, stated: Paper, name: str) -> None:
    assert client_of("administrator").get(reverse(f"admin:papers_{name}_add")).status_code == 403


@pytest.mark.parametrize("who", ["reader", "writer"])
def test_papers_are_changed_by_editors_only(client_of: ClientOf, stated: Paper, who: str) -> None:
    client, address = client_of(who), reverse("admin:papers_paper_change", args=[stated.pk])
    client.post(address, {"title": "Mine now"})
    stated.refresh_from_db()
    assert stated.title == "Stated title"


def test_search_finds_chinese_in_mid_sentence(client_of: ClientOf) -> None:
    paper("Found", title_zh="大模型推荐系统")
    paper("Other")
    found = client_of("editor").get(reverse("admin:papers_paper_changelist"), {"q": "推荐"}).context["cl"].queryset
    assert [each.title for each in found] == ["Found"]


def test_of_two_who_edit_one_paper_the_second_is_told_and_overwrites_nothing_unseen(
    client_of: ClientOf, stated: Paper
) -> None:
    client, address = client_of("editor"), reverse("admin:papers_paper_change", args=[stated.pk])
    mine, theirs = (form_of(client, address, **change) for change in ({"doi": "10.1145/1.2"}, {"title": "Their title"}))
    client.post(address, theirs)
    answer = client.post(address, mine)
    assert answer.status_code == 200
    assert "Title" in str(answer.context["adminform"].form.non_field_errors())
    assert answer.context["adminform"].form["doi"].value() == "10.1145/1.2"
    stated.refresh_from_db()
    assert (stated.title, stated.doi) == ("Their title", None)
    again = mine | {"title": "Their title", "seen": answer.context["adminform"].form["seen"].value()}
    assert client.post(address, again).status_code == 302
    stated.refresh_from_db()
    assert (stated.title, stated.doi) == ("Their title", "10.1145/1.2")


def test_a_paper_can_be_deleted_with_all_that_was_said_of_it(client_of: ClientOf, stated: Paper) -> None:
    client = client_of("editor")
    client.post(reverse("admin:papers_paper_delete", args=[stated.pk]), {"post": "yes"})
    assert not Paper.objects.exists()
    assert client.get(reverse("admin:papers_statement_changelist")).status_code == 200


def test_a_statement_alone_cannot_be_deleted(client_of: ClientOf, stated: Paper) -> None:
    statement = Statement.objects.filter(paper=stated).first()
    assert statement
    address = reverse("admin:papers_statement_delete", args=[statement.pk])
    assert client_of("editor").post(address, {"post": "yes"}).status_code in {403, 404}
    assert Statement.objects.filter(pk=statement.pk).exists()
