"""What arXiv says of venues waits for a person, or is accepted where the team said so; what lost its ground goes."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import transaction

from apps.harvest.models import ArxivRecord
from apps.harvest.proposals import raise_for
from apps.harvest.records import take_in
from apps.papers import reviews
from apps.papers.models import Paper, Review
from apps.papers.say import say, unsay
from tests.conftest import Queries
from tests.harvest.heard import hear, listed, record
from tests.papers.saying import fresh, said, source

pytestmark = pytest.mark.django_db

ACCEPTED = "Accepted at RecSys 2024, 12 pages"


def _open() -> list[tuple[str, str]]:
    rows = Review.objects.filter(kind="proposal", state="open").order_by("pk").values_list("reason", "detail")
    return [(reason, detail["venue"]) for reason, detail in rows]


def _decide(user: User) -> Review:
    review = Review.objects.get(kind="proposal", state="open")
    reviews.settle(review=review, values={"venue": "RecSys 2024", "status": "published"}, user=user)
    return review


def test_a_comment_proposes_a_venue_and_changes_nothing_by_itself() -> None:
    paper = hear(listed(), comment=ACCEPTED)
    assert (paper.venue, paper.status) == (None, "preprint")
    review = Review.objects.get(kind="proposal")
    assert review.detail == {"venue": "RecSys 2024", "status": "published", "words": ACCEPTED}
    assert (review.reason, review.field, review.state) == ("comment", "venue", "open")
    assert review.key == f"proposal:{paper.pk}:comment:recsys2024"


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"comment": "12 pages"}, []),
        ({"comment": "Submitted to SIGIR 2024"}, []),
        ({"comment": ACCEPTED, "journal_ref": "RecSys 2024"}, [("journal-ref", "RecSys 2024")]),
        ({"comment": "Accepted by TKDE", "doi": "10.1109/TKDE.2024.1"}, [("doi", "TKDE")]),
        ({"comment": "Accepted by TKDE 2024", "doi": "10.1109/TKDE.2024.1"}, [("doi", "TKDE 2024")]),
        ({"comment": ACCEPTED, "doi": "10.1145/3640457.3688104"}, [("comment", "RecSys 2024")]),
        ({"doi": "10.1145/3640457.3688104"}, [("doi", "")]),
        ({"comment": ACCEPTED, "journal_ref": "TOIS 2025"}, [("journal-ref", "TOIS 2025"), ("comment", "RecSys 2024")]),
        ({"comment": ACCEPTED, "withdrawn": True, "why_withdrawn": "It is wrong."}, []),
        ({"journal_ref": "Phys. Rev. D 60 (1999) 104001"}, [("journal-ref", "Phys. Rev. D 1999")]),
    ],
)
def test_one_proposal_a_venue_by_the_strongest_word_on_it(fields: dict[str, str], found: list[tuple[str, str]]) -> None:
    hear(listed(), **fields)
    assert _open() == found


def test_what_is_known_is_not_proposed() -> None:
    hear(listed(venue="RecSys'24"), comment=ACCEPTED)
    assert _open() == []
    hear(listed("2405.00002", venue="Phys. Rev. D", status="published"), journal_ref="Phys. Rev. D 60 (1999) 104001")
    assert _open() == []


def test_a_preprint_server_is_no_venue_that_is_known() -> None:
    hear(listed(venue="arXiv 2024"), comment=ACCEPTED)
    assert _open() == [("comment", "RecSys 2024")]


def test_the_same_word_again_raises_nothing_again_and_keeps_the_question() -> None:
    paper = hear(listed(), comment=ACCEPTED)
    review = Review.objects.get(kind="proposal")
    hear(paper, comment=ACCEPTED)
    assert Review.objects.get(kind="proposal").pk == review.pk
    hear(paper, comment="Accepted at RecSys 2024, 14 pages")
    assert Review.objects.get(kind="proposal").detail["words"] == "Accepted at RecSys 2024, 14 pages"


def test_a_proposal_whose_ground_has_gone_is_deleted() -> None:
    paper = hear(listed(), comment=ACCEPTED)
    hear(paper, comment="Accepted at CIKM 2024")
    assert _open() == [("comment", "CIKM 2024")]
    hear(paper, comment="Now under review at TOIS")
    assert _open() == []


def test_a_person_accepts_and_takes_it_back(editor: User) -> None:
    paper = hear(listed(), comment=ACCEPTED)
    review = _decide(editor)
    paper = fresh(paper)
    assert (str(paper.venue), paper.status) == ("RecSys", "published")
    hear(paper, comment=ACCEPTED)
    assert _open() == []
    reviews.reopen(review=review)
    paper = fresh(paper)
    assert (paper.venue, paper.status) == (None, "preprint")
    assert _open() == [("comment", "RecSys 2024")]


def test_what_a_person_declined_is_not_proposed_again_but_something_else_is(editor: User) -> None:
    paper = hear(listed(), comment=ACCEPTED)
    reviews.reject(review=Review.objects.get(kind="proposal"), user=editor)
    hear(paper, comment=ACCEPTED)
    hear(paper, comment=ACCEPTED, journal_ref="RecSys 2024")
    assert _open() == []
    hear(paper, comment="Accepted at RecSys 2024; journal version in TOIS", journal_ref="TOIS 43(1), 2025")
    assert _open() == [("journal-ref", "TOIS 2025")]


def test_a_declined_proposal_that_is_taken_back_is_open_unless_it_became_needless(editor: User) -> None:
    paper = hear(listed(), comment=ACCEPTED)
    review = Review.objects.get(kind="proposal")
    reviews.reject(review=review, user=editor)
    reviews.reopen(review=review)
    assert _open() == [("comment", "RecSys 2024")]
    reviews.reject(review=Review.objects.get(kind="proposal"), user=editor)
    said(paper, source(), venue="RecSys 2024")
    reviews.reopen(review=review)
    assert _open() == []


@pytest.mark.parametrize("values", [{"venue": "KDD 2024"}, {"status": "preprint"}, {"venue": ""}])
def test_a_person_who_has_spoken_is_not_asked(values: dict[str, str], editor: User) -> None:
    paper = listed()
    say(paper=paper, user=editor, values=values)
    hear(paper, comment=ACCEPTED)
    assert _open() == []
    unsay(paper=paper, fields=values)
    hear(paper, comment=ACCEPTED)
    assert _open() == [("comment", "RecSys 2024")]
    say(paper=paper, user=editor, values=values)
    assert _open() == []


def test_another_document_that_names_the_venue_makes_it_needless_at_once() -> None:
    paper = hear(listed(), comment=ACCEPTED)
    said(paper, source(), venue="KDD 2024")
    assert _open() == [("comment", "RecSys 2024")]
    paper = hear(listed("2405.00002"), comment=ACCEPTED)
    said(paper, source(), venue="ACM RecSys")
    assert _open() == [("comment", "RecSys 2024")]  # of the first paper


def test_words_about_another_id_propose_nothing(editor: User) -> None:
    paper = hear(listed(), comment=ACCEPTED)
    say(paper=paper, user=editor, values={"arxiv_id": "2405.00009"})
    with transaction.atomic():
        raise_for(ArxivRecord.objects.filter(paper=paper))
    assert _open() == []


def test_a_link_that_was_wrong_takes_its_proposals_along_and_the_right_one_brings_them_back(editor: User) -> None:
    paper = hear(listed(), comment=ACCEPTED)
    say(paper=paper, user=editor, values={"arxiv_id": ""})
    assert _open() == []
    say(paper=paper, user=editor, values={"arxiv_id": "2405.00001"})
    hear(fresh(paper), comment=ACCEPTED)
    assert _open() == [("comment", "RecSys 2024")]


def test_more_papers_cost_no_more_queries(queries: Queries) -> None:
    papers = [listed(f"2405.0{number:04}") for number in range(1, 31)]

    def take(count: int, comment: str) -> None:
        words = {paper.pk: record(paper.arxiv_id or "", comment=comment) for paper in papers[:count]}
        with transaction.atomic():
            take_in(words, origin="atom")

    take(30, "nothing")
    take(2, ACCEPTED)
    few = len(queries.of(lambda: take(5, "Accepted at KDD 2024")))
    assert len(queries.of(lambda: take(30, "Accepted at SIGIR 2024"))) == few
    assert Paper.objects.filter(reviews__kind="proposal").count() == 30
