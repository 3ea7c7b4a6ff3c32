"""What arXiv says fills what is empty and beats documents, never a person; and nothing empty overwrites anything."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction

from apps.harvest.arxiv.records import Author, Version
from apps.harvest.models import ArxivRecord, Fetch, News
from apps.harvest.records import take_in
from apps.harvest.services import want
from apps.papers.answers import answer
from apps.papers.merges import merge, part
from apps.papers.models import Merge, Paper, PaperTitle, Review, Source, Statement
from apps.papers.reviews import settle
from apps.papers.say import say
from apps.papers.sayings import sayings
from tests.harvest.heard import hear, listed, record
from tests.papers.saying import fresh, said, source, spoken_of

pytestmark = pytest.mark.django_db


def open_questions(paper: Paper) -> list[tuple[str, str]]:
    return list(Review.objects.filter(paper=paper, state="open", kind="disagree").values_list("reason", "field"))


def test_every_field_finds_its_place() -> None:
    paper = listed("hep-th/9901001", title="Strings")
    versions = (Version(1, datetime(1999, 1, 2, tzinfo=UTC), "12kb"), Version(2, None))
    hear(
        paper,
        version=2,
        title="Strings",
        authors=(Author("Ana Abel", ("Here", "There")), Author("Bo Brandt, Jr.")),
        categories=("hep-th", "math.CA"),
        comment="12 pages",
        journal_ref="J. 1 (1999)",
        doi="10.1/abc",
        licence="http://l/",
        published=datetime(1999, 1, 2, 23, 59, tzinfo=UTC),
        versions=versions,
    )
    paper = fresh(paper)
    assert [str(each) for each in paper.authors.order_by("authorships__position")] == ["Ana Abel", "Bo Brandt Jr."]
    assert (paper.published_text, paper.doi, paper.arxiv_version) == ("1999-01-02", "10.1/abc", 2)
    assert sorted(paper.categories.values_list("name", flat=True)) == ["hep-th", "math.CA"]
    kept = ArxivRecord.objects.get()
    assert kept.authors[0] == {"name": "Ana Abel", "affiliations": ["Here", "There"]}
    assert (kept.comment, kept.journal_ref, kept.licence) == ("12 pages", "J. 1 (1999)", "http://l/")
    assert kept.versions == [
        {"number": 1, "submitted": "1999-01-02T00:00:00+00:00", "size": "12kb"},
        {"number": 2, "submitted": "", "size": ""},
    ]


def test_it_beats_documents_and_never_a_person(editor: User) -> None:
    paper = listed(abstract="A list's words.", summary="stays")
    say(paper=paper, user=editor, values={"title": "A person's title"})
    paper = hear(paper, title="arXiv's title", abstract="arXiv's words.")
    assert (paper.title, paper.abstract, paper.summary) == ("A person's title", "arXiv's words.", "stays")
    assert Statement.objects.filter(paper=paper, field="abstract").count() == 2


@pytest.mark.parametrize("title", ["A  Paper.", "a paper", "A PAPER", "Ａ paper"])
def test_titles_that_differ_by_folding_alone_are_no_quarrel(title: str) -> None:
    assert open_questions(hear(listed(title=title), title="A paper")) == []


def test_another_title_raises_a_question_and_stays_a_way_to_the_paper() -> None:
    paper = hear(listed(title="Improving Things"), title="Model Cards")
    assert open_questions(paper) == [("field", "title")]
    assert list(PaperTitle.objects.values_list("paper", "title")) == [(paper.pk, "Improving Things")]


def test_where_the_link_was_wrong_arxivs_words_count_no_more(editor: User) -> None:
    paper = hear(
        listed(title="Improving Things", abstract="Ours."), title="Model Cards", abstract="Theirs.", doi="10.1/x"
    )
    review = Review.objects.get(paper=paper, field="title")
    settle(review=review, values=answer(review, "remove-id"), user=editor)
    paper = fresh(paper)
    assert (paper.title, paper.abstract, paper.arxiv_id, paper.doi) == ("Improving Things", "Ours.", None, None)
    shown = {field.field if hasattr(field, "field") else field.name: field for field in sayings(paper, ())}
    assert [word.raw for word in shown["title"].words if word.chosen] == ["Improving Things"]
    assert "Model Cards" in [word.raw for word in shown["title"].words]


def test_a_paper_that_got_another_id_is_spoken_of_anew(editor: User) -> None:
    paper = hear(listed("2405.00001", title="Mine"), title="Somebody's")
    say(paper=paper, user=editor, values={"arxiv_id": "2405.00002"})
    paper = hear(fresh(paper), title="Mine", version=1)
    assert (paper.title, ArxivRecord.objects.get().arxiv_id) == ("Mine", "2405.00002")
    assert open_questions(paper) == [] and not News.objects.exists()


def test_news_that_came_under_a_wrong_id_are_no_news_of_the_paper(editor: User) -> None:
    paper = hear(hear(listed("2405.00001")), withdrawn=True)
    assert News.objects.standing().count() == 2
    say(paper=paper, user=editor, values={"arxiv_id": ""})
    assert not News.objects.standing().exists()
    say(paper=fresh(paper), user=editor, values={"arxiv_id": "2405.00002"})
    hear(fresh(paper), version=1)
    assert not News.objects.exists()


def test_what_was_said_of_an_id_that_the_paper_has_no_more_is_not_taken() -> None:
    paper = listed("2405.00001")
    with transaction.atomic():
        take_in({paper.pk: record("2405.00009", title="Another's")}, origin="atom")
    assert not ArxivRecord.objects.exists() and fresh(paper).title == "A paper"


@pytest.mark.parametrize("field", ["abstract", "comment", "journal_ref", "doi", "licence"])
def test_empty_overwrites_nothing(field: str) -> None:
    paper = hear(listed(), **{field: "10.1/said"})
    hear(paper, **{field: ""})
    assert getattr(ArxivRecord.objects.get(), field) == "10.1/said"
    if hasattr(paper, field):
        assert getattr(fresh(paper), field) == "10.1/said"


def test_an_older_version_changes_nothing() -> None:
    paper = hear(listed(), version=3, title="A paper", abstract="Newest.")
    before = ArxivRecord.objects.get().fetched_at
    paper = hear(paper, version=2, title="An old one", abstract="Old.")
    assert (paper.title, paper.abstract, paper.arxiv_version) == ("A paper", "Newest.", 3)
    assert ArxivRecord.objects.get().fetched_at > before


def test_the_same_word_again_leaves_no_trace(queries: Any) -> None:
    paper = hear(listed())
    sources, statements = Source.objects.count(), Statement.objects.count()
    hear(paper, version=1)
    assert (Source.objects.count(), Statement.objects.count()) == (sources, statements)


def test_a_word_that_returns_stands_again() -> None:
    paper = listed()
    for title in ("First", "Second", "First"):
        paper = hear(paper, title=title)
    assert paper.title == "First"


def test_a_new_version_withdrawal_and_publication_are_news() -> None:
    paper = hear(listed(), abstract="Old.")
    hear(paper, abstract="New.", withdrawn=True, why_withdrawn="An error.", journal_ref="J. 2")
    kinds = dict(News.objects.values_list("kind", "detail"))
    assert set(kinds) == {"version", "withdrawn", "published"}
    assert (kinds["version"]["before"]["abstract"], kinds["version"]["after"]["abstract"]) == ("Old.", "New.")
    assert fresh(paper).status == "withdrawn"
    paper = hear(paper)
    assert News.objects.filter(kind="restored").exists() and paper.status != "withdrawn"


def test_a_first_word_is_no_news() -> None:
    hear(listed(), withdrawn=True)
    assert not News.objects.exists()


def test_whatever_waited_for_the_paper_is_settled() -> None:
    paper = listed()
    want([paper.pk])
    assert fresh(paper).metadata == "pending"
    assert hear(paper).metadata == "" and Fetch.objects.get().state == "found"


def test_dates_within_a_month_are_no_quarrel_and_others_are() -> None:
    assert open_questions(hear(listed(published="2024-05-17"))) == []
    assert open_questions(hear(listed("2405.00002", published="2024-07-01"))) == [("field", "published")]


def test_many_papers_cost_as_many_queries_as_few(queries: Any) -> None:
    papers = [listed(f"2405.{number:05}") for number in range(1, 25)]

    def take(some: list[Paper], version: int) -> None:
        with transaction.atomic():
            said = {paper.pk: record(str(paper.arxiv_id), version=version, title=f"v{version}") for paper in some}
            take_in(said, origin="atom")

    take(papers[:3], 1), take(papers[3:], 1)
    few = queries.of(lambda: take(papers[:3], 2))
    many = queries.of(lambda: take(papers[3:], 2))
    assert len(many) == len(few), "\n".join(sorted(sql[:150] for sql in many))


def test_a_record_goes_with_its_paper_through_a_merge_and_back(editor: User) -> None:
    one, other = hear(listed("2405.00001", title="One")), spoken_of(source(), title="Other")
    number = one.pk
    merge(kept=other, lost=one, user=editor)
    assert ArxivRecord.objects.get().paper_id == other.pk
    part(Merge.objects.get())
    assert ArxivRecord.objects.get().paper_id == number


def test_of_two_merged_papers_with_records_the_kept_ones_stays(editor: User) -> None:
    one, other = hear(listed("2405.00001", title="One")), hear(listed("2405.00002", title="Other"))
    number = one.pk
    merge(kept=other, lost=one, user=editor)
    assert ArxivRecord.objects.get().arxiv_id == "2405.00002"
    part(Merge.objects.get())
    assert set(ArxivRecord.objects.values_list("paper", "arxiv_id")) == {
        (number, "2405.00001"),
        (other.pk, "2405.00002"),
    }


def test_a_title_that_an_edition_took_back_is_still_a_way_to_the_paper() -> None:
    paper = spoken_of(first := source(document="d"), title="Old title")
    said(paper, source(document="d"), title="New title")
    assert fresh(paper).title == "New title" and first.pk
    assert list(PaperTitle.objects.values_list("title", flat=True)) == ["Old title"]
