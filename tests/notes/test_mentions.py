"""Who speaks of a paper, on its page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.test import Client
from django.utils import timezone

from apps.notes.mentions import MOST_NOTES, MOST_SENTENCES, Mention, mentions_of
from apps.notes.models import Note
from apps.notes.rendering import keep
from apps.papers.models import Paper
from tests.conftest import Queries
from tests.papers.library import note, paper

pytestmark = pytest.mark.django_db
ClientOf = Callable[[str | User], Client]


def written(author: User | None, body: str, *about: Paper, private: bool = False) -> Note:
    made = note(author, *about, body=body, private=private)
    keep(made)
    return made


def said(mention: Mention) -> list[str]:
    """The sentences, with the marked words in brackets."""
    return ["".join(f"<{words}>" if marked else words for words, marked in each.parts) for each in mention.sentences]


def test_the_sentence_is_shown_with_its_words_marked(reader: User) -> None:
    of = paper("A Title", arxiv_id="2305.00447", names=["P5"])
    made = written(
        None, "Before. It follows [[P5]] and [[A Title|the paper]], see https://arxiv.org/abs/2305.00447. After."
    )
    (mention,) = mentions_of(of, reader).shown
    assert mention.note == made
    assert said(mention) == ["It follows <P5> and <the paper>, see <https://arxiv.org/abs/2305.00447>."]


def test_the_words_of_a_link_are_marked(reader: User) -> None:
    of = paper("A Title", arxiv_id="2305.00447")
    written(None, "They [tune **it**](https://arxiv.org/abs/2305.00447v2) well.")
    (mention,) = mentions_of(of, reader).shown
    assert said(mention) == ["They <tune it> well."]


def test_three_sentences_of_a_note_are_enough(reader: User) -> None:
    of = paper("A Title", names=["P5"])
    written(None, "\n\n".join(f"Sentence {number} on [[P5]]." for number in range(9)))
    (mention,) = mentions_of(of, reader).shown
    assert said(mention) == [f"Sentence {number} on <P5>." for number in range(MOST_SENTENCES)]


def test_a_note_about_the_paper_is_not_repeated(reader: User) -> None:
    of = paper("A Title", names=["P5"])
    written(None, "[[P5]]", of)
    assert mentions_of(of, reader).shown == []


def test_only_what_one_may_read_and_not_from_the_trash(reader: User, writer: User) -> None:
    of = paper("A Title", names=["P5"])
    written(writer, "[[P5]] secretly", private=True)
    thrown = written(None, "[[P5]] thrown away")
    Note.objects.filter(pk=thrown.pk).update(deleted=timezone.now())
    assert mentions_of(of, reader).shown == []
    assert mentions_of(of, AnonymousUser()).shown == []
    assert [said(mention) for mention in mentions_of(of, writer).shown] == [["<P5> secretly"]]


def test_of_very_many_the_newest_are_shown_and_all_are_counted(client_of: ClientOf, reader: User) -> None:
    of = paper("A Title", names=["P5"])
    notes = [written(None, f"Number {number} on [[P5]] and [[P5]].") for number in range(MOST_NOTES + 2)]
    mentions = mentions_of(of, reader)
    assert [mention.note for mention in mentions.shown] == notes[:1:-1]
    assert (mentions.number, mentions.left_out) == (MOST_NOTES + 2, 2)
    assert "And 2 more." in client_of(reader).get(of.get_absolute_url()).content.decode()


def test_a_paper_that_came_later_knows_who_waited_for_it(reader: User) -> None:
    for ref in ("P5", "A Title", "arXiv:2305.00447", "中文的题目", "TransRec"):
        written(None, f"On [[{ref}]].")
    written(None, "On https://arxiv.org/abs/2305.00447v2")
    of = paper("A Title", title_zh="中文的题目", arxiv_id="2305.00447", names=["P5", "TransRec"])
    assert len(mentions_of(of, reader).shown) == 6
    paper("Another", names=["TransRec"])
    assert len(mentions_of(of, reader).shown) == 5


def test_the_page_of_the_paper_shows_them_to_whom_they_concern(
    client_of: ClientOf, writer: User, settings: Any
) -> None:
    of = paper("A Title", names=["P5"])
    written(None, "The team says <b>: [[P5]].")
    written(writer, "A secret on [[P5]].", private=True)
    address = of.get_absolute_url()
    for who, team, secret in (("writer", True, True), ("reader", True, False)):
        html = client_of(who).get(address).content.decode()
        assert ("The team says &lt;b&gt;: <mark>P5</mark>." in html) is team
        assert ("A secret on" in html) is secret
    assert client_of("stranger").get(address).status_code == 302
    settings.PAPERNOTES_PUBLIC = True
    html = client_of("stranger").get(address).content.decode()
    assert "The team says" in html
    assert "A secret on" not in html
    assert "Mentioned in" not in client_of("reader").get(paper("Lonely").get_absolute_url()).content.decode()


def test_more_mentions_cost_no_more_queries(reader: User, writer: User, queries: Queries) -> None:
    of = paper("A Title", names=["P5"])

    def more() -> None:
        for number in range(10):
            written(writer, f"Number {number} on [[P5]].")

    more()
    queries.stay_equal(lambda: mentions_of(Paper.objects.get(pk=of.pk), reader), when=more)
