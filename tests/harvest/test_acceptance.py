"""Kinds of proposals that the team accepts without asking: arXiv's own statements, which a person's word still beats."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from apps.harvest.models import Acceptance
from apps.harvest.switching import switch_acceptance, switches
from apps.papers import reviews
from apps.papers.happenings import happenings
from apps.papers.models import Paper, Review, Source, Statement
from apps.papers.page import open_questions
from apps.papers.say import say, unsay
from apps.papers.sayings import sayings
from tests.harvest.heard import hear, listed
from tests.papers.saying import fresh, said, source

pytestmark = pytest.mark.django_db

ACCEPTED = "Accepted at RecSys 2024"


@pytest.fixture
def comments(editor: User) -> None:
    switch_acceptance(kind="comment", accepts=True, user=editor)


def _chosen(paper: Paper) -> tuple[str, str]:
    paper = fresh(paper)
    return str(paper.venue or ""), paper.status


def _said() -> list[tuple[str, str]]:
    words = Statement.objects.filter(source__document="arxiv-venue").exclude(field="arxiv_id")
    return list(words.order_by("pk").values_list("field", "raw"))


def test_what_is_accepted_is_arxivs_statement_and_no_question(comments: None) -> None:
    paper = hear(listed(), comment=ACCEPTED)
    assert _chosen(paper) == ("RecSys", "published")
    assert _said() == [("venue", "RecSys 2024"), ("status", "published"), ("year", "2024")]
    assert not Review.objects.filter(kind="proposal").exists()


def test_other_kinds_still_ask(comments: None) -> None:
    paper = hear(listed(), journal_ref="RecSys 2024")
    assert _chosen(paper) == ("", "preprint")
    assert Review.objects.get(kind="proposal").reason == "journal-ref"


def test_it_stands_in_the_papers_history_word_for_word(comments: None) -> None:
    paper = hear(listed(), comment=ACCEPTED)
    assert any(str(each.source) == f"arXiv: {ACCEPTED}" for each in happenings(paper))
    venue = next(field for field in sayings(paper, open_questions(paper)) if field.field == "venue")
    assert [(word.raw, word.chosen) for word in venue.words] == [("RecSys 2024", True)]


def test_hearing_the_same_again_says_nothing_again(comments: None) -> None:
    paper = hear(listed(), comment=ACCEPTED)
    before = Source.objects.count()
    hear(paper, comment=f"{ACCEPTED}, 12 pages", version=1)
    assert len(_said()) == 3
    assert Source.objects.filter(document="arxiv-venue").count() == 1
    assert Source.objects.count() == before


def test_another_word_of_arxiv_replaces_it_and_none_takes_it_back(comments: None) -> None:
    paper = hear(listed(), comment=ACCEPTED)
    hear(paper, comment="Accepted at CIKM 2024")
    assert _chosen(paper) == ("CIKM", "published")
    hear(paper, comment="Under review")
    assert _chosen(paper) == ("", "preprint")
    hear(paper, comment=ACCEPTED)
    assert _chosen(paper) == ("RecSys", "published")


def test_a_withdrawal_takes_it_back(comments: None) -> None:
    paper = hear(listed(), comment=ACCEPTED)
    hear(paper, comment="Withdrawn", withdrawn=True, why_withdrawn="Withdrawn")
    assert _chosen(paper) == ("", "withdrawn")


def test_being_published_alone_is_accepted_and_taken_back(editor: User) -> None:
    switch_acceptance(kind="doi", accepts=True, user=editor)
    paper = hear(listed(), doi="10.1145/3640457.3688104")
    assert _chosen(paper) == ("", "published")
    hear(paper, withdrawn=True, why_withdrawn="x", doi="10.1145/3640457.3688104")
    assert _chosen(paper) == ("", "withdrawn")


def test_a_person_beats_it(comments: None, editor: User) -> None:
    paper = hear(listed(), comment=ACCEPTED)
    say(paper=paper, user=editor, values={"venue": "KDD 2024"})
    assert _chosen(paper) == ("KDD", "published")
    hear(paper, comment="Accepted at CIKM 2024")
    assert _chosen(paper) == ("KDD", "published")
    unsay(paper=paper, fields=["venue"])
    assert _chosen(paper) == ("RecSys", "published")


def test_where_a_list_names_another_venue_both_are_shown(comments: None) -> None:
    paper = listed(venue="SIGIR 2024")
    hear(paper, comment=ACCEPTED)
    assert _chosen(paper) == ("RecSys", "published")
    assert Review.objects.get(kind="disagree").field == "venue"


def test_of_another_id_it_says_nothing(comments: None, editor: User) -> None:
    paper = hear(listed(), comment=ACCEPTED)
    say(paper=paper, user=editor, values={"arxiv_id": "2405.00009"})
    assert _chosen(paper)[0] == ""


def test_switching_on_accepts_what_waits_and_switching_off_takes_nothing_back(editor: User) -> None:
    papers = [hear(listed(f"2405.0000{number}"), comment=ACCEPTED) for number in (1, 2)]
    other = hear(listed("2405.00003"), journal_ref="KDD 2024")
    said(papers[1], source(), venue="KDD 2024")
    assert switch_acceptance(kind="comment", accepts=True, user=editor) == 2
    assert [_chosen(paper)[0] for paper in papers] == ["RecSys", "RecSys"]
    assert list(Review.objects.filter(kind="proposal").values_list("paper", flat=True)) == [other.pk]
    assert switch_acceptance(kind="comment", accepts=False, user=editor) == 0
    hear(papers[0], comment=ACCEPTED)
    assert _chosen(papers[0]) == ("RecSys", "published")
    assert [on for _kind, _label, on in switches()] == [False, False, False]
    assert Acceptance.objects.get().changed_by == editor


def test_what_a_person_declined_is_not_accepted_behind_their_back(editor: User) -> None:
    paper = hear(listed(), comment=ACCEPTED)
    reviews.reject(review=Review.objects.get(kind="proposal"), user=editor)
    switch_acceptance(kind="comment", accepts=True, user=editor)
    hear(paper, comment=ACCEPTED)
    assert _chosen(paper) == ("", "preprint")


@pytest.mark.parametrize("role", ["reader", "writer"])
def test_only_editors_switch(role: str, client_of) -> None:  # type: ignore[no-untyped-def]
    assert client_of(role).post("/review/acceptance/comment/", {"accepts": "1"}).status_code == 404
    assert client_of("stranger").post("/review/acceptance/comment/", {"accepts": "1"}).status_code == 302
    assert not Acceptance.objects.exists()


def test_an_editor_switches_on_the_review_page(client_of) -> None:  # type: ignore[no-untyped-def]
    client: Client = client_of("editor")
    paper = hear(listed(), comment=ACCEPTED)
    page = client.get("/review/?kind=proposal").content.decode()
    assert "accept at once" in page and ACCEPTED in page
    answer = client.post("/review/acceptance/comment/", {"accepts": "1"}, follow=True)
    assert "1 proposal that waited was accepted." in answer.content.decode()
    assert _chosen(paper) == ("RecSys", "published")
    client.post("/review/acceptance/comment/", {"accepts": "0"})
    assert not Acceptance.objects.get().accepts


@pytest.mark.parametrize(("kind", "accepts"), [("nonsense", "1"), ("comment", ""), ("comment", "yes")])
def test_nonsense_switches_nothing(kind: str, accepts: str, client_of) -> None:  # type: ignore[no-untyped-def]
    assert client_of("editor").post(f"/review/acceptance/{kind}/", {"accepts": accepts}).status_code == 404
    assert client_of("editor").get("/review/acceptance/comment/").status_code == 405
    assert not Acceptance.objects.exists()
