"""Chosen values are written to papers, and what a person should look at becomes a question."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import User

from apps.papers.choose import choose
from apps.papers.models import Paper, Review, Statement
from apps.papers.say import say
from apps.vocabulary.models import Author, Venue
from tests.papers.saying import fresh, said, source, spoken_of

pytestmark = pytest.mark.django_db


def open_reviews(paper: Paper) -> list[tuple[str, str, str]]:
    return sorted(Review.objects.filter(paper=paper, state="open").values_list("kind", "reason", "field"))


def test_what_a_source_says_stands_on_the_paper() -> None:
    paper = spoken_of(
        title="Quiet ranking",
        name="QuietRank",
        arxiv_id="2305.00001",
        published="2023/05/17",
        venue="SIGIR 2023",
        authors="Zoe Invented, Max Made-Up",
        organisations="Google、OpenAI",
        category="cs.IR cs.CL",
        link_code="https://github.com/a/b Python",
    )
    assert (paper.title, paper.arxiv_id, paper.published, paper.precision) == (
        "Quiet ranking",
        "2305.00001",
        date(2023, 5, 17),
        "day",
    )
    assert (str(paper.venue), paper.venue_raw, paper.status) == ("SIGIR", "SIGIR 2023", "published")
    assert [a.author.name for a in paper.authorships.all()] == ["Zoe Invented", "Max Made-Up"]
    assert sorted(o.name for o in paper.organisations.all()) == ["Google", "OpenAI"]
    assert sorted(c.name for c in paper.categories.all()) == ["cs.CL", "cs.IR"]
    assert [n.name for n in paper.names.all()] == ["QuietRank"]
    assert [(li.kind, li.url, li.label) for li in paper.links.all()] == [("code", "https://github.com/a/b", "Python")]
    assert "quietrank" in paper.search_text


def test_choosing_again_changes_no_row() -> None:
    paper = spoken_of(title="Quiet ranking", name="QuietRank", authors="Zoe Invented", link_code="https://a.example/ x")
    children = [list(paper.names.values()), list(paper.links.values()), list(paper.authorships.values())]
    choose([paper.pk])
    assert [list(paper.names.values()), list(paper.links.values()), list(paper.authorships.values())] == children
    assert Author.objects.count() == 1


def test_a_paper_of_which_nothing_was_said_stays_as_it_is() -> None:
    paper = Paper.objects.create(title="Typed by hand")
    choose([paper.pk])
    assert fresh(paper).title == "Typed by hand"


@pytest.mark.parametrize(
    ("first", "second", "venue"),
    [
        ("arXiv", "KDD", "KDD"),
        ("ACM", "RecSys", "RecSys"),
        ("KDD", "arXiv", "KDD"),
        ("arXiv", "", "arXiv"),
        ("No such venue at all", "KDD", "KDD"),
    ],
)
def test_a_real_venue_beats_a_preprint_server_and_a_publisher_without_a_question(
    first: str, second: str, venue: str
) -> None:
    paper = spoken_of(title="A paper", venue=first)
    if second:
        said(paper, source(), venue=second)
    assert str(fresh(paper).venue) == venue
    assert open_reviews(paper) == []


def test_two_real_venues_disagree_until_a_person_says_which(editor: User) -> None:
    paper = spoken_of(title="A paper", venue="KDD 2023")
    said(paper, source(), venue="WSDM")
    assert open_reviews(paper) == [("disagree", "field", "venue")]
    assert Review.objects.get(paper=paper).detail == {"words": ["KDD 2023", "WSDM"]}
    say(paper=paper, user=editor, values={"venue": "WSDM"})
    assert fresh(paper).venue == Venue.objects.get(name="WSDM")
    assert open_reviews(paper) == []


def test_two_spellings_of_one_venue_agree() -> None:
    paper = spoken_of(title="A paper", venue="Recsys")
    said(paper, source(), venue="RecSys'23")
    assert open_reviews(paper) == []


def test_a_workshop_is_not_its_host() -> None:
    paper = spoken_of(title="A paper", venue="Gen-IR@SIGIR")
    said(paper, source(), venue="SIGIR")
    assert open_reviews(paper) == [("disagree", "field", "venue")]


def test_what_arxiv_says_of_its_own_dates_is_no_doubt() -> None:
    paper = spoken_of(source("arxiv"), title="A paper", arxiv_id="2305.00447", published="2023-04-30")
    assert open_reviews(paper) == []


@pytest.mark.parametrize(
    ("fields", "question"),
    [
        (
            {"title": "A paper", "arxiv_id": "2203.02155", "published": "2022-05-04"},
            ("doubt", "date-month", "published"),
        ),
        (
            {"title": "A paper", "link_code": "https://paperswithcode.com/paper/quite-another-thing x"},
            ("doubt", "code-other-paper", "links"),
        ),
        ({"name": "FLAN", "contested_title": "Another paper's title"}, ("doubt", "contested-title", "title")),
    ],
)
def test_a_fact_in_doubt_becomes_a_question_and_ends_with_its_cause(
    fields: dict[str, str], question: tuple[str, str, str]
) -> None:
    paper = spoken_of(**fields)
    assert open_reviews(paper) == [question]
    choose([paper.pk])
    assert Review.objects.filter(paper=paper).count() == 1
    Statement.objects.filter(paper=paper, field__in=["published", "link:code", "contested_title"]).delete()
    choose([paper.pk])
    assert open_reviews(paper) == []


def test_a_contested_title_is_settled_by_a_real_one() -> None:
    paper = spoken_of(name="FLAN", contested_title="Another paper's title")
    said(paper, source(), title="Finetuned language models")
    assert open_reviews(paper) == []
    assert fresh(paper).title == "Finetuned language models"


def test_what_a_person_decided_is_not_asked_again() -> None:
    paper = spoken_of(title="A paper", arxiv_id="2203.02155", published="2022-05-04")
    Review.objects.update(state="rejected")
    choose([paper.pk])
    assert list(Review.objects.values_list("state", flat=True)) == ["rejected"]


def test_the_second_paper_with_an_id_goes_without_it_and_is_asked_about() -> None:
    first = spoken_of(title="The first", arxiv_id="2305.00001")
    second = spoken_of(title="The second", arxiv_id="2305.00001")
    assert (fresh(first).arxiv_id, fresh(second).arxiv_id) == ("2305.00001", None)
    question = Review.objects.get(reason="id-conflict")
    assert (question.kind, question.paper, question.other) == ("merge", second, first)


def test_choosing_for_many_papers_costs_no_more_queries_than_for_few(queries) -> None:  # type: ignore[no-untyped-def]
    """Up to the round in which SQLite takes new values in: about thirty papers, for it allows 999 parameters."""
    by = source()
    papers = [
        spoken_of(by, title=f"Paper {n}", venue="KDD", authors=f"Author {n}", category="cs.IR") for n in range(24)
    ]
    few = queries.of(lambda: choose(paper.pk for paper in papers[:4]))
    many = queries.of(lambda: choose(paper.pk for paper in papers))
    assert len(many) == len(few)
