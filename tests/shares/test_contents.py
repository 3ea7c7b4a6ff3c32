"""The filter behind a link is the papers page's own, run with a stranger's eyes."""

import pytest
from django.http import QueryDict
from django.test import Client

from apps.papers.filters import PaperFilter
from apps.shares.contents import filtered, strangers_filter
from apps.vocabulary.models import Tag


@pytest.mark.parametrize(
    ("query", "sensible"),
    [
        ("tag=tuned", True),
        ("q=recommender", True),
        ("tag=tuned&sort=title", True),
        ("tag=tuned&tag=nonsense", False),
        ("tag=nonsense", False),
        ("colour=red", False),
        ("tag=tuned&colour=red", False),
        ("sort=sideways&tag=tuned", False),
        ("year=soon", False),
        ("state=read", False),
        ("sort=title", False),
        ("", False),
        ("page=1", False),
        ("exact=1", False),
    ],
)
def test_a_filter_makes_sense_only_if_all_of_it_does(library, query: str, sensible: bool) -> None:
    found = strangers_filter(query)
    assert found.narrows is sensible
    assert sensible or not filtered(found).exists()


def test_a_link_finds_what_the_papers_page_finds(library, reader) -> None:
    for query in (
        "tag=tuned",
        "q=recommender",
        "q=recommenders",
        "q=Recomm*",
        "q=推荐",
        "list=to-begin-with",
        "table=llm4rec",
    ):
        theirs = set(filtered(strangers_filter(query)).values_list("pk", flat=True))
        ours = set(PaperFilter(QueryDict(query), user=reader).ids)
        assert theirs == ours == {library.paper.pk}, query


def test_words_of_a_private_note_find_nothing_for_a_stranger(library, share, writer, stranger: Client) -> None:
    assert PaperFilter(QueryDict("q=zanzibarium"), user=writer).qs.exists()
    _, path = share("filter", query="q=zanzibarium")
    html = stranger.get(path).content.decode()
    assert "Tuning a Recommender" not in html and "Another Matter" not in html


def test_a_paper_with_only_a_private_note_has_no_note_for_a_stranger(library, share, stranger: Client) -> None:
    _, path = share("filter", query="has=note")
    html = stranger.get(path).content.decode()
    assert "Tuning a Recommender" in html and "Another Matter" not in html
    assert stranger.get(f"{path}papers/{library.other.pk}/").status_code == 404


def test_a_filter_whose_tag_is_gone_shows_nothing_and_says_why(library, share, stranger: Client) -> None:
    _, path = share("filter")
    Tag.objects.all().delete()
    answer = stranger.get(path)
    assert answer.status_code == 200
    assert "no longer makes sense" in answer.content.decode()
    assert "Tuning a Recommender" not in answer.content.decode()
    assert "tuned" not in answer.content.decode()
    assert stranger.get(f"{path}papers/{library.paper.pk}/").status_code == 404


def test_the_words_of_a_filter_are_escaped(library, share, stranger: Client) -> None:
    _, path = share("filter", query="q=%3Cscript%3Ealert(1)%3C/script%3E")
    assert b"<script>alert" not in stranger.get(path).content
