"""The pages of the vocabulary."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from apps.vocabulary.models import Alias, Author, BaseLLM, Organisation, Tag, TuningType, Venue
from apps.vocabulary.views import KINDS
from tests.conftest import Queries
from tests.papers.library import paper, row, table, term

ClientOf = Callable[[str | User], Client]


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_kind_has_an_index_and_a_page_for_each_entry(client_of: ClientOf, kind: object) -> None:
    entry = kind.model.objects.create(name="0 某名 3.5 (x)")  # type: ignore[attr-defined]
    client = client_of("reader")
    index = client.get(f"/{kind.folder}/").content.decode()  # type: ignore[attr-defined]
    assert entry.slug.replace("某名", "%E6%9F%90%E5%90%8D") in index
    page = client.get(entry.get_absolute_url())
    assert page.status_code == 200
    assert "某名 3.5 (x)" in page.content.decode()


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_what_is_not_there_is_not_found(client_of: ClientOf, kind: object) -> None:
    assert client_of("reader").get(f"/{kind.folder}/nothing/").status_code == 404  # type: ignore[attr-defined]


def test_pages_are_closed_to_strangers_unless_public(stranger: Client, settings: Any) -> None:
    venue = term(Venue, "SomeConf")
    assert stranger.get(venue.get_absolute_url()).status_code == 302
    settings.PAPERNOTES_PUBLIC = True
    assert stranger.get(venue.get_absolute_url()).status_code == 200


def test_an_entry_shows_where_it_stands_how_it_is_spelt_and_its_papers(client_of: ClientOf) -> None:
    family = term(BaseLLM, "Some LLM")
    model = BaseLLM.objects.create(name="Some LLM 2", parent=family)
    BaseLLM.objects.create(name="Some LLM 2 7B", parent=model, size="7B")
    Alias.objects.create(kind="llm", raw="SomeLLM-Two", llm=model)
    row(paper("It uses two"), table("t").sections.get(), llms=[model])
    html = client_of("reader").get(model.get_absolute_url()).content.decode()
    for text in (family.get_absolute_url(), "Some LLM 2 7B", "SomeLLM-Two", "It uses two", f"?llm={model.slug}"):
        assert text in html


def test_a_family_counts_what_its_models_have(client_of: ClientOf) -> None:
    family = term(BaseLLM, "Some LLM")
    model = BaseLLM.objects.create(name="Some LLM 2", parent=family)
    row(paper("It uses two"), table("t").sections.get(), llms=[model])
    html = client_of("reader").get(family.get_absolute_url()).content.decode()
    assert "It uses two" in html


def test_only_editors_find_the_way_to_edit(client_of: ClientOf) -> None:
    tag = term(Tag, "some tag")
    address = f"/admin/vocabulary/tag/{tag.pk}/change/"
    assert address in client_of("editor").get(tag.get_absolute_url()).content.decode()
    assert address not in client_of("writer").get(tag.get_absolute_url()).content.decode()


def more_entries() -> None:
    count = Venue.objects.count()
    section = table(f"t{count}").sections.get()
    for number in range(10):
        name = f"{number}-{count}"
        of = paper(
            f"P {name}", venue=f"V{name}", tags=[f"T{name}", "tag"], orgs=[f"O{name}"], authors=[f"A{name}", "author"]
        )
        row(of, section, llms=[f"L{name}", "llm"], tuning=f"U{name}")
        for model, kind in ((Venue, "venue"), (BaseLLM, "llm")):
            top = term(model, kind)
            made = model.objects.create(name=f"below {kind} {name}", parent=top)
            Alias.objects.create(kind=kind, raw=f"{kind} written {name}", **{kind: top})
            assert made.parent == top


@pytest.mark.parametrize("kind", KINDS)
def test_ten_more_entries_cost_no_more_queries(client_of: ClientOf, queries: Queries, kind: str) -> None:
    client = client_of("reader")
    more_entries()
    queries.stay_equal(lambda: client.get(f"/{KINDS[kind].folder}/"), when=more_entries)


@pytest.mark.parametrize(("model", "name"), [(BaseLLM, "llm"), (Venue, "venue"), (Tag, "tag"), (Author, "author")])
def test_ten_more_papers_cost_no_more_queries(
    client_of: ClientOf, queries: Queries, model: type[BaseLLM], name: str
) -> None:
    client, entry = client_of("reader"), term(model, name)
    more_entries()
    queries.stay_equal(lambda: client.get(entry.get_absolute_url()), when=more_entries)


def test_every_kind_of_the_vocabulary_has_pages() -> None:
    assert {kind.model for kind in KINDS.values()} == {Venue, BaseLLM, TuningType, Tag, Organisation, Author}
