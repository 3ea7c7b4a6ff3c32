"""Decisions: each once, whoever clicks first, and each with a way back."""

from __future__ import annotations

import threading

import pytest
from django.contrib.auth.models import User
from django.db import connection

from apps.papers import reviews
from apps.papers.answers import answer
from apps.papers.models import Merge, Paper, Review, Source, Statement
from apps.papers.say import say
from tests.exchange.importing import differences, dump
from tests.papers.saying import fresh, said, source, spoken_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposed() -> Review:
    """Is the heading FLAN the paper FLAN?"""
    kept = spoken_of(source(title="The list"), title="Finetuned language models", arxiv_id="2109.01652", name="FLAN")
    lost = spoken_of(source(title="The post"), name="FLAN", contested_title="Another title")
    return Review.objects.create(kind="merge", reason="contested-title", paper=lost, other=kept, key="merge:1:2")


@pytest.fixture
def doubtful() -> Review:
    spoken_of(title="A paper", arxiv_id="2203.02155", published="2022-05-04")
    return Review.objects.get(reason="date-month")


def test_an_accepted_merge_is_one_paper_and_comes_apart_again(proposed: Review, editor: User) -> None:
    before = dump()
    reviews.accept_merge(review=proposed, kept_id=proposed.other_id or 0, user=editor)
    paper = Paper.objects.get()
    assert (paper.title, paper.statements.count()) == ("Finetuned language models", 5)
    proposed.refresh_from_db()
    assert (proposed.state, proposed.decided_by, proposed.other) == ("accepted", editor, None)
    assert not Review.objects.filter(state="open").exists()
    reviews.reopen(review=proposed)
    assert not differences(before, dump())


def test_a_person_chooses_which_record_stays(proposed: Review, editor: User) -> None:
    kept = proposed.paper_id or 0
    reviews.accept_merge(review=proposed, kept_id=kept, user=editor)
    assert Paper.objects.get().pk == kept
    reviews.reopen(review=proposed)
    proposed.refresh_from_db()
    assert (proposed.paper_id, proposed.state) == (kept, "open")


def test_a_record_that_is_none_of_the_two_is_not_kept(proposed: Review, editor: User) -> None:
    third = spoken_of(title="A third one")
    with pytest.raises(reviews.AlreadyDecided):
        reviews.accept_merge(review=proposed, kept_id=third.pk, user=editor)
    assert Paper.objects.count() == 3


def test_two_papers_stay_two_and_are_not_asked_about_again(proposed: Review, editor: User) -> None:
    reviews.reject(review=proposed, user=editor)
    proposed.refresh_from_db()
    assert (proposed.state, Paper.objects.count()) == ("rejected", 2)
    reviews.reopen(review=proposed)
    proposed.refresh_from_db()
    assert proposed.state == "open"


@pytest.mark.parametrize("second", ["reject", "accept", "settle"])
def test_whoever_comes_second_is_told(second: str, proposed: Review, editor: User) -> None:
    stale = Review.objects.get(pk=proposed.pk)
    reviews.reject(review=proposed, user=editor)
    with pytest.raises(reviews.AlreadyDecided):
        if second == "reject":
            reviews.reject(review=stale, user=editor)
        elif second == "accept":
            reviews.accept_merge(review=stale, kept_id=stale.paper_id or 0, user=editor)
        else:
            reviews.settle(review=stale, values={"title": "X"}, user=editor)
    assert Paper.objects.count() == 2


def test_taking_back_twice_is_told(proposed: Review, editor: User) -> None:
    reviews.reject(review=proposed, user=editor)
    reviews.reopen(review=proposed)
    with pytest.raises(reviews.AlreadyDecided):
        reviews.reopen(review=proposed)


def test_a_settled_doubt_is_a_persons_word_and_is_unsaid_with_it(doubtful: Review, editor: User) -> None:
    paper, before = doubtful.paper, dump()
    assert paper is not None
    reviews.settle(review=doubtful, values={"published": "2022-03"}, user=editor)
    assert fresh(paper).published_text == "2022-03"
    assert list(Review.objects.values_list("state", flat=True)) == ["accepted"]
    reviews.reopen(review=doubtful)
    assert fresh(paper).published_text == "2022-05-04"
    Source.objects.filter(kind="person").delete()
    assert not differences(before, dump())


def test_what_people_said_before_a_decision_returns_with_its_undo(
    doubtful: Review, editor: User, administrator: User
) -> None:
    paper = doubtful.paper
    assert paper is not None
    say(paper=paper, user=administrator, values={"published": "2022-06-01"})
    say(paper=paper, user=editor, values={"published": "2022-07-01"})
    question = Review.objects.get(reason="date-month", state="open")
    reviews.settle(review=question, values={"published": "2022-03"}, user=editor)
    reviews.reopen(review=question)
    assert fresh(paper).published_text == "2022-07-01"
    words = Statement.objects.filter(paper=paper, source__kind="person").values_list("raw", flat=True)
    assert sorted(words) == ["2022-06-01", "2022-07-01"]


def test_a_decision_is_not_undone_over_a_newer_word(doubtful: Review, editor: User) -> None:
    paper = doubtful.paper
    assert paper is not None
    reviews.settle(review=doubtful, values={"published": "2022-03"}, user=editor)
    say(paper=paper, user=editor, values={"published": "2022-02"})
    with pytest.raises(reviews.CannotReopen):
        reviews.reopen(review=doubtful)
    doubtful.refresh_from_db()
    assert (doubtful.state, fresh(paper).published_text) == ("accepted", "2022-02")


