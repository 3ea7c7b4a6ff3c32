"""Proposals of arXiv on the review page and on the paper's own, taken with one click by those who may."""

from __future__ import annotations

import pytest
from django.test import Client

from apps.papers.models import Paper, Review
from tests.conftest import Queries
from tests.harvest.heard import hear, listed
from tests.papers.saying import fresh, said, source

pytestmark = pytest.mark.django_db

WORDS = "Accepted at RecSys 2024 <b>& more</b>"


@pytest.fixture
def paper() -> Paper:
    return hear(listed(), comment=WORDS)


def _chosen(paper: Paper) -> tuple[str, str]:
    paper = fresh(paper)
    return str(paper.venue or ""), paper.status


def test_the_review_page_shows_arxivs_words_and_takes_them_with_one_click(paper: Paper, client_of) -> None:  # type: ignore[no-untyped-def]
    client: Client = client_of("editor")
    text = client.get("/review/?kind=proposal").content.decode()
    assert "Accepted at RecSys 2024 &lt;b&gt;&amp; more&lt;/b&gt;" in text
    assert "Take it: RecSys 2024, published" in text
    review = Review.objects.get()
    client.post(f"/review/{review.pk}/decide", {"action": "accept", "back_kind": "proposal"})
    assert _chosen(paper) == ("RecSys", "published")
    client.post(f"/review/{review.pk}/undo")
    assert _chosen(paper) == ("", "preprint")


def test_no_leaves_everything_as_it_is(paper: Paper, client_of) -> None:  # type: ignore[no-untyped-def]
    client: Client = client_of("editor")
    client.post(f"/review/{Review.objects.get().pk}/decide", {"action": "reject"})
    assert (_chosen(paper), Review.objects.get().state) == (("", "preprint"), "rejected")


def test_in_chinese(paper: Paper, client_of) -> None:  # type: ignore[no-untyped-def]
    text = client_of("editor").get("/review/?kind=proposal", HTTP_ACCEPT_LANGUAGE="zh-hans").content.decode()
    assert "采纳：RecSys 2024，已发表" in text


def test_the_papers_page_offers_it_to_editors_alone(paper: Paper, client_of, settings) -> None:  # type: ignore[no-untyped-def]
    settings.PAPERNOTES_PUBLIC = True
    offer = "Take it: RecSys 2024, published"
    assert offer in client_of("editor").get(paper.get_absolute_url()).content.decode()
    for role in ("writer", "reader", "stranger"):
        text = client_of(role).get(paper.get_absolute_url()).content.decode()
        assert offer not in text
        assert "By the authors" not in text and "in doubt" not in text


def test_one_click_on_the_papers_page_leads_back_to_it(paper: Paper, client_of) -> None:  # type: ignore[no-untyped-def]
    review = Review.objects.get()
    answer = client_of("editor").post(f"/review/{review.pk}/decide", {"action": "accept", "from": "paper"})
    assert answer["Location"] == paper.get_absolute_url()
    assert _chosen(paper) == ("RecSys", "published")


def test_a_proposal_of_being_published_alone_says_so(client_of) -> None:  # type: ignore[no-untyped-def]
    paper = hear(listed("2405.00002"), doi="10.1145/3640457.3688104")
    client: Client = client_of("editor")
    assert "Take it: published" in client.get(paper.get_absolute_url()).content.decode()
    client.post(f"/review/{Review.objects.get().pk}/decide", {"action": "accept"})
    assert _chosen(paper) == ("", "published")


def test_a_value_of_ones_own_is_no_answer_to_a_proposal_that_has_none(paper: Paper, client_of) -> None:  # type: ignore[no-untyped-def]
    client: Client = client_of("editor")
    client.post(f"/review/{Review.objects.get().pk}/decide", {"action": "month"})
    assert Review.objects.get().state == "open"


def test_more_proposals_cost_no_more_queries(paper: Paper, queries: Queries, client_of) -> None:  # type: ignore[no-untyped-def]
    client: Client = client_of("editor")

    def more() -> None:
        for number in range(10, 15):
            hear(listed(f"2405.000{number}"), comment="Accepted at KDD 2024")

    queries.stay_equal(lambda: client.get("/review/?kind=proposal"), when=more)


def test_a_wrong_link_is_taken_away_with_what_arxiv_said_under_it(client_of) -> None:  # type: ignore[no-untyped-def]
    """The list links GPT-1 to another paper's id."""
    title, others = "Improving Language Understanding by Generative Pre-Training", "Model Cards for Model Reporting"
    paper = listed("1810.03993", title=title, name="GPT-1", url="https://arxiv.org/abs/1810.03993")
    paper = hear(paper, title=others, abstract="Trained machine learning models are increasingly used.")
    assert paper.title == others
    review = Review.objects.get(kind="disagree", field="title")
    client: Client = client_of("editor")
    text = client.get("/review/?kind=disagree").content.decode()
    assert "The link is wrong: remove the arXiv id" in text and title in text and others in text
    client.post(f"/review/{review.pk}/decide", {"action": "remove-id"})
    paper = fresh(paper)
    assert (paper.title, paper.arxiv_id, paper.abstract, paper.url) == (title, None, "", "")
    assert not Review.objects.filter(state="open").exists()
    client.post(f"/review/{review.pk}/undo")
    paper = fresh(paper)
    assert (paper.title, paper.arxiv_id) == (others, "1810.03993")
    assert Review.objects.get(pk=review.pk).state == "open"


def test_where_arxiv_has_no_word_the_link_is_not_blamed(client_of) -> None:  # type: ignore[no-untyped-def]
    paper = listed(title="One title")
    said(paper, source(), title="Quite another title")
    text = client_of("editor").get("/review/?kind=disagree").content.decode()
    assert "Quite another title" in text
    assert "The link is wrong" not in text
