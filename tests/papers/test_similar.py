"""Similar papers: what they share is said, and nothing that somebody may not read has a say in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.test import Client

from apps.notes.models import Note
from apps.papers.filters import PaperFilter
from apps.papers.models import Paper
from apps.papers.similar import scoring
from apps.papers.similar.features import features_of
from apps.papers.similar.showing import similar_papers
from apps.papers.similar.spelling import spelled
from apps.search.index import live
from apps.search.index.live import index
from tests.papers.library import note, paper, reading_list, row, table

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Any], Client]
ANYBODY = AnonymousUser()


@pytest.fixture
def others(db: None) -> list[Paper]:
    """So many papers of other things that a word which two papers share is rare."""
    return [paper(f"Zebra{number} stripes{number}") for number in range(12)]


def likes(of: Paper, user: Any = ANYBODY) -> list[Paper]:
    return [each.paper for each in similar_papers(of.pk, user)]


def reasons(of: Paper, other: Paper, user: Any = ANYBODY) -> list[str]:
    return next((each.reasons for each in similar_papers(of.pk, user) if each.paper == other), [])


def asked(query: str, user: Any = ANYBODY) -> list[int]:
    papers = PaperFilter({"q": query}, user=user)
    assert not papers.problems
    return papers.ids


def test_words_are_said_as_the_paper_writes_them(others: list[Paper]) -> None:
    of = paper("Collaborative Prompts", abstract="LLaMA and its embeddings for 推荐系统")
    other = paper("Prompting collaboration", abstract="A LLaMA embedding of a 推荐系统")
    assert reasons(of, other) == ["words: collaborative, prompts, embeddings, LLaMA"]
    assert "推荐系统" in spelled(["推荐", "荐系", "系统"], [of.abstract])
    assert spelled(["rec", "bert4rec", "gpt"], ["BERT4Rec and GPT-4"]) == ["rec", "BERT4Rec", "GPT"]
    assert likes(others[0]) == []


def test_everything_that_two_papers_share_is_a_reason(others: list[Paper]) -> None:
    of = paper("One", tags=["Survey"], authors=["Ann", "Bob"], venue="ACL", year=2023)
    other = paper("Two", tags=["Survey"], authors=["Bob", "Ann"], venue="ACL", year=2023)
    section = table("t").sections.get()
    for each in (of, other):
        row(each, section, llms=["LLaMA"], tuning="LoRA")
    row(other, section, name="again", llms=["T5"], tuning="Full")
    reading_list("l", [of, other])
    note(None, of, other)
    told = {"2 authors in common", "LLaMA + LoRA", "tag: Survey", "same list", "same note", "ACL 2023"}
    assert {*reasons(of, other)} == told


def test_the_same_place_and_year_alone_are_no_likeness(others: list[Paper]) -> None:
    of, _other = (paper(title, venue="ACL", year=2023) for title in ("One", "Two"))
    assert likes(of) == []


def test_what_is_rare_weighs_more_and_the_newest_comes_first_among_equals(others: list[Paper]) -> None:
    for each in others:
        each.tags.set(paper(f"Common{each.pk}", tags=["Common"]).tags.all())
    of = paper("Kangaroo", tags=["Common"])
    older, newer = paper("Kangaroo jumps", year=2021), paper("Kangaroo sleeps", year=2022)
    undated = paper("Kangaroo eats")
    assert likes(of)[:3] == [newer, older, undated]
    assert asked(f"similar:{of.pk}")[:3] == [newer.pk, older.pk, undated.pk]


def test_private_notes_count_for_their_author_alone(others: list[Paper], writer: User, reader: User) -> None:
    of, other, teams = paper("One"), paper("Two"), paper("Three")
    note(writer, of, other, private=True, body="wallabies")
    note(writer, of, teams)
    thrown = note(writer, of, others[0])
    Note.objects.filter(pk=thrown.pk).update(deleted=thrown.changed)
    assert {*likes(of, writer)} == {other, teams}
    assert {*asked(f"similar:{of.pk}", writer)} == {other.pk, teams.pk}
    for somebody in (reader, ANYBODY):
        assert likes(of, somebody) == [teams]
        assert asked(f"similar:{of.pk}", somebody) == [teams.pk]


def test_words_of_notes_are_nobodys_likeness(others: list[Paper], writer: User) -> None:
    of, other = paper("One"), paper("Two")
    for each in (of, other):
        note(writer, each, private=True, body="wallabies")
        note(writer, each, body="kangaroos")
    assert likes(of, writer) == []


def test_a_note_counts_where_it_only_refers(others: list[Paper], writer: User) -> None:
    of, other = paper("One", arxiv_id="2305.00001"), paper("Two")
    said = note(writer, other, body="See [[2305.00001]].")
    said.links.create(position=0, raw="2305.00001", paper=of)
    assert reasons(of, other) == ["same note"]


def test_the_query_takes_ids_and_other_conditions(others: list[Paper]) -> None:
    of = paper("Kangaroo", arxiv_id="2305.07001")
    one = paper("Kangaroo jumps", year=2021, tags=["Survey"])
    two = paper("Kangaroo sleeps", year=2022)
    assert asked("similar:2305.07001") == [two.pk, one.pk]
    assert asked("similar:2305.07001 tag:survey") == [one.pk]
    assert asked("similar:2305.07001 jumps") == [one.pk]
    assert asked("kangaroo -similar:2305.07001") == [of.pk]
    assert asked("similar:999999") == asked("similar:2305.07009") == asked("similar:x") == []


def test_the_order_can_be_another_one(others: list[Paper]) -> None:
    of = paper("Kangaroo wallaby")
    one, two = paper("Kangaroo wallaby b", year=2021), paper("Kangaroo a", year=2022)
    assert asked(f"similar:{of.pk}") == [one.pk, two.pk]
    assert PaperFilter({"q": f"similar:{of.pk}", "sort": "-published"}, user=ANYBODY).ids == [two.pk, one.pk]


def test_without_an_index_nothing_is_similar(others: list[Paper], monkeypatch: pytest.MonkeyPatch) -> None:
    of = paper("Kangaroo")
    paper("Kangaroo jumps")
    assert likes(of)
    monkeypatch.setattr(live, "SMALL", 1)
    index().forget()
    assert likes(of) == []
    assert asked(f"similar:{of.pk}") == []


def test_the_work_is_bounded(others: list[Paper], monkeypatch: pytest.MonkeyPatch) -> None:
    """What many share is not walked: it only weighs papers that were found by something else."""
    monkeypatch.setattr(scoring, "WALKED", 5)
    of = paper("Kangaroo", tags=["Common"])
    rare = paper("Kangaroo jumps", tags=["Common"])
    for number in range(5):
        paper(f"Other{number}", tags=["Common"])
    assert likes(of) == [rare]
    assert {*reasons(of, rare)} == {"words: kangaroo", "tag: Common"}
    monkeypatch.setattr(scoring, "MOST", 0)
    with index().reading() as view:
        assert len(features_of(view, of.pk, ANYBODY)) == 2


def test_the_piece_of_the_page(client_of: ClientOf, stranger: Client, settings: Any, others: list[Paper]) -> None:
    of = paper("Kangaroo <b>")
    other = paper("Kangaroo <i>", year=2021)
    address = f"/papers/{of.pk}/similar/"
    html = client_of("reader").get(address).content.decode()
    assert "Similar papers" in html and other.get_absolute_url() in html and "Kangaroo &lt;i&gt;" in html
    assert "words: kangaroo" in html and f"q=similar:{of.pk}" in html
    assert client_of("reader").get(f"/papers/{others[0].pk}/similar/").content.strip() == b""
    assert client_of("reader").get("/papers/99999/similar/").status_code == 404
    assert address in client_of("reader").get(of.get_absolute_url()).content.decode()
    assert stranger.get(address).status_code == 302
    settings.PAPERNOTES_PUBLIC = True
    assert "words: kangaroo" in stranger.get(address).content.decode()


def test_more_papers_cost_no_more_queries(others: list[Paper], writer: User, queries: Any) -> None:
    of = paper("Kangaroo", tags=["Survey"], authors=["Ann"])
    note(writer, of, paper("Kangaroo jumps", tags=["Survey"], authors=["Ann"]))

    def more() -> None:
        for number in range(5):
            note(writer, of, paper(f"Kangaroo {number}", tags=["Survey"], authors=["Ann"]))

    queries.stay_equal(lambda: similar_papers(of.pk, writer), when=more)