def test_a_doubt_that_is_kept_is_open_again_after_undo_while_it_holds(doubtful: Review, editor: User) -> None:
    reviews.reject(review=doubtful, user=editor)
    reviews.reopen(review=doubtful)
    assert Review.objects.get().state == "open"
    reviews.reject(review=doubtful, user=editor)
    Statement.objects.filter(field="published").delete()
    reviews.reopen(review=doubtful)
    assert not Review.objects.exists()


def test_taking_a_word_settles_the_disagreement_on_it(editor: User) -> None:
    paper = spoken_of(title="A paper", venue="KDD")
    other = said(paper, source(), venue="WSDM")[0]
    question = Review.objects.get(kind="disagree")
    reviews.take_statement(statement=other, user=editor)
    question.refresh_from_db()
    assert (str(fresh(paper).venue), question.state, question.decided_by) == ("WSDM", "accepted", editor)
    reviews.reopen(review=question)
    question.refresh_from_db()
    assert (str(fresh(paper).venue), question.state) == ("KDD", "open")


def test_taking_a_word_that_nobody_disputes_is_a_persons_word_as_well(editor: User) -> None:
    paper = spoken_of(title="A paper", summary_zh="一")
    other = said(paper, source(), summary_zh="二")[0]
    reviews.take_statement(statement=other, user=editor)
    assert fresh(paper).summary_zh == "二"


def test_both_questions_of_a_contested_heading_end_with_the_merge_and_return_with_its_undo(
    proposed: Review, editor: User
) -> None:
    assert set(Review.objects.filter(state="open").values_list("kind", flat=True)) == {"merge", "doubt"}
    reviews.accept_merge(review=proposed, kept_id=proposed.other_id or 0, user=editor)
    assert not Review.objects.filter(state="open").exists()
    reviews.reopen(review=proposed)
    assert set(Review.objects.filter(state="open").values_list("kind", flat=True)) == {"merge", "doubt"}


def test_an_id_that_two_papers_claim_is_settled_by_a_merge_and_parted_again(editor: User) -> None:
    first = spoken_of(title="The first", arxiv_id="2305.00001")
    second = spoken_of(title="The second", arxiv_id="2305.00001")
    before = dump()
    question = Review.objects.get(reason="id-conflict")
    reviews.accept_merge(review=question, kept_id=first.pk, user=editor)
    assert Paper.objects.get().arxiv_id == "2305.00001"
    reviews.reopen(review=question)
    assert (fresh(first).arxiv_id, fresh(second).arxiv_id) == ("2305.00001", None)
    assert not differences(before, dump())


def test_parting_papers_of_which_one_is_gone_with_its_document_leaves_no_empty_record(
    proposed: Review, editor: User
) -> None:
    kept = proposed.other_id
    reviews.accept_merge(review=proposed, kept_id=kept or 0, user=editor)
    Source.objects.get(title="The post").delete()
    reviews.reopen(review=proposed)
    assert list(Paper.objects.values_list("pk", flat=True)) == [kept]
    assert not Merge.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_decide_at_once_one_is_told(editor: User, administrator: User) -> None:
    kept, lost = spoken_of(title="The kept one", arxiv_id="2305.00001"), spoken_of(title="The lost one")
    review = Review.objects.create(kind="merge", reason="near-title", paper=lost, other=kept, key="merge:1:2")
    start, told = threading.Barrier(2), []

    def decide(user: User) -> None:
        mine = Review.objects.get(pk=review.pk)
        start.wait(timeout=20)
        try:
            reviews.accept_merge(review=mine, kept_id=kept.pk, user=user)
        except reviews.AlreadyDecided:
            told.append(user)
        finally:
            connection.close()

    threads = [threading.Thread(target=decide, args=(user,)) for user in (editor, administrator)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert len(told) == 1
    assert Paper.objects.count() == Merge.objects.count() == 1
    review.refresh_from_db()
    assert review.state == "accepted"


@pytest.mark.parametrize(
    ("fields", "action", "text", "values"),
    [
        ({"arxiv_id": "2203.02155", "published": "2022-05-04"}, "month", "", {"published": "2022-03"}),
        ({"arxiv_id": "2203.02155", "published": "2022-05-04"}, "remove", "", {"published": ""}),
        ({"arxiv_id": "2203.02155", "published": "2022-05-04"}, "type", " 2022-03-04 ", {"published": "2022-03-04"}),
        (
            {"arxiv_id": "2203.02155", "published": "2022-05-04", "url": "https://arxiv.org/pdf/2203.02155"},
            "remove-id",
            "",
            {"arxiv_id": "", "url": "", "pdf_url": ""},
        ),
        (
            {
                "link_code": "https://paperswithcode.com/paper/another x",
                "link_project": "https://p.example.org/ Project",
            },
            "remove",
            "",
            {"links": '[["project", "https://p.example.org/", "Project"]]'},
        ),
        (
            {"link_code": "https://paperswithcode.com/paper/another Python"},
            "type",
            "https://github.com/a/b",
            {"links": '[["code", "https://github.com/a/b", "Python"]]'},
        ),
        ({"contested_title": "Another's title"}, "heading", "", {"title": "Another's title"}),
        ({"contested_title": "Another's title"}, "type", "The right title.", {"title": "The right title"}),
    ],
)
def test_each_answer_means_a_word(fields: dict[str, str], action: str, text: str, values: dict[str, str]) -> None:
    named = {} if "contested_title" in fields else {"title": "A paper"}
    paper = spoken_of(name="Short", **named, **fields)
    assert answer(Review.objects.get(paper=paper), action, text) == values
