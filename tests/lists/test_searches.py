"""Saved searches: found with the eyes of who looks, new by sets and not by clocks, and nobody else's business."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from apps.lists.models import Look, SavedSearch
from apps.lists.services import KEPT, look_at, save_search
from apps.papers.models import Paper
from apps.vocabulary.models import Tag
from tests.papers.library import note, paper, reads, term

ClientOf = Callable[[str | User], Client]


def page_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer
    return answer.content.decode()


def saved(user: User, query: str = "tag=quokka", *, name: str = "A search", shared: bool = False) -> SavedSearch:
    term(Tag, "quokka")
    return save_search(user=user, name=name, query=query, shared=shared)


def line_of(client: Client, search: SavedSearch) -> str:
    html = page_of(client, "/searches/")
    return html.split(f'id="search-{search.pk}"')[1].split("</li>")[0] if f'id="search-{search.pk}"' in html else ""


def news(client: Client, search: SavedSearch) -> str:
    return page_of(client, f"/searches/{search.pk}/new/").split("</header>")[2]


def test_whatever_is_asked_can_be_saved_from_the_papers_page(client_of: ClientOf, reader: User) -> None:
    paper("P", tags=["quokka"])
    client = client_of(reader)
    assert "Save this search" not in page_of(client, "/papers/")
    assert "Save this search" not in page_of(client, "/papers/?sort=title")
    assert "Save this search" not in page_of(client, "/papers/?tag=nonsense")
    html = page_of(client, "/papers/?q=p&tag=quokka&sort=title")
    assert 'name="query" value="q=p&amp;tag=quokka&amp;sort=title"' in html
    assert 'value="p · quokka"' in html
    answer = client.post("/searches/new", {"query": "sort=title&tag=QUOKKA&q=p", "name": " My  one "})
    assert answer["Location"] == "/papers/?q=p&tag=quokka&sort=title"
    search = SavedSearch.objects.get()
    assert (search.name, search.query, search.owner, search.shared) == (
        "My one", "q=p&tag=quokka&sort=title", reader, False,
    )  # fmt: skip


@pytest.mark.parametrize(
    "query", ["", "sort=title", "tag=nonsense", "nonsense=1", "q=%00", "tag=quokka&page=x", "workshops=1"]
)
def test_what_asks_nothing_or_nonsense_is_not_saved(client_of: ClientOf, query: str) -> None:
    term(Tag, "quokka")
    client = client_of("reader")
    assert client.post("/searches/new", {"query": query, "name": "x"}).status_code == 422
    assert client.get("/searches/new", {"query": query}).status_code == 200
    assert not SavedSearch.objects.exists()


@pytest.mark.parametrize("name", ["", " ", "x" * 121, "a\x00b"])
def test_a_name_is_a_line_of_text(client_of: ClientOf, name: str) -> None:
    term(Tag, "quokka")
    assert client_of("reader").post("/searches/new", {"query": "tag=quokka", "name": name}).status_code == 422
    assert not SavedSearch.objects.exists()


def test_the_same_question_is_saved_once_by_one_person(client_of: ClientOf, reader: User, writer: User) -> None:
    saved(writer)
    saved(reader, name="Mine already")
    answer = client_of(reader).post("/searches/new", {"query": "tag=quokka", "name": "x"})
    assert "Mine already" in answer.content.decode()
    assert SavedSearch.objects.owned_by(reader).count() == 1


def test_who_saves_has_seen_what_is_there_and_new_is_what_comes(client_of: ClientOf, reader: User) -> None:
    paper("Old", tags=["quokka"])
    search, client = saved(reader), client_of(reader)
    assert "1 paper" in line_of(client, search)
    assert f"/searches/{search.pk}/new/" not in line_of(client, search)
    paper("Brand", tags=["quokka"])
    assert "2 papers" in line_of(client, search)
    assert "1 new" in line_of(client, search)


def test_a_paper_that_comes_to_match_later_is_new_however_old_it_is(client_of: ClientOf, reader: User) -> None:
    late = paper("Here for years")
    search, client = saved(reader), client_of(reader)
    paper("Something else")
    assert "new/" not in line_of(client, search)
    late.tags.add(term(Tag, "quokka"))
    assert "1 new" in line_of(client, search)
    assert "Here for years" in news(client, search)


def test_what_left_is_not_new_and_what_comes_back_after_a_look_is(client_of: ClientOf, reader: User) -> None:
    one, tag = paper("One", tags=["quokka"]), term(Tag, "quokka")
    search, client = saved(reader), client_of(reader)
    one.tags.remove(tag)
    assert "new/" not in line_of(client, search)
    one.tags.add(tag)
    assert "new/" not in line_of(client, search)
    one.tags.remove(tag)
    look_at(search=search, user=reader)
    one.tags.add(tag)
    assert "1 new" in line_of(client, search)


def test_one_goes_and_another_comes_and_that_one_is_new(client_of: ClientOf, reader: User) -> None:
    one, two = paper("One", tags=["quokka"]), paper("Two")
    search, client = saved(reader), client_of(reader)
    one.tags.clear()
    two.tags.add(term(Tag, "quokka"))
    assert "1 paper" in line_of(client, search) and "1 new" in line_of(client, search)


def test_opening_leads_to_the_papers_and_marks_as_seen(client_of: ClientOf, reader: User) -> None:
    search, client = saved(reader), client_of(reader)
    paper("Brand", tags=["quokka"])
    assert client.head(f"/searches/{search.pk}/")["Location"] == "/papers/?tag=quokka"
    client.get(f"/searches/{search.pk}/", headers={"Sec-Purpose": "prefetch"})
    assert "1 new" in line_of(client, search)
    assert client.get(f"/searches/{search.pk}/")["Location"] == "/papers/?tag=quokka"
    assert "1 new" not in line_of(client, search)


def test_the_new_ones_stay_where_they_are_until_something_newer_is_looked_at(client_of: ClientOf, reader: User) -> None:
    paper("Old", tags=["quokka"])
    search, client = saved(reader), client_of(reader)
    first = paper("First", tags=["quokka"])
    client.get(f"/searches/{search.pk}/")
    for _ in range(2):
        html = news(client, search)
        assert ("First" in html, "Old" in html) == (True, False)
    assert f"/searches/{search.pk}/new/" in line_of(client, search)  # "what was new then"
    first.tags.clear()
    assert "First" not in news(client, search)
    paper("Second", tags=["quokka"])
    html = news(client, search)
    assert ("First" in html, "Second" in html) == (False, True)


def test_the_last_added_stand_first_among_the_new(client_of: ClientOf, reader: User) -> None:
    search = saved(reader)
    for title in ("Alpha", "Beta"):
        paper(title, tags=["quokka"])
    html = news(client_of(reader), search)
    assert html.index("Beta") < html.index("Alpha")


def test_a_paper_known_before_a_merge_is_not_new_after_it(client_of: ClientOf, editor: User) -> None:
    from apps.papers.merges import merge

    lost, stays = paper("P", tags=["quokka"]), paper("P again")
    search, client = saved(editor), client_of(editor)
    merge(kept=stays, lost=lost, user=editor)
    stays.tags.add(term(Tag, "quokka"))
    line = line_of(client, search)
    assert "1 paper" in line and "new/" not in line


def test_new_is_counted_for_each_person(client_of: ClientOf, writer: User, reader: User) -> None:
    search = saved(writer, shared=True)
    mine, theirs = client_of(writer), client_of(reader)
    assert "not looked at yet" in line_of(theirs, search)
    paper("Brand", tags=["quokka"])
    assert "new/" not in line_of(theirs, search)  # nothing to compare with
    theirs.get(f"/searches/{search.pk}/")
    paper("Another", tags=["quokka"])
    assert "1 new" in line_of(theirs, search)
    assert "2 new" in line_of(mine, search)


def test_counts_are_those_of_who_looks(client_of: ClientOf, writer: User, reader: User) -> None:
    of, other = paper("P"), paper("Q")
    note(writer, of, body="zanzibarium", private=True)
    by_note = saved(writer, "q=zanzibarium", name="By note", shared=True)
    by_state = saved(writer, "state=toread", name="By state", shared=True)
    reads(writer, of, "toread")
    reads(reader, of, "toread")
    reads(reader, other, "toread")
    assert "1 paper" in line_of(client_of(writer), by_note)
    assert "0 papers" in line_of(client_of(reader), by_note)
    assert "1 paper" in line_of(client_of(writer), by_state)
    assert "2 papers" in line_of(client_of(reader), by_state)
    note(writer, other, body="zanzibarium", private=True)
    client_of(reader).get(f"/searches/{by_note.pk}/")
    assert "1 new" in line_of(client_of(writer), by_note)
    assert "new/" not in line_of(client_of(reader), by_note)


def test_mine_is_nobodys_business(client_of: ClientOf, reader: User, stranger: Client, settings: Any) -> None:
    search = saved(reader, name="My secret interest")
    doors = [f"/searches/{search.pk}/", f"/searches/{search.pk}/new/"]
    forms = [f"/searches/{search.pk}/{verb}" for verb in ("change", "mend", "delete", "undo")]
    for who in ("writer", "editor", "administrator"):
        client = client_of(who)
        assert "My secret interest" not in page_of(client, "/searches/")
        assert [client.get(door).status_code for door in doors] == [404, 404]
        assert {client.post(form, {"name": "x"}).status_code for form in forms} == {404}
    assert "My secret interest" not in page_of(client_of("editor"), "/admin/lists/savedsearch/")
    for public in (False, True):
        settings.PAPERNOTES_PUBLIC = public
        for door in ["/searches/", "/searches/new", *doors]:
            assert stranger.get(door)["Location"].startswith("/accounts/login/")
        assert {stranger.post(form, {"name": "x"}).status_code for form in forms} == {302}
    assert "Save this search" not in page_of(stranger, "/papers/?tag=quokka")
    assert "My secret interest" not in page_of(stranger, "/")
    search.refresh_from_db()
    assert (search.name, search.deleted) == ("My secret interest", None)


def test_only_who_may_write_lists_shares(client_of: ClientOf, reader: User, writer: User) -> None:
    term(Tag, "quokka")
    client_of(reader).post("/searches/new", {"query": "tag=quokka", "name": "R", "shared": "on"})
    client_of(writer).post("/searches/new", {"query": "tag=quokka", "name": "W", "shared": "on"})
    assert dict(SavedSearch.objects.values_list("name", "shared")) == {"R": False, "W": True}
    mine = SavedSearch.objects.get(name="R")
    client_of(reader).post(f"/searches/{mine.pk}/change", {"name": "R2", "shared": "on"})
    mine.refresh_from_db()
    assert (mine.name, mine.shared) == ("R2", False)


def test_the_teams_is_changed_by_its_owner_and_by_editors(client_of: ClientOf, writer: User) -> None:
    search = saved(writer, shared=True)
    assert "change" not in line_of(client_of("reader"), search)
    assert client_of("reader").post(f"/searches/{search.pk}/change", {"name": "x"}).status_code == 404
    client_of("editor").post(f"/searches/{search.pk}/change", {"name": "Better", "shared": "on"})
    assert "Better" in line_of(client_of("reader"), search)
    client_of(writer).post(f"/searches/{search.pk}/change", {"name": "Better"})
    assert line_of(client_of("reader"), search) == line_of(client_of("editor"), search) == ""
    client_of(writer).post(f"/searches/{search.pk}/change", {"name": " "})
    assert "Better" in line_of(client_of(writer), search)


def test_what_is_deleted_comes_back_by_undo_with_what_was_seen(client_of: ClientOf, writer: User) -> None:
    search, client = saved(writer, shared=True), client_of(writer)
    paper("Brand", tags=["quokka"])
    client.post(f"/searches/{search.pk}/delete")
    html = page_of(client, "/searches/")
    assert line_of(client, search) == "" and f"/searches/{search.pk}/undo" in html
    assert client.get(f"/searches/{search.pk}/").status_code == 404
    other = client_of("editor")
    assert "/undo" not in page_of(other, "/searches/")
    assert other.post(f"/searches/{search.pk}/undo").status_code == 404
    client.post(f"/searches/{search.pk}/undo")
    assert "1 new" in line_of(client, search)


def test_what_was_deleted_long_ago_is_gone(client_of: ClientOf, reader: User) -> None:
    old, young = saved(reader), saved(reader, "q=x")
    client = client_of(reader)
    client.post(f"/searches/{old.pk}/delete")
    SavedSearch.objects.filter(pk=old.pk).update(deleted=SavedSearch.objects.get(pk=old.pk).deleted - KEPT)  # type: ignore[operator]
    client.post(f"/searches/{young.pk}/delete")
    assert list(SavedSearch.objects.values_list("pk", flat=True)) == [young.pk]


def test_a_value_that_vanished_is_said_and_mended_and_nothing_is_shown(client_of: ClientOf, writer: User) -> None:
    paper("P", tags=["quokka", "gone"])
    paper("Q", tags=["quokka"])
    search = saved(writer, "tag=gone&q=p", shared=True)
    mine, theirs = client_of(writer), client_of("reader")
    theirs.get(f"/searches/{search.pk}/")
    Tag.objects.get(name="gone").delete()
    assert "there is no “gone”" in line_of(mine, search)
    assert "1 paper" not in line_of(mine, search) and "2 papers" not in line_of(mine, search)
    assert "mend" in line_of(mine, search) and "writer or an editor can mend it" in line_of(theirs, search)
    assert "paper-row" not in page_of(mine, mine.get(f"/searches/{search.pk}/")["Location"])
    assert mine.get(f"/searches/{search.pk}/new/")["Location"] == "/papers/?tag=gone&q=p"
    assert theirs.post(f"/searches/{search.pk}/mend").status_code == 404
    assert mine.post(f"/searches/{search.pk}/mend")["Location"] == "/papers/?q=p"
    assert "1 paper" in line_of(mine, search)
    assert "not looked at yet" in line_of(theirs, search)


def test_where_nothing_would_be_left_it_is_not_mended_into_everything(client_of: ClientOf, reader: User) -> None:
    term(Tag, "gone")
    search, client = saved(reader, "tag=gone&sort=title"), client_of(reader)
    Tag.objects.get(name="gone").delete()
    assert "Nothing would be left of it" in line_of(client, search)
    assert client.post(f"/searches/{search.pk}/mend").status_code == 404


def test_a_renamed_value_is_found_by_its_spelling(client_of: ClientOf, reader: User) -> None:
    from apps.vocabulary.services import map_spelling

    paper("P", tags=["large models"])
    search = saved(reader, "tag=large-models")
    other = term(Tag, "LLM family")
    Paper.objects.get().tags.set([other])
    Tag.objects.get(name="large models").delete()
    map_spelling(kind="tag", raw="large models", target=other, user=None)
    assert "1 paper" in line_of(client_of(reader), search)


def test_home_shows_those_with_news(client_of: ClientOf, reader: User, writer: User) -> None:
    quiet = saved(reader, "q=nothing", name="Quiet one")
    search = saved(reader, name="Loud one")
    saved(writer, name="Not mine")
    paper("Brand", tags=["quokka"])
    html = page_of(client_of(reader), "/")
    assert ("Loud one" in html, quiet.name in html, "Not mine" in html) == (True, False, False)
    client_of(reader).get(f"/searches/{search.pk}/")
    assert "Loud one" not in page_of(client_of(reader), "/")


def test_order_is_by_name_or_by_news_mine_first(client_of: ClientOf, reader: User, writer: User) -> None:
    saved(reader, "q=brand", name="beta")
    saved(reader, name="Alpha")
    saved(writer, name="AAA", shared=True)
    paper("Brand")

    def order(sort: str) -> list[str]:
        html = page_of(client_of(reader), f"/searches/?sort={sort}")
        return sorted(("beta", "Alpha", "AAA"), key=lambda name: html.index(f">{name}</a>"))

    assert order("name") == ["Alpha", "beta", "AAA"]
    assert order("new") == ["beta", "Alpha", "AAA"]
    assert client_of(reader).get("/searches/?sort=nonsense").status_code == 404


def test_the_empty_page_says_how_to_save_one(client_of: ClientOf) -> None:
    assert "Save this search" in page_of(client_of("reader"), "/searches/")


def test_a_deleted_account_takes_what_only_it_saw_and_leaves_the_team_what_it_shares(
    client_of: ClientOf, writer: User
) -> None:
    saved(writer, name="Mine", query="q=x")
    search = saved(writer, name="Ours", shared=True)
    writer.delete()
    assert list(SavedSearch.objects.filter(owner=None).values_list("name", flat=True)) == ["Ours"]
    assert SavedSearch.objects.count() == 1
    assert not Look.objects.exists()
    editor = client_of("editor")
    editor.post(f"/searches/{search.pk}/change", {"name": "Ours, still"})
    assert "Ours, still" in line_of(client_of("reader"), search)


def test_a_closed_account_leaves_its_shared_ones(client_of: ClientOf, writer: User) -> None:
    search = saved(writer, shared=True)
    writer.is_active = False
    writer.save()
    assert "A search" in line_of(client_of("reader"), search)


def test_more_papers_cost_no_more_queries_and_looks_are_asked_for_once(
    queries: Any, client_of: ClientOf, reader: User
) -> None:
    client = client_of(reader)
    saved(reader)
    paper("P", tags=["quokka"])
    for address in ("/searches/", "/"):
        queries.stay_equal(
            lambda address=address: client.get(address),
            when=lambda: [paper(f"P{n}", tags=["quokka"]) for n in range(10)],
        )

    def looks() -> int:
        return sum('FROM "lists_look"' in sql for sql in queries.of(lambda: client.get("/searches/")))

    before = looks()
    for n in range(10):
        saved(reader, f"q=word{n}", name=f"S{n}")
    assert looks() == before == 1


def test_a_set_of_ids_is_small_and_survives_the_base(reader: User) -> None:
    from pyroaring import BitMap64

    from apps.lists.seeing import kept

    search = saved(reader)
    ids = BitMap64(range(1, 1_000_001)) | BitMap64([2**40])
    Look.objects.filter(search=search).update(seen=ids.serialize())
    stored = Look.objects.get(search=search).seen
    assert kept(stored) == ids
    assert len(stored) < 140_000
